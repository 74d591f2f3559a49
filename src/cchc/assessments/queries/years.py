"""A round beside the last one, across mergers: what a unit was made of then, as it was called then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc.assessments.models import Result, Round
from cchc.assessments.queries.results import ResultRow
from cchc.organizations.queries.units import origins
from cchc.scoring.sheets import STAGES


@dataclass(frozen=True, slots=True)
class Then:
    """A unit of the round before, as it was called there."""

    name: str
    index: Decimal
    rank: int | None


@dataclass(frozen=True, slots=True)
class YearRow:
    """A unit now, and what it was made of in the round before."""

    row: ResultRow
    then: Sequence[Then]

    @property
    def change(self) -> Decimal | None:
        """Of the index; None where it was made of none that was scored, or of several, whose indexes do not add up."""
        return self.row.index - self.then[0].index if len(self.then) == 1 else None


def round_before(round_: Round) -> Round | None:
    """The newest earlier year of the same holder that has a result: the round it was copied from, if that is one."""
    earlier = Round.objects.filter(organizer=round_.organizer_id, year__lt=round_.year, result_version__gt=0)
    if round_.copy_of_id is not None and (found := earlier.filter(pk=round_.copy_of_id).first()) is not None:
        return found
    return earlier.order_by("-year", "-pk").first()


def year_on_year(rows: Sequence[ResultRow], before: Round) -> list[YearRow]:
    """Each unit beside those that it was made of at the end of the days that the round before assessed."""
    made_of = origins([row.sheet.unit_id for row in rows], before.assessed_to)
    scored = _then(before)
    return [
        YearRow(row, [scored[one.unit_id] for one in made_of[row.sheet.unit_id] if one.unit_id in scored])
        for row in rows
    ]


def _then(before: Round) -> Mapping[int, Then]:
    found = Result.objects.filter(sheet__round=before, version=before.result_version, stage=STAGES[-1])
    named = found.select_related("sheet").order_by("pk")
    return {one.sheet.unit_id: Then(one.sheet.name, one.index, one.rank) for one in named if one.index is not None}
