"""Follow-up of what is weak: a task for each unit that is low at a criterion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cchc.assessments.actions.taking import take_round
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Round, Sheet
from cchc.assessments.states import APPROVED, FROZEN, PUBLISHED, ROUND
from cchc.audit.actions import action
from cchc.audit.actors import Actor
from cchc.followups.actions.giving import Order, give_tasks
from cchc.followups.models import Task
from cchc.records.errors import refuse


@action
def give_remedies(
    *, actor: Actor, now: datetime, round_: Round, code: str, sheets: Sequence[Sheet], order: Order
) -> list[Task]:  # fmt: skip
    """A task about one criterion for each of these units, once the result is frozen; followed as every task is.

    Raises `assessments.not_in_state`, `scoring.unknown_criterion`, `assessments.nothing_chosen`, and as `give_tasks`.
    """
    locked = take_round(round_)
    if locked.state not in (FROZEN, APPROVED, PUBLISHED):
        raise refuse("assessments.not_in_state", state=ROUND.state(locked.state).name)
    set_of(locked).criterion(code)
    if not sheets:
        raise refuse("assessments.nothing_chosen")
    owners = [sheet.unit for sheet in sheets]
    return give_tasks(actor=actor, now=now, subject=locked, order=order, owners=owners, issuer=locked.organizer)
