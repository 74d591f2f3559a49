"""How a page with a form answers, and who acts by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from cchc.interface.drafts import draft_is_over
from cchc.interface.errors import status_of
from cchc.interface.forms import ActionForm, ReasonForm
from cchc.interface.people import viewer_of
from cchc.interface.shapes import Confirmation, Link
from cchc.records.errors import DomainError

_REFUSED = 422
_STALE = 409
LOOK_UP = "tra-cuu"
"""The button beside a name that is picked, with the name of its field."""
Answer: TypeAlias = str | HttpResponse


def by(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and when: the first arguments of every action."""
    return {"actor": request.viewer.actor(), "now": datetime.now(UTC)}


def file_answer(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to take along, kept by nobody on the way."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type, headers=headers)


def answer_form(
    request: HttpRequest, form: ActionForm, act: Callable[[], Answer], title: str, crumbs: Sequence[Link],
    *, frame: str, template: str = "interface/form.html", now_seen: Callable[[], Mapping[str, object]] | None = None,
    said: str = "", **more: Any,
) -> HttpResponse:  # fmt: skip
    """The form; after a post `act`, which answers the address to go to, where `said` stands above the page; or a page
    that is shown only once. `frame` is the page template around the form.

    What was refused stands above what was typed, with the status of the refusal. Whoever came second, and was told so,
    may save what was typed all the same: `now_seen` answers the hidden fields of the thing as it is now.
    `submit` is what the button says where that is more than to save: that it reports, verifies, urges.
    Who pressed "look up" beside a name is offered what it may mean; nothing is judged and nothing written.
    """
    status = 200
    form.pick_as(viewer_of(request))
    if request.method == "POST" and (asked := request.POST.get(LOOK_UP)):
        form.look_up(asked)
    elif request.method == "POST":
        status = _REFUSED
        if form.is_valid():
            try:
                answer = act()
            except DomainError as error:
                form.add_refusal(error)
                status = status_of(error)
                if status == _STALE and now_seen is not None:
                    form.see(**now_seen())
            else:
                gone_on = answer if isinstance(answer, HttpResponse) else _gone_on(request, answer, said)
                return draft_is_over(request, gone_on)
    context = {"form": form, "title": title, "crumbs": crumbs, "frame": frame, "submit": _("Save"), **more}
    return render(request, template, context, status=status)


def answer_confirmation(
    request: HttpRequest, asked: Confirmation, act: Callable[[str], Answer], crumbs: Sequence[Link],
    *, frame: str, said: str, form: ReasonForm | None = None,
) -> HttpResponse:  # fmt: skip
    """What is done for a stated reason, posted from a dialog or a line of another page. A refusal stands above the same
    question, with the reason as it was typed; whoever only comes to the address is asked first. `act` takes the reason.
    """
    form = form or ReasonForm(request.POST or None)
    return answer_form(
        request, form, lambda: act(form.cleaned_data["reason"]), asked.title, [*crumbs, Link(asked.title)],
        frame=frame, said=said, effect=asked.effect, submit=asked.submit,
    )  # fmt: skip


def _gone_on(request: HttpRequest, address: str, said: str) -> HttpResponse:
    messages.success(request, said or _("Saved."))
    return redirect(address)
