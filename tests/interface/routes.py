"""A small site beside the real one, with views that fail in every way; and every route of the real one."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from cchc.config.urls import handler400, handler403, handler404, handler500
from cchc.config.urls import urlpatterns as real_patterns
from cchc.interface.access import public
from cchc.records.errors import DomainError, Place, problem, refuse, unreadable

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def refused(request: HttpRequest) -> HttpResponse:
    raise refuse("records.not_a_number", Place("bảng.csv", 12), text="mười")


def refused_twice(request: HttpRequest) -> HttpResponse:
    raise DomainError(problem("records.not_a_number", text="một"), problem("records.not_a_count", text="hai"))


def not_readable(request: HttpRequest) -> HttpResponse:
    raise unreadable("records.not_utf8", Place("bảng.csv", 3))


def fault(request: HttpRequest) -> HttpResponse:
    secret_of_a_citizen = "079123456789"
    raise RuntimeError(f"broken after {len(secret_of_a_citizen)} digits")


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404("gone")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def bad(request: HttpRequest) -> HttpResponse:
    raise BadRequest


def download(request: HttpRequest) -> HttpResponse:
    return FileResponse(iter([b"a,b\n"]), as_attachment=True, filename="bảng.csv")


FAILING = {
    "refused": 422,
    "refused-twice": 422,
    "not-readable": 400,
    "fault": 500,
    "missing": 404,
    "forbidden": 403,
    "bad": 400,
}
urlpatterns = [
    path("fail/refused", public(refused)),
    path("fail/refused-twice", public(refused_twice)),
    path("fail/not-readable", public(not_readable)),
    path("fail/fault", public(fault)),
    path("fail/missing", public(missing)),
    path("fail/forbidden", public(forbidden)),
    path("fail/bad", public(bad)),
    path("fail/download", public(download)),
    *real_patterns,
]


def every_address() -> list[str]:
    """Every route of the site in Vietnamese, with a stand-in for each parameter (most of those answer 404)."""
    return sorted({"/" + address for address in _addresses(get_resolver("cchc.config.urls"), "")})


def _addresses(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        address = prefix + _filled(str(entry.pattern))
        if isinstance(entry, URLPattern):
            yield address
        else:
            yield from _addresses(entry, address)


def _filled(pattern: str) -> str:
    """`ket-qua/<slug:slug>/` → `ket-qua/mot/`."""
    filled = ""
    for part in pattern.split("<"):
        name, closed, rest = part.partition(">")
        filled += ("1" if name.startswith("int:") else "mot") + rest if closed else part
    return filled
