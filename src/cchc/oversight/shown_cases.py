"""Cases of responsibility as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.oversight.addresses_cases import to_case, to_case_act, to_case_rows, to_open_of_dossier
from cchc.oversight.charging import OVERDUE
from cchc.oversight.models import CaseEntry, CaseGround, KeptShare, ResponsibilityCase
from cchc.oversight.permissions_cases import may_move_case
from cchc.oversight.policies import may_case_become
from cchc.oversight.queries.cases import PARTS
from cchc.oversight.queries.ordering import may_be_ordered
from cchc.oversight.shown_cases_words import about_name, case_act, case_state, measure_name
from cchc.oversight.shown_lists_words import class_name, outcome_name, verdict_name
from cchc.oversight.states_cases import OPEN

_NEXT = ("ask", "explain", "conclude", "close", "withdraw")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case among others, or alone."""

    case: ResponsibilityCase
    now: datetime

    @property
    def url(self) -> str:
        """Its page."""
        return to_case(self.case)

    @property
    def about(self) -> str:
        """Official, head or unit."""
        return about_name(self.case.about)

    @property
    def state(self) -> str:
        """Where it stands."""
        return case_state(self.case.state)

    @property
    def measure(self) -> str:
        """What was concluded; empty before."""
        return measure_name(self.case.measure)

    @property
    def is_past(self) -> bool:
        """An explanation was due, and nothing is concluded."""
        return self.case.state in OPEN and self.case.due_at is not None and self.case.due_at < self.now


@dataclass(frozen=True, slots=True)
class GroundLine:
    """A dossier that a case counts."""

    ground: CaseGround

    @property
    def klass(self) -> str:
        """Overdue or slow."""
        return class_name(self.ground.klass)

    @property
    def minutes(self) -> int:
        """What is charged: late minutes, or those over the own step."""
        return self.ground.late if self.ground.klass == OVERDUE else self.ground.overrun

    @property
    def verdict(self) -> str:
        """Real, forgotten, or not verified."""
        return verdict_name(self.ground.verdict)

    @property
    def outcome(self) -> str:
        """What was decided about the entry of the list; empty where there is none."""
        return outcome_name(self.ground.outcome)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that opens its rows."""

    name: str
    value: int
    url: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What is overdue in a unit in a month, with and without a case."""

    name: str
    figures: Sequence[Figure]
    people: int
    people_with: int


@dataclass(frozen=True, slots=True)
class ShareLine:
    """An overdue dossier of a holder, with the cases that count it."""

    share: KeptShare
    cases: Sequence[Link]
    open_url: str


def offered(viewer: Viewer, case: ResponsibilityCase) -> list[Link]:
    """What the reader may do with a case as it stands, the next thing first."""
    able = [act for act in _NEXT if may_case_become(case, act) and may_move_case(viewer, case, act)]
    return [Link(case_act(act), to_case_act(case, act)) for act in able]


def task_url(viewer: Viewer, case: ResponsibilityCase) -> str:
    """Where the reader gives a task because of the case; empty for who holds no role above the unit."""
    return reverse("oversight:case-task", args=[case.pk]) if may_be_ordered(viewer, case.unit) else ""


def unit_lines(rows: Iterable[Mapping[str, Any]], month: date) -> list[UnitLine]:
    """A line for each unit."""
    return [
        UnitLine(
            row["unit_said"] or row["unit__code"],
            [
                Figure(str(part.name), row[f"n_{key}"], to_case_rows(row["unit__code"], month, key))
                for key, part in PARTS.items()
            ],
            row["people"],
            row["people_with"],
        )
        for row in rows
    ]


def share_lines(
    shares: Iterable[KeptShare], cases: Mapping[tuple[int, int | None, int | None], Sequence[int]]
) -> list[ShareLine]:
    """Each with its cases."""
    return [
        ShareLine(
            one,
            [
                Link(_("Case %(number)s") % {"number": key}, reverse("oversight:case", args=[key]))
                for key in cases.get((one.dossier_id, one.official_id, one.unit_id), ())
            ],
            to_open_of_dossier(one.dossier),
        )
        for one in shares
    ]


def history_lines(entries: Iterable[CaseEntry]) -> list[tuple[CaseEntry, str]]:
    """Each with the name of what was done."""
    return [(one, case_act(one.act)) for one in entries]
