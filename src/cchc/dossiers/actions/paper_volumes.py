"""What a unit received on paper alone in a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.audit_kinds import PAPER_NOTED
from cchc.dossiers.models import PaperVolume
from cchc.followups.actions.recording import required
from cchc.organizations.doers import done_by
from cchc.organizations.models import Unit
from cchc.records.errors import refuse


@dataclass(frozen=True, slots=True)
class OnPaper:
    """So many in the month of that first day, why, and what shows it."""

    month: date
    number: int
    reason_code: str
    evidence: str


@action
def note_paper(*, actor: Actor, now: datetime, unit: Unit, on_paper: OnPaper) -> PaperVolume:
    """From now on this counts for the month; what was noted before stays as a record.

    Raises `dossiers.month_to_come`, `followups.nothing_said`.
    """
    if on_paper.month > localdate(now):
        raise refuse("dossiers.month_to_come", day=on_paper.month)
    made = PaperVolume.objects.create(
        unit=unit, month=on_paper.month.replace(day=1), number=on_paper.number, reason_code=on_paper.reason_code,
        evidence=required(on_paper.evidence), noted_at=now, **done_by(actor, "noted"),
    )  # fmt: skip
    record(PAPER_NOTED, made, after=values_of(made))
    return made
