"""Pages of verdicts: what waits, what was found, a verdict given, a share drawn and looked at again."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Link
from cchc.interface.together import read_together
from cchc.oversight.actions.verdicts import draw_rechecks, give_verdict, recheck_verdict
from cchc.oversight.addresses_lists import asked_after, asked_month
from cchc.oversight.forms_verdicts import DrawForm, VerdictForm
from cchc.oversight.permissions_verdicts import may_draw, may_recheck, may_see_verdicts, may_verify
from cchc.oversight.queries import lists as lists_queries
from cchc.oversight.queries import verdicts as queries
from cchc.oversight.shown_lists_words import verdict_name
from cchc.oversight.timetable import timetable_on
from cchc.oversight.views.lists import answer_form, form_page
from cchc.privacy.disclosing import tell


@require_safe
@needs(may_see_verdicts)
def verdicts(request: HttpRequest) -> HttpResponse:
    """What waits for a verdict, the verdicts of a month, what was drawn, who forgets again and again."""
    may_see_verdicts(request.viewer).require()
    month, after = asked_month(request, localdate()), asked_after(request)
    waiting, found = queries.to_verify(request.viewer, after), queries.found_in(request.viewer, month)
    counted, drawn = queries.counted_in(found), queries.to_recheck(request.viewer)
    repeat, shown = queries.repeat_forgetters(request.viewer), found[: queries.PAGE]
    read_together(waiting, shown, counted, drawn, repeat)
    rows = list(waiting)
    tell(request, people=len(repeat))
    context = {
        "month": month,
        "waiting": rows[: queries.PAGE],
        "next": f"?thang={month:%Y-%m}&sau={rows[queries.PAGE - 1].pk}" if len(rows) > queries.PAGE else "",
        "found": [(one, verdict_name(one.finding)) for one in shown],
        "counted": [(verdict_name(finding), number) for finding, number in counted],
        "drawn": drawn,
        "repeat": repeat,
        "rules": timetable_on(month),
        "crumbs": [Link(_("Real or forgotten"))],
    }
    return render(request, "oversight/verdicts.html", context)


@form_page
@needs(may_verify)
def verify(request: HttpRequest, number: int) -> HttpResponse:
    """A verifier finds whether a dossier was really late."""
    kept = queries.get_kept_to_verify(request.viewer, number)
    may_verify(request.viewer, kept).require()
    form = VerdictForm(request.POST or None)

    def save() -> str:
        give_verdict(**by(request), kept=kept, found=form.found)
        return _of_this_month()

    title = _("Verify: real or forgotten")
    return answer_form(
        request, form, save, title, [*_crumbs(), Link(title)], template="oversight/verify.html", kept=kept,
        submit=title,
    )  # fmt: skip


@form_page
@needs(may_draw)
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """A share of the verdicts of a month is drawn."""
    body = lists_queries.get_body(code, request.viewer.day)
    may_draw(request.viewer, body.unit).require()
    form = DrawForm(request.POST or None, initial={"month": f"{asked_month(request, localdate()):%Y-%m}"})

    def save() -> str:
        seed = secrets.token_hex(16)
        draw_rechecks(**by(request), unit=body.unit, month=form.cleaned_data["month"], seed=seed)
        return reverse("oversight:verdicts")

    title = _("Draw verdicts to be looked at again")
    return answer_form(request, form, save, title, [*_crumbs(), Link(title)], submit=title)


@form_page
@needs(may_recheck)
def recheck(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody else looks at a verdict again."""
    drawn = queries.get_recheck(request.viewer, number)
    may_recheck(request.viewer, drawn).require()
    form = VerdictForm(request.POST or None)

    def save() -> str:
        recheck_verdict(**by(request), recheck=drawn, found=form.found)
        return _of_this_month()

    title = _("Look at a verdict again")
    return answer_form(
        request, form, save, title, [*_crumbs(), Link(title)], template="oversight/verify.html",
        kept=drawn.verdict.kept, before=drawn.verdict, before_name=verdict_name(drawn.verdict.finding), submit=title,
    )  # fmt: skip


def _of_this_month() -> str:
    """Where the verdict just given stands."""
    return f"{reverse('oversight:verdicts')}?thang={localdate():%Y-%m}"


def _crumbs() -> list[Link]:
    return [Link(_("Real or forgotten"), reverse("oversight:verdicts"))]
