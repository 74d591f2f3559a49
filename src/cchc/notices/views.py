"""One's notices, how one wishes to be told, and the delivery log."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc.interface.access import needs
from cchc.interface.answering import answer_form, by
from cchc.interface.errors import current_language
from cchc.interface.paging import page_of
from cchc.interface.shapes import Link
from cchc.notices import queries
from cchc.notices.actions import keep_wishes, mark_read, send_again
from cchc.notices.calendar_files import FILE_NAME, calendar_file
from cchc.notices.forms import WishesForm
from cchc.notices.models import Wishes
from cchc.notices.permissions import may_be_told, may_read_deliveries, may_read_notice, may_send_again
from cchc.notices.said import page_of_notice
from cchc.notices.shown import STATES, shown_delivery, shown_notice
from cchc.notices.wishes import version_of
from cchc.organizations.models import Official
from cchc.privacy.disclosing import tell
from cchc.records.errors import refuse


@require_safe
@needs(may_be_told)
def own_notices(request: HttpRequest) -> HttpResponse:
    """What whoever is signed in was told, newest first."""
    may_be_told(request.viewer).require()
    official = request.viewer.official
    found = queries.notices_of(official)
    context = page_of(request, found, queries.older) | {
        "unread": queries.unread_count(official),
        "may_read_deliveries": may_read_deliveries(request.viewer),
        "crumbs": [Link(_("Notices"))],
    }
    context["rows"] = [shown_notice(notice) for notice in context["rows"]]
    return render(request, "notices/list.html", context)


@require_POST
@needs(may_read_notice)
def open_notice(request: HttpRequest, number: int) -> HttpResponse:
    """Mark it as read, and go to what it tells of."""
    notice = queries.get_notice(number)
    may_read_notice(request.viewer, notice).require()
    mark_read(**by(request), official=request.viewer.official, only=notice.pk)
    return redirect(page_of_notice(notice, current_language()))


@require_POST
@needs(may_be_told)
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark as read all up to the newest that the page showed (`until`), not what has come since."""
    may_be_told(request.viewer).require()
    until = request.POST.get("until", "")
    count = mark_read(
        **by(request),
        official=request.viewer.official,
        until=int(until) if until.isdecimal() and len(until) < 19 else 0,
    )
    said = ngettext("%(count)d notice marked as read.", "%(count)d notices marked as read.", count) % {"count": count}
    messages.success(request, said)
    return redirect("notices:list")


@require_safe
@needs(may_read_notice)
def calendar(request: HttpRequest, number: int) -> HttpResponse:
    """The calendar file of a notice with a due moment."""
    notice = queries.get_notice(number)
    may_read_notice(request.viewer, notice).require()
    if notice.due_at is None:
        raise refuse("notices.notice_not_found")
    content = calendar_file(notice, current_language())
    disposition = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=disposition)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(may_be_told)
def wishes(request: HttpRequest) -> HttpResponse:
    """How whoever is signed in wishes to be told."""
    may_be_told(request.viewer).require()
    official = request.viewer.official
    form = WishesForm(_wishes_of(official), request.POST or None)

    def act() -> str:
        given = form.cleaned_data
        keep_wishes(
            **by(request), official=official, language=given["language"], by_kind=form.by_kind(),
            expected_version=given["version"],
        )  # fmt: skip
        return reverse("notices:wishes")

    crumbs = [Link(_("Notices"), reverse("notices:list")), Link(_("How to be told"))]
    return _answer_form(
        request, form, act, _("How do you wish to be told?"), crumbs,
        now_seen=lambda: {"version": version_of(_wishes_of(official))},
    )  # fmt: skip


@require_safe
@needs(may_read_deliveries)
def log(request: HttpRequest) -> HttpResponse:
    """How the notices of the viewer's people were delivered."""
    may_read_deliveries(request.viewer).require()
    state = request.GET.get("trang-thai", "")
    found = queries.delivery_log(request.viewer, state if state in STATES else "")
    context = page_of(request, found, queries.older) | {
        "states": [(code, word, code == state) for code, (_status, word) in STATES.items()],
        "state": state if state in STATES else "",
        "crumbs": [Link(_("Notices"), reverse("notices:list")), Link(_("Delivery log"))],
    }
    context["rows"] = [shown_delivery(delivery) for delivery in context["rows"]]
    tell(request, people=len(context["rows"]))
    return render(request, "notices/log.html", context)


@require_POST
@needs(may_send_again)
def mail_again(request: HttpRequest, number: int) -> HttpResponse:
    """Send a mail again that did not go, and show the log as it was."""
    delivery = queries.get_delivery(number)
    may_send_again(request.viewer, delivery).require()
    send_again(**by(request), delivery=delivery)
    said = _("The mail to %(name)s will be sent again.") % {"name": delivery.notice.recipient.name}
    messages.success(request, said)
    state = request.POST.get("trang-thai", "")
    return redirect(reverse("notices:log") + (f"?trang-thai={state}" if state in STATES else ""))


def _wishes_of(official: Official) -> Wishes | None:
    return queries.wishes_of([official.pk]).get(official.pk)


_answer_form = partial(answer_form, frame="notices/base.html", template="notices/wishes.html")
