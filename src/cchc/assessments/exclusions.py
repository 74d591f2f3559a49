"""What was taken out of the maximum ("không áp dụng"), by whom and by whom not, and what it is worth to the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc.assessments.computing import Scored, score
from cchc.assessments.council import FINAL, settled_cells
from cchc.assessments.models import Answer, Sheet
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.sheets import STAGES


@dataclass(frozen=True, slots=True)
class Taken:
    """One criterion in one sheet: whether it is out, why, whether the council has decided; the sheet's index as it is
    and as it would be if everything taken out counted with nothing.
    """

    sheet: Sheet
    is_out: bool
    reason: str
    is_decided: bool
    index: Decimal | None
    index_counted: Decimal | None


@dataclass(frozen=True, slots=True)
class Excluded:
    """One criterion with every sheet. `undecided` counts those about which the council has said nothing."""

    criterion: Criterion
    rows: Sequence[Taken]

    @property
    def out(self) -> Sequence[Taken]:
        """Who took it out."""
        return [row for row in self.rows if row.is_out]

    @property
    def counted(self) -> Sequence[Taken]:
        """Whom it counts for."""
        return [row for row in self.rows if not row.is_out]

    @property
    def undecided(self) -> int:
        """How many still wait for the council."""
        return sum(1 for row in self.out if not row.is_decided)


def exclusions(criteria: CriteriaSet, sheets: Sequence[Sheet], answers: Iterable[Answer]) -> list[Excluded]:
    """The criteria that are out, or were decided to count, in one sheet at least, in the order of the set."""
    kept = list(answers)
    scored, settled = score(criteria, sheets, kept), settled_cells(kept)
    reasons = _reasons(kept)
    worth = {sheet.pk: _worth(criteria, scored, sheet) for sheet in sheets}
    found = [
        Excluded(one, [_taken(scored, sheet, one, settled, reasons, worth) for sheet in sheets])
        for one in criteria.criteria
    ]
    return [one for one in found if one.out]


def _taken(
    scored: Scored, sheet: Sheet, criterion: Criterion, settled: frozenset[tuple[int, str]],
    reasons: dict[tuple[int, str], str], worth: dict[int, tuple[Decimal | None, Decimal | None]],
) -> Taken:  # fmt: skip
    cell, leaf = (sheet.pk, criterion.code), scored.leaf(sheet.pk, FINAL, criterion.code)
    is_out = leaf is not None and not leaf.applicable
    return Taken(sheet, is_out, reasons.get(cell, "") if is_out else "", cell in settled, *worth[sheet.pk])


def _worth(criteria: CriteriaSet, scored: Scored, sheet: Sheet) -> tuple[Decimal | None, Decimal | None]:
    result = scored.of(sheet.pk, FINAL)
    if result is None:
        return None, None
    return result.index, result.index_with_exclusions_counted(criteria.index_decimals)


def _reasons(answers: Iterable[Answer]) -> dict[tuple[int, str], str]:
    """The last reason that was given at each cell."""
    found: dict[tuple[int, str], str] = {}
    for one in sorted(answers, key=lambda answer: STAGES.index(answer.stage)):
        if reason := one.said.get("reason"):
            found[one.sheet_id, one.criterion] = reason
    return found
