"""The council's members are asked for their slips about what is open."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.assessments.actions.taking import take_round
from cchc.assessments.actions.telling_of_council import tell_of_slips
from cchc.assessments.audit_kinds import OPINIONS_ASKED
from cchc.assessments.council import agenda_of
from cchc.assessments.criteria import set_of
from cchc.assessments.models import OpinionAsked, Round
from cchc.assessments.queries.council import questions_of
from cchc.assessments.states import DELIBERATING, ROUND
from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.organizations.doers import done_by
from cchc.records.errors import refuse


@action
def ask_opinions(*, actor: Actor, now: datetime, round_: Round, until: date) -> int:
    """Slips about everything that is open now are given until the end of that day; what was asked before gets the same
    last day. Members who owe a slip are told. Answers about how many items.

    Raises `assessments.not_in_state`, `assessments.until_over`, `assessments.nothing_open`.
    """
    locked = take_round(round_)
    if locked.state != DELIBERATING:
        raise refuse("assessments.not_in_state", state=ROUND.state(locked.state).name)
    if until < localtime(now).date():
        raise refuse("assessments.until_over", day=until)
    items = agenda_of(locked, set_of(locked), questions_of(locked))
    cells = [(item.sheet.pk, item.criterion.code) for item in items if not item.is_settled]
    if not cells:
        raise refuse("assessments.nothing_open")
    known = OpinionAsked.objects.filter(sheet__round=locked)
    asked = set(known.order_by("pk").values_list("sheet", "criterion"))
    known.update(until=until)
    doer = done_by(actor, "asked")
    OpinionAsked.objects.bulk_create(
        OpinionAsked(sheet_id=sheet, criterion=code, until=until, asked_at=now, **doer)
        for sheet, code in cells
        if (sheet, code) not in asked
    )
    record(OPINIONS_ASKED, locked, after={"until": until, "items": len(cells)})
    tell_of_slips(locked, cells, until, actor, now)
    return len(cells)
