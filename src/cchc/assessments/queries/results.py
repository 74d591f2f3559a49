"""The result of a round as it was frozen: own points, those of documents and of the field check, the final ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from cchc.assessments.models import Freeze, Result, Round, Sheet
from cchc.interface.errors import current_language
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.sheets import STAGES, Stage


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One unit: its own points over its own maximum, the final ones, index, class and rank. `stages` are the points at
    each stage at which anything was said; `before` is the unit in the version before, where there is one.
    """

    sheet: Sheet
    own_points: Fraction | None
    own_maximum: Fraction | None
    own_index: Decimal | None
    points: Fraction
    maximum: Fraction
    index: Decimal
    band_id: str
    band: str
    rank: int
    stages: Mapping[str, Fraction]
    before: Result | None = None

    @property
    def document(self) -> Fraction | None:
        """The points for documents: before the field check where there was one, else those of the last appraisal."""
        first = self.stages.get("document1")
        return first if self.field is not None else self.stages.get("document2", first)

    @property
    def field(self) -> Fraction | None:
        """The points after the field check; None without one."""
        return self.stages.get("field")

    @property
    def index_change(self) -> Decimal | None:
        """How far the index is from the version before; None without one, or where it is the same."""
        if self.before is None or self.before.index is None or self.before.index == self.index:
            return None
        return self.index - self.before.index

    @property
    def rank_before(self) -> int | None:
        """The rank in the version before, where it was another."""
        return None if self.before is None or self.before.rank == self.rank else self.before.rank


def results_of(round_: Round, criteria: CriteriaSet, version: int) -> Sequence[ResultRow]:
    """By group, then rank, each beside the version before; empty for a version that is not there. One query."""
    found = Result.objects.filter(sheet__round=round_, version__in=(version, version - 1))
    return rows_of(list(found.select_related("sheet__unit").order_by("sheet__place", "pk")), criteria, version)


def rows_of(results: Sequence[Result], criteria: CriteriaSet, version: int) -> Sequence[ResultRow]:
    """The same of results of that version and the one before, kept or only worked out."""
    rows = list(results)
    kept: dict[int, dict[str, Result]] = {}
    before: dict[int, Result] = {}
    for one in rows:
        if one.version == version:
            kept.setdefault(one.sheet_id, {})[one.stage] = one
        elif one.stage == STAGES[-1]:
            before[one.sheet_id] = one
    names = {band.id: band.name.in_language(current_language()) for band in criteria.bands}
    made = [_row(stages, before.get(key), names) for key, stages in kept.items()]
    groups = list(dict.fromkeys(one.sheet.group for one in made))
    return sorted(made, key=lambda one: (groups.index(one.sheet.group), one.rank, one.sheet.place))


def freezes_of(round_: Round) -> QuerySet[Freeze]:
    """The versions that were in force, the newest first, and what waits for a second person."""
    found = Freeze.objects.filter(round=round_, withdrawn_at=None)
    return found.select_related("proposed_by", "confirmed_by").order_by("-version")


def _row(kept: Mapping[str, Result], before: Result | None, names: Mapping[str, str]) -> ResultRow:
    last: Stage = STAGES[-1]
    final, own = kept[last], kept.get(STAGES[0])
    assert final.index is not None and final.rank is not None  # nothing is frozen that cannot be scored
    has_own = own is not None and own.points
    return ResultRow(
        final.sheet,
        Fraction(own.points) if own is not None and has_own else None,
        Fraction(own.maximum) if own is not None and has_own else None,
        own.index if own is not None else None,
        Fraction(final.points),
        Fraction(final.maximum),
        final.index,
        final.band,
        names.get(final.band, final.band),
        final.rank,
        {stage: Fraction(one.points) for stage, one in kept.items() if one.points},
        before,
    )
