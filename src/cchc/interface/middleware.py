"""What happens around every request: secure headers, a log line, an id that page and log share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_structlog.middlewares import RequestMiddleware

GetResponse = Callable[[HttpRequest], HttpResponseBase]

SECURE_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Pages differ by cookie (text size, contrast); static files bring their own header.
    "Cache-Control": "private, no-cache",
}


class SecureHeaders:
    """The outermost layer: no answer leaves without these headers, neither an error nor a file."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        for name, value in SECURE_HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.CCHC_HSTS_SECONDS and request.is_secure():
            response.headers["Strict-Transport-Security"] = f"max-age={settings.CCHC_HSTS_SECONDS}; includeSubDomains"
        return response


class RequestLog(RequestMiddleware):
    """One line per answer. The query is left out: what people search for may name a person."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """`GET /ket-qua/`."""
        return f"{request.method} {request.path}"


class RequestId:
    """Gives the id of the log line to the page (`request.request_id`) and to the answer (`X-Request-ID`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = structlog.contextvars.get_contextvars()["request_id"]
        request.request_id = request_id
        response = self._get_response(request)
        response.headers["X-Request-ID"] = request_id
        return response
