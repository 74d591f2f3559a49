"""Who appraises what: the list, what nobody may appraise, giving a charge, ending one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.assessments import shown
from cchc.assessments.actions import charges as actions
from cchc.assessments.addresses import round_crumbs
from cchc.assessments.charging import Gap
from cchc.assessments.criteria import set_of
from cchc.assessments.finding_forms import EndDutyForm
from cchc.assessments.forms import ChargeForm
from cchc.assessments.models import Round
from cchc.assessments.permissions import may_arrange_round, may_see_whole_round
from cchc.assessments.queries.charges import charging_of, duties_of, get_charge, get_duty
from cchc.assessments.queries.rounds import get_round
from cchc.assessments.views.answering import answer_confirmation, answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.errors import current_language
from cchc.interface.shapes import Confirmation, Link
from cchc.organizations.roles import role_of
from cchc.scoring.criteria import CriteriaSet

_MOST_NAMED = 3
_DAY = timedelta(days=1)


@require_safe
@needs(may_see_whole_round)
def charges(request: HttpRequest, number: int) -> HttpResponse:
    """Who appraises what, and the cells that nobody may appraise, each with the way to choose somebody."""
    round_ = get_round(request.viewer, number)
    may_see_whole_round(request.viewer, round_).require()
    criteria = set_of(round_)
    found, language = charging_of(round_, criteria, request.viewer.day), current_language()
    context = {
        "round": round_,
        "charges": [(one, shown.code_name(criteria, one.code)) for one in found.charges],
        "gaps": [_shown_gap(round_, criteria, gap, len(found.sheets)) for gap in found.gaps],
        "duties": [
            (one, role_of(one.duty).name.in_language(language)) for one in duties_of(round_, request.viewer.day)
        ],
        "may_arrange": bool(may_arrange_round(request.viewer, round_)),
        "crumbs": [*round_crumbs(round_), Link(_("Who appraises what"))],
    }
    return render(request, "assessments/charges.html", context)


@form_page
@needs(may_arrange_round)
def charge(request: HttpRequest, number: int) -> HttpResponse:
    """Give a charge; what the page of charges found missing stands there already."""
    round_ = get_round(request.viewer, number)
    may_arrange_round(request.viewer, round_).require()
    sheets = list(round_.sheets.order_by("place"))
    wanted = {"code": "ma", "group": "nhom", "sheet": "ban", "instead_of": "thay"}
    initial: dict[str, Any] = {field: request.GET.get(name, "") for field, name in wanted.items()}
    form = ChargeForm(
        request.POST or None, initial=initial | {"starts_on": request.viewer.day}, criteria=set_of(round_),
        sheets=sheets,
    )  # fmt: skip

    def save() -> str:
        given = form.cleaned_data
        sheet = next((one for one in sheets if str(one.pk) == given["sheet"]), None)
        actions.give_charge(
            **by(request), round_=round_, official=given["official"], starts_on=given["starts_on"],
            ends_on=given["ends_on"], code=given["code"], group=given["group"], sheet=sheet,
            instead_of=given["instead_of"],
        )  # fmt: skip
        return to_charges(round_)

    title = _("Charge an appraiser")
    return answer_form(request, form, save, title, [*_crumbs(round_), Link(title)], submit=title)


@form_page
@needs(may_arrange_round)
def end_charge(request: HttpRequest, number: int) -> HttpResponse:
    """Today is the last day; what was appraised stays."""
    given = get_charge(request.viewer, number)
    may_arrange_round(request.viewer, given.round).require()
    asked = Confirmation(
        _("End the charge of %(name)s?") % {"name": given.official.name},
        _("From the next moment on they give no points by it. What they have appraised stays."),
        _("End the charge"),
    )

    def act(reason: str) -> str:
        actions.end_charge(**by(request), charge=given, ends_on=request.viewer.day - _DAY, reason=reason)
        return to_charges(given.round)

    return answer_confirmation(request, asked, act, _crumbs(given.round), said=_("The charge has ended."))


@form_page
@needs(may_arrange_round)
def end_duty(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """Somebody leaves the support team or the field team."""
    round_ = get_round(request.viewer, number)
    may_arrange_round(request.viewer, round_).require()
    held = get_duty(round_, key)
    form = EndDutyForm(request.POST or None, initial={"ends_on": request.viewer.day})

    def save() -> str:
        actions.end_team_duty(**by(request), round_=round_, assignment=held, **form.cleaned_data)
        return to_charges(round_)

    title = _("End the duty of %(name)s") % {"name": held.official.name}
    effect = _("What they are charged with in the round ends the same day. What they have written stays.")
    return answer_form(
        request, form, save, title, [*_crumbs(round_), Link(title)], submit=_("End the duty"), effect=effect,
        said=_("The duty has ended."),
    )  # fmt: skip


def to_charges(round_: Round) -> str:
    """The page of charges."""
    return reverse("assessments:charges", args=[round_.pk])


def _crumbs(round_: Round) -> list[Link]:
    return [*round_crumbs(round_), Link(_("Who appraises what"), to_charges(round_))]


def _shown_gap(round_: Round, criteria: CriteriaSet, gap: Gap, of: int) -> dict[str, Any]:
    """In words, with the address of a charge that would close it."""
    one_sheet = gap.sheets[0] if len(gap.sheets) == 1 else None
    prefilled = {
        "ma": gap.codes[0] if len(gap.codes) == 1 else "",
        "ban": str(one_sheet.pk) if one_sheet else "",
        "thay": gap.barred[0].code if gap.barred else "",
    }
    return {
        "names": [sheet.name for sheet in gap.sheets[:_MOST_NAMED]],
        "more": max(0, len(gap.sheets) - _MOST_NAMED),
        "is_all": len(gap.sheets) == of,
        "codes": [shown.code_name(criteria, code) for code in gap.codes],
        "barred": [official.name for official in gap.barred],
        "url": f"{reverse('assessments:charge', args=[round_.pk])}?{urlencode(prefilled)}",
    }
