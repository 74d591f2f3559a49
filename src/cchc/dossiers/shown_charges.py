"""Whose the late minutes of a dossier are, as the ledger charges them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cchc.dossiers.ledger_rows import CHANGES_HANDS, ledger_of, life_of
from cchc.dossiers.models import Dossier
from cchc.dossiers.queries.dossiers import Parts


@dataclass(frozen=True, slots=True)
class Charges:
    """Late minutes of a dossier, and each one's part; the parts add up to the whole."""

    late: int
    parts: Sequence[tuple[str, int]]

    @property
    def adds_up(self) -> bool:
        """Whether they do."""
        return sum(minutes for _who, minutes in self.parts) == self.late


def charges_of(dossier: Dossier, parts: Parts, now: datetime) -> Charges | None:
    """By name, the queue of the unit as such, others by what they were waited for; None for one that is not late."""
    end = dossier.ended_at or now
    if dossier.received_at is None or dossier.due_at is None or end <= dossier.due_at:
        return None
    begun = [step for step in parts.steps if step.begun_at is not None]
    events = [event for event in reversed(parts.events) if event.step_id and event.act in CHANGES_HANDS]
    decisions = [one for one in parts.appointments if one.is_decision]
    found = ledger_of([life_of(dossier, begun, events, parts.pauses, decisions, now)])
    names = {step.holder.code: step.holder.name for step in parts.steps if step.holder}
    names |= {event.holder.code: event.holder.name for event in events if event.holder}
    shares = Counter[str]()
    for kind, holder, minutes in found.spells.select("holder_kind", "holder", "late_minutes").rows():
        if minutes:
            shares[names.get(holder, holder) if kind == "official" else _kind(kind)] += minutes
    late = int(found.dossiers["late_minutes"][0])
    return Charges(late, sorted(shares.items(), key=lambda one: (-one[1], one[0]))) if late else None


def _kind(kind: str) -> str:
    return {
        "queue": _("Shared queue, nobody in person"),
        "applicant": _("Waiting for papers"),
        "payment": _("Waiting for a payment"),
        "agency": _("Another body"),
    }.get(kind, kind)
