"""Pages on which one reason is given for several rows: verdicts, and decisions about replies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Link
from cchc.oversight.actions.replies import decide_about
from cchc.oversight.actions.verdicts import give_verdict
from cchc.oversight.addresses_lists import asked_after, list_crumbs, to_list
from cchc.oversight.forms_lists import DecideForm
from cchc.oversight.forms_verdicts import VerdictForm
from cchc.oversight.permissions_lists import may_decide, may_see_list
from cchc.oversight.permissions_verdicts import may_see_verdicts, may_verify
from cchc.oversight.policies import may_be_decided_about
from cchc.oversight.queries import lists, verdicts
from cchc.oversight.several import MOST, several
from cchc.oversight.shown_several import decision_lines, page_behind, verdict_lines
from cchc.oversight.views.lists import answer_form, form_page


@form_page
@needs(may_see_verdicts)
def verify(request: HttpRequest) -> HttpResponse:
    """Several late dossiers get the same verdict for the same reason, each by its own action."""
    may_see_verdicts(request.viewer).require()
    form, chosen, after = VerdictForm(request.POST or None), several(request, "ho-so"), asked_after(request)

    def one(key: int) -> None:
        kept = verdicts.get_kept_to_verify(request.viewer, key)
        may_verify(request.viewer, kept).require()
        give_verdict(**by(request), kept=kept, found=form.found)

    def save() -> str:
        chosen.each(verdicts.codes_of(request.viewer, chosen.keys), one)
        return f"{reverse('oversight:verdicts')}?thang={localdate():%Y-%m}"

    title = _("Verify several dossiers")
    crumbs = [Link(_("Real or forgotten"), reverse("oversight:verdicts")), Link(title)]
    return answer_form(
        request, form, save, title, crumbs, template="oversight/verify_several.html", submit=_("Give the verdict"),
        chosen=chosen, page=lambda: page_behind(verdict_lines(request.viewer, after, chosen.keys), after),
        said=_done(len(chosen.keys)), most=MOST,
    )  # fmt: skip


@form_page
@needs(may_see_list)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Several replies are accepted or not for the same reason, each by its own action."""
    list_ = lists.get_list(request.viewer, number)
    may_see_list(request.viewer, list_).require()
    if request.method != "POST":
        may_be_decided_about(list_).require()
    form, chosen, after = DecideForm(request.POST or None), several(request, "muc"), asked_after(request)

    def one(key: int) -> None:
        item = lists.get_item_of(list_, key)
        may_decide(request.viewer, item).require()
        decide_about(**by(request), item=item, **form.given())

    def save() -> str:
        chosen.each(lists.codes_in(list_, chosen.keys), one)
        return to_list(list_)

    title = _("Decide about several replies")
    return answer_form(
        request, form, save, title, [*list_crumbs(list_), Link(title)], template="oversight/decide_several.html",
        submit=_("Decide"), list=list_, chosen=chosen, said=_done(len(chosen.keys)), most=MOST,
        page=lambda: page_behind(decision_lines(request.viewer, list_, after, chosen.keys), after),
    )  # fmt: skip


def _done(number: int) -> str:
    return ngettext("Done: %(n)d row.", "Done: %(n)d rows.", number) % {"n": number}
