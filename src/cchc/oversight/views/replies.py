"""Pages of one entry of a list and of a notice: read, replied to, decided about, receipt confirmed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.files.attached import attached, listed
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.forms import ActionForm
from cchc.interface.shapes import Link
from cchc.oversight import shown_lists as shown
from cchc.oversight.actions.replies import acknowledge, decide_about, reply_to
from cchc.oversight.addresses_lists import list_crumbs, to_item, to_notice
from cchc.oversight.citations_lists import may_add_evidence, subject_of
from cchc.oversight.forms_lists import DecideForm, ReplyForm
from cchc.oversight.handing_out import paper_answer
from cchc.oversight.models import ListedItem
from cchc.oversight.notice_papers import notice_papers
from cchc.oversight.permissions_lists import (
    may_acknowledge,
    may_decide,
    may_reply,
    may_see_item,
    may_see_list,
    may_see_list_notice,
)
from cchc.oversight.policies import may_be_decided, may_be_replied
from cchc.oversight.queries import lists as queries
from cchc.oversight.queries.ordering import may_be_ordered
from cchc.oversight.views.lists import answer_form, form_page


@require_safe
@needs(may_see_item)
def item_page(request: HttpRequest, number: int) -> HttpResponse:
    """An entry: the dossier, the minutes under each rule, reply with evidence, decision with reason."""
    item = queries.get_item(request.viewer, number)
    may_see_item(request.viewer, item).require()
    may_change = may_add_evidence(request.viewer, item)
    files = listed(request.viewer, subject_of(item))
    context = {
        "item": item,
        "line": shown.ItemLine(item),
        "list": item.listed.list,
        "offered": shown.offered_for_item(request.viewer, item, timezone.now()),
        "task_url": _task_url(request, item),
        "attached": attached(files, subject_of(item), may_change=may_change),
        "crumbs": _crumbs(request, item),
    }
    return render(request, "oversight/item.html", context)


@form_page
@needs(may_reply)
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """Who is named answers."""
    item = queries.get_item(request.viewer, number)
    may_reply(request.viewer, item).require()
    if request.method != "POST":
        may_be_replied(item, timezone.now()).require()
    form = ReplyForm(request.POST or None, initial={"text": item.reply})

    def save() -> str:
        reply_to(**by(request), item=item, text=form.cleaned_data["text"])
        return to_item(item)

    title = _("Reply")
    crumbs = [*_crumbs(request, item), Link(title)]
    return answer_form(
        request, form, save, title, crumbs, template="oversight/item_act.html", item=item, submit=title,
        said=_("Saved. Evidence can be attached below."),
    )  # fmt: skip


@form_page
@needs(may_decide)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """The reply is accepted, or not."""
    item = queries.get_item(request.viewer, number)
    may_decide(request.viewer, item).require()
    if request.method != "POST":
        may_be_decided(item).require()
    form = DecideForm(request.POST or None)

    def save() -> str:
        decide_about(**by(request), item=item, **form.given())
        return to_item(item)

    title = _("Decide about the reply")
    crumbs = [*_crumbs(request, item), Link(title)]
    return answer_form(
        request, form, save, title, crumbs, template="oversight/item_act.html", item=item, submit=title
    )  # fmt: skip


@require_safe
@needs(may_see_list_notice)
def notice_page(request: HttpRequest, number: int) -> HttpResponse:
    """A notice: its number and day, the entries it is about, whether it was received."""
    notice = queries.get_notice(request.viewer, number)
    may_see_list_notice(request.viewer, notice).require()
    rows = [shown.ItemLine(one) for one in queries.items_of_notice(notice)]
    may_confirm = bool(may_acknowledge(request.viewer, notice)) and notice.received_at is None
    context = {
        "notice": notice,
        "rows": rows,
        "forms": ("docx", "pdf"),
        "may_confirm": may_confirm,
        "may_open": bool(may_see_list(request.viewer, notice.list)) or notice.listed_id is not None,
        "crumbs": [Link(_("Notice of a monthly list"))],
    }
    return render(request, "oversight/notice.html", context)


@require_safe
@needs(may_see_list_notice)
def notice_paper(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """A notice on paper."""
    notice = queries.get_notice(request.viewer, number)
    may_see_list_notice(request.viewer, notice).require()
    (document,) = notice_papers(notice.list, {notice: queries.items_of_notice(notice)})
    return paper_answer(document, form, f"thong-bao-{notice.list.month:%Y-%m}-{notice.pk}")


@form_page
@needs(may_acknowledge)
def received(request: HttpRequest, number: int) -> HttpResponse:
    """The recipient confirms receipt."""
    notice = queries.get_notice(request.viewer, number)
    may_acknowledge(request.viewer, notice).require()
    title = _("Confirm receipt")

    def save() -> str:
        acknowledge(**by(request), notice=notice)
        return to_notice(notice)

    crumbs = [Link(_("Notice of a monthly list"), to_notice(notice)), Link(title)]
    return answer_form(
        request, ActionForm(request.POST if request.method == "POST" else None), save, title, crumbs, submit=title
    )


def _crumbs(request: HttpRequest, item: ListedItem) -> list[Link]:
    above = list_crumbs(item.listed.list) if may_see_list(request.viewer, item.listed.list) else []
    return [*above, Link(item.code, to_item(item))]


def _task_url(request: HttpRequest, item: ListedItem) -> str:
    """Where a task is given because of the entry, by who sees the list and holds a role above the unit."""
    if not may_see_list(request.viewer, item.listed.list):
        return ""
    unit = item.listed.unit or item.listed.list.unit
    return reverse("oversight:item-task", args=[item.pk]) if may_be_ordered(request.viewer, unit) else ""
