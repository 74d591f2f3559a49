"""Writes down who was shown whose personal data, before the answer leaves: what cannot be logged is not sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from cchc.interface.people import actor_of
from cchc.privacy.disclosing import Disclosing, known_disclosures, told_by
from cchc.privacy.log import Disclosure, disclosure_log

_NOTHING_SHOWN: Final = 300  # redirects and refusals show nothing


class DisclosuresLogged:
    """One line in the log for every answer of a page that a room declares in its module `disclosures`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        match = request.resolver_match
        if match is not None and response.status_code < _NOTHING_SHOWN and request.method != "HEAD":
            disclosing = known_disclosures().get(match.view_name)
            if disclosing is not None:
                _write_down(request, match.view_name, disclosing)
        return response


def _write_down(request: HttpRequest, page: str, disclosing: Disclosing) -> None:
    """Raises `RuntimeError` for a view that discloses and does not tell what."""
    told, actor = told_by(request), actor_of(request)
    if told is None and not disclosing.by:
        raise RuntimeError(f"{page} discloses personal data and did not tell whose")
    if actor is None:
        raise RuntimeError(f"{page} discloses personal data to somebody who has not signed in")
    subject = _addressed(request, disclosing) if told is None or told.subject is None else told.subject
    disclosure_log().append(
        Disclosure(
            at=timezone.now(),
            by=actor.identity,
            on_behalf_of=actor.on_behalf_of or "",
            page=page,
            way=disclosing.way.value,
            subject_type=subject[0],
            subject_id=subject[1],
            people=1 if told is None else told.people,
            request=str(structlog.contextvars.get_contextvars().get("request_id", "")),
        ),
        whom=() if told is None else told.whom,
    )


def _addressed(request: HttpRequest, disclosing: Disclosing) -> tuple[str, str]:
    """The object that the address names; its key is empty for a list."""
    parts = request.resolver_match.kwargs
    return str(parts.get(disclosing.typed_by, disclosing.subject_type)), str(parts.get(disclosing.by, ""))
