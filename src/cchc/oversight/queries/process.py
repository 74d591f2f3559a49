"""Where time goes in a month of a unit: steps that hold dossiers up, hand-overs, steps done again. From spells, in the
database; dossiers in which a spell of the month belongs to the unit or to one below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.functions import Coalesce

from cchc.interface.together import Reads
from cchc.organizations.queries.units import within
from cchc.oversight.models import KeptSpell
from cchc.oversight.queries.board import Asked
from cchc.oversight.shown_words import OWN

MOST_SHOWN: Final = 50
"""So many lines of each kind, the worst first; the page says so."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a procedure: how often, worked minutes, minutes in a queue or between steps, over its limit, late."""

    procedure: str
    procedure_name: str
    step: str
    spells: int
    working: int
    waiting: int
    overrun: int
    late: int


@dataclass(frozen=True, slots=True)
class Hand:
    """A holder: the kind, and of an official the code where the register knows it, and the name."""

    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """From one holder to the next, of the same dossier; how often, and how long the next one had it."""

    giver: Hand
    taker: Hand
    number: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Rework:
    """How often a dossier went back: from which step to which one that had been done before."""

    procedure: str
    procedure_name: str
    step: str
    back_from: str
    number: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Process:
    """The three, the worst first."""

    steps: Sequence[StepLine]
    hand_overs: Sequence[HandOver]
    rework: Sequence[Rework]


def spells_in(asked: Asked) -> QuerySet[KeptSpell]:
    """The spells of the month that the board counts."""
    unknown = Q(unit=None) & within(Q(ancestor=asked.unit), asked.day, "dossier__source__unit")
    found = KeptSpell.objects.filter(within(Q(ancestor=asked.unit), asked.day) | unknown, month=asked.month)
    if asked.procedure:
        found = found.filter(dossier__procedure=asked.procedure)
    return found.filter(role=asked.role) if asked.role else found


def reading_process(asked: Asked) -> Reads[Process]:
    """Three reads."""
    steps, handed, again = _steps(asked), _hand_overs(asked), _rework(asked)

    def made() -> Process:
        lines, hands = [_step_line(row) for row in steps], [_hand_over(row) for row in handed]
        return Process(lines, hands, [_rework_line(row) for row in again])

    return Reads((steps, handed, again), made)


def _steps(asked: Asked) -> QuerySet[KeptSpell]:
    waits = Q(holder_kind="queue") | Q(is_event=False)
    found = spells_in(asked).filter(holder_kind__in=OWN).order_by()
    return (
        found.values("dossier__procedure", "dossier__procedure_name", "step")
        .annotate(
            n=Count("pk", filter=Q(is_event=True)), working=Sum("working_minutes", filter=~waits, default=0),
            waiting=Sum("working_minutes", filter=waits, default=0), overrun=Sum("overrun_minutes"),
            late=Sum("late_minutes"),
        )
        .order_by("-late", "-overrun", "-waiting", "dossier__procedure", "step")[:MOST_SHOWN]
    )  # fmt: skip


def spells_handed_over(asked: Asked) -> QuerySet[KeptSpell]:
    """Spells of another holder than the one before them in the dossier, who stands in `giver_kind`, `giver_code` (of
    an official of the register) and `giver_name`; the holder itself in `taker_code` and `taker_name`.
    """
    found = spells_in(asked).filter(dossier__spells__place=F("place") - 1)
    named = found.annotate(
        giver_kind=F("dossier__spells__holder_kind"),
        giver_code=Coalesce(F("dossier__spells__official__code"), Value("")),
        giver_name=Coalesce(
            "dossier__spells__official__name", "dossier__spells__holder_name", output_field=TextField()
        ),
        taker_code=Coalesce(F("official__code"), Value("")),
        taker_name=Coalesce("official__name", "holder_name", output_field=TextField()),
    )
    same = Q(giver_kind=F("holder_kind"), giver_code=F("taker_code"), giver_name=F("taker_name"))
    return named.filter(~same)


def _hand_overs(asked: Asked) -> QuerySet[KeptSpell]:
    by = ("giver_kind", "giver_code", "giver_name", "holder_kind", "taker_code", "taker_name")
    counted = spells_handed_over(asked).order_by().values(*by)
    counted = counted.annotate(n=Count("pk"), minutes=Sum("working_minutes"))
    return counted.order_by("-n", "-minutes", *by)[:MOST_SHOWN]


def spells_again(asked: Asked) -> QuerySet[KeptSpell]:
    """Spells in which a dossier came back, from the step `back_from`, to one that it had before that. What was only
    waited for in between is no way back, and going on again is none either.
    """
    worked = KeptSpell.objects.filter(dossier=OuterRef("dossier"), holder_kind__in=OWN, is_event=True)
    earlier = worked.filter(place__lt=OuterRef("place"))
    last = Subquery(earlier.order_by("-place").values("step")[:1])
    first_of_last = Subquery(worked.filter(step=OuterRef("back_from")).order_by("place").values("place")[:1])
    found = spells_in(asked).filter(is_event=True, holder_kind__in=OWN)
    found = found.annotate(back_from=last).annotate(back_first=first_of_last).exclude(back_from=F("step"))
    return found.filter(Exists(worked.filter(step=OuterRef("step"), place__lt=OuterRef("back_first"))))


def _rework(asked: Asked) -> QuerySet[KeptSpell]:
    by = ("dossier__procedure", "dossier__procedure_name", "step", "back_from")
    again = spells_again(asked).order_by().values(*by)
    return again.annotate(n=Count("pk"), minutes=Sum("working_minutes")).order_by("-n", "-minutes", *by)[:MOST_SHOWN]


def _step_line(row: Mapping[str, Any]) -> StepLine:
    return StepLine(
        row["dossier__procedure"], row["dossier__procedure_name"], row["step"], row["n"], row["working"],
        row["waiting"], row["overrun"], row["late"],
    )  # fmt: skip


def _hand_over(row: Mapping[str, Any]) -> HandOver:
    giver = Hand(row["giver_kind"], row["giver_code"], row["giver_name"])
    return HandOver(giver, Hand(row["holder_kind"], row["taker_code"], row["taker_name"]), row["n"], row["minutes"])


def _rework_line(row: Mapping[str, Any]) -> Rework:
    return Rework(
        row["dossier__procedure"], row["dossier__procedure_name"], row["step"], row["back_from"], row["n"],
        row["minutes"],
    )  # fmt: skip
