"""A round laid out as an earlier one was: what is still there and still holds is taken over, the rest is set anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.assessments.actions.charges import give_charge
from cchc.assessments.actions.rounds import RoundFacts, bring_set_in, open_round, take_units_in
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Charge, Round, Sheet
from cchc.assessments.queries.charges import works_there
from cchc.audit.actions import action
from cchc.audit.actors import Actor
from cchc.organizations.models import Posting, Unit
from cchc.organizations.queries.units import named


@action
def copy_round(*, actor: Actor, now: datetime, organizer: Unit, facts: RoundFacts, copy_of: Round) -> Round:
    """Units with their groups, as far as they are there today; the criteria set, where it is in force on the last day
    assessed; what each official was charged with to the end, who still has a post and does not work in that unit now.
    Days, papers and the field team are not taken over. Raises as `open_round`.
    """
    day = localtime(now).date()
    round_ = open_round(actor=actor, now=now, organizer=organizer, facts=facts, copy_of=copy_of)
    groups = {sheet.unit: sheet.group for sheet in copy_of.sheets.select_related("unit").order_by("place")}
    there = {one.unit_id for one in named(groups, day)}
    kept = {unit: group for unit, group in groups.items() if unit.pk in there}
    sheets = {
        sheet.unit_id: sheet for sheet in take_units_in(actor=actor, now=now, round_=round_, groups=kept)
    }  # fmt: skip
    if copy_of.criteria and set_of(copy_of).validity.holds_on(round_.assessed_to):
        round_ = bring_set_in(
            actor=actor, now=now, round_=round_, criteria=set_of(copy_of), expected_version=round_.version
        )
    for charge, sheet in list(_still_good(copy_of, round_, sheets, day)):
        give_charge(
            actor=actor, now=now, round_=round_, official=charge.official, starts_on=day, code=charge.code,
            group=charge.group, sheet=sheet, instead_of=charge.instead_of,
        )  # fmt: skip
    return round_


def _still_good(
    copy_of: Round, round_: Round, sheets: Mapping[int, Sheet], day: date
) -> Iterator[tuple[Charge, Sheet | None]]:
    """Charges to take over, each with the sheet that takes the place of its own."""
    codes = set_of(round_).leaves_below if round_.criteria else {}
    groups = {sheet.group for sheet in sheets.values()}
    held = Charge.objects.filter(round=copy_of, ends_on=None).select_related("official", "instead_of", "sheet")
    posted = Posting.objects.on(day).filter(official__in=held.order_by().values("official")).order_by("pk")
    at_work = set(posted.values_list("official", flat=True))
    for charge in held.order_by("pk"):
        sheet = sheets.get(charge.sheet.unit_id) if charge.sheet is not None else None
        names_gone = (charge.code and charge.code not in codes) or (charge.group and charge.group not in groups)
        if names_gone or charge.official_id not in at_work or (charge.sheet is not None and sheet is None):
            continue
        if sheet is None or not works_there(charge.official, sheet, day):
            yield charge, sheet
