"""The one place where errors become answers: a status, a sentence, a next step, the id of the log line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget

from cchc.interface.access import PUBLIC
from cchc.interface.context import page
from cchc.interface.drafts import has_draft
from cchc.interface.returning import page_before, sign_in_address
from cchc.records.errors import DomainError, Place, Problem, Unreadable, problem
from cchc.records.text import Language
from cchc.records.words import say, say_next_step

# By how the second half of the code ends: `portal.round_not_found`, `assessments.not_allowed`.
_STATUS_BY_ENDING: Final = {
    "not_found": 404,
    "not_allowed": 403,
    "stale": 409,
    "too_large": 413,
    "too_many": 429,
    "_busy": 503,
}
_SIGN_IN: Final = ".sign_in_not_allowed"
_CLOSED: Final = {403, 404}
_UNREADABLE: Final = 400
_REFUSED: Final = 422


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal. A new kind of refusal chooses its status by how its code ends."""
    for ending, status in _STATUS_BY_ENDING.items():
        if error.code.endswith(ending):
            return status
    return _UNREADABLE if isinstance(error, Unreadable) else _REFUSED


def current_language() -> Language:
    """The language of this request, as `cchc.records` names it."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def in_words(problem: Problem) -> dict[str, str]:
    """A problem for a template: `sentence`, `next_step`, `place`, `code`."""
    language = current_language()
    return {
        "code": problem.code,
        "place": str(problem.place or ""),
        "sentence": say(problem.message, language),
        "next_step": say_next_step(problem.message, language),
    }


def place_in_words(place: Place | None) -> str:
    """Where in a workbook: `Căn cứ, dòng 4, cột C`, in a table without sheets `dòng 4`; empty when it is not known."""
    if place is None:
        return ""
    if place.row is None:
        return place.sheet or str(place)
    said = _("row %(row)s, column %(column)s") if place.column else _("row %(row)s")
    within = said % {"row": place.row, "column": place.column}
    return ", ".join(part for part in (place.sheet or place.file, within) if part)


class DomainErrors:
    """Turns a refusal that no view has dealt with into a page, and so the empty 405 of Django's decorators."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        return _explained(request, response) if isinstance(response, HttpResponseNotAllowed) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answers a `DomainError`; leaves everything else to Django. Whoever is not signed in, or no longer, is told to
        do so, whatever else the page would ask of them.
        """
        if not isinstance(exception, DomainError):
            return None
        status, problems = status_of(exception), exception.problems
        if status in _CLOSED and _is_for_officials(request) and not getattr(request, "who", None):
            problems = (problem("interface.sign_in_not_allowed"),)
        return _answer(request, status, *problems)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 for what was too large to be read at all."""
    if isinstance(exception, RequestDataTooBig):
        return _answer(request, 413, problem("interface.sent_too_large"))
    return _answer(request, 400, problem("interface.bad_request"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _answer(request, 403, problem("interface.not_allowed"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token, usually one that was open for too long: the way back to it."""
    context = _context(403, [problem("interface.form_expired")])
    return _rendered(request, request, context | {"back": page_before(request)})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _answer(request, 404, problem("interface.not_found"))


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Rendered without context processors: one of them may be what failed."""
    context = page(request) | {"who": None, "header_items": ()} | _context(500, [problem("interface.fault")])
    return _rendered(request, None, context)


def _is_for_officials(request: HttpRequest) -> bool:
    return getattr(request, "access", None) not in {None, PUBLIC}


def _explained(request: HttpRequest, refusal: HttpResponseNotAllowed) -> HttpResponse:
    """405, with what the address does allow."""
    response = _answer(request, 405, problem("interface.wrong_method"))
    response.headers["Allow"] = refusal.headers["Allow"]
    return response


def _answer(request: HttpRequest, status: int, *problems: Problem) -> HttpResponse:
    asks_to_sign_in = any(one.message.code.endswith(_SIGN_IN) for one in problems)
    context = _context(status, problems)
    if asks_to_sign_in:
        context["sign_in"] = sign_in_address(request)
    return _rendered(request, request, context)


def _rendered(asked: HttpRequest, processed: HttpRequest | None, context: dict[str, Any]) -> HttpResponse:
    """A page; for htmx a notice at the top of the page that asked, since nothing else would show it. What the device
    keeps of what was sent is told, with the way back to its form.

    `processed` is the request that context processors see, or None to leave them out.
    """
    if has_draft(asked):
        context |= {"is_kept": True, "back": page_before(asked)}
    if not getattr(asked, "htmx", False):
        return render(processed, "interface/errors/error.html", context, status=context["status"])
    fragment = render(processed, "interface/errors/fragment.html", context, status=context["status"])
    return reswap(retarget(fragment, "#notices"), "innerHTML")


def _context(status: int, problems: Sequence[Problem]) -> dict[str, Any]:
    """For one problem the sentence is the heading; several stand in a list."""
    said = [in_words(one) for one in problems]
    only = said[0] if len(said) == 1 else None
    title = only["sentence"].rstrip(".") if only else _("Not possible yet")
    ways = {"sign_in": "", "back": "", "is_kept": False}
    return {"status": status, "problems": said, "only": only, "title": title, **ways}
