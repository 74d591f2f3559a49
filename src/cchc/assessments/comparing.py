"""What is kept beside answers: what a criterion comes to at each stage; with what figure a unit stands among those of
its group, in the order of a database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from cchc.assessments.computing import Compared, sheet_of
from cchc.assessments.models import Answer, Sheet
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.evaluation import evaluate, figures_compared
from cchc.scoring.sheets import STAGES

_WHOLE: Final = 40
_DECIMALS: Final = 40


def compared_columns(
    criteria: CriteriaSet, sheets: Sequence[Sheet], answers: Sequence[Answer]
) -> Iterator[Mapping[str, Any]]:  # fmt: skip
    """For each sheet, each criterion of the set that compares units and each stage the columns of a `ComparedFigure`;
    the answers are all that stand in these sheets about the criteria of the set.
    """
    figures = figures_compared(criteria, sheet_of(criteria, sheets, answers, ["self"]))
    said = {(one.sheet_id, one.stage, one.criterion) for one in answers}
    for sheet in sheets:
        for criterion in criteria.compared:
            for stage in STAGES:
                was_said = any((sheet.pk, stage, code) in said for code in criteria.read_for[criterion.code])
                yield {
                    "round_id": sheet.round_id,
                    "group": sheet.group,
                    "sheet_id": sheet.pk,
                    "criterion": criterion.code,
                    "stage": stage,
                    "was_said": was_said,
                    **_columns(figures.get((str(sheet.pk), stage, criterion.code))),
                }


def _columns(figure: Fraction | None) -> Mapping[str, str]:
    return (
        {"figure": "", "order_key": ""} if figure is None else {"figure": str(figure), "order_key": order_key(figure)}
    )


def points_columns(
    criteria: CriteriaSet, codes: Collection[str], sheets: Sequence[Sheet], answers: Sequence[Answer],
    compared: Compared,
) -> Iterator[Mapping[str, Any]]:  # fmt: skip
    """For each sheet, each of these criteria and each stage the columns of `StagePoints`; the answers are all that
    stand in these sheets about the criteria of the set, `compared` what the other sheets of their groups say.
    """
    results = evaluate(criteria, sheet_of(criteria, sheets, answers, STAGES), others=compared.highest)
    for unit in results.units:
        for leaf in unit.leaves:
            if leaf.criterion.code in codes:
                yield {
                    "sheet_id": int(unit.unit),
                    "criterion": leaf.criterion.code,
                    "stage": unit.stage,
                    "points": "" if leaf.points is None else str(leaf.points),
                    "applicable": leaf.applicable,
                }


def order_key(figure: Fraction) -> str:
    """Texts of one length that stand in the order of the figures, in whatever language a database sorts by.

    Figures that agree in forty decimals, or lie beyond forty digits, get one key: what people type has 18 of each.
    """
    shifted = (figure + 10**_WHOLE) * 10**_DECIMALS
    within = min(max(shifted.numerator // shifted.denominator, 0), 2 * 10 ** (_WHOLE + _DECIMALS) - 1)
    return f"{within:0{_WHOLE + _DECIMALS + 1}}"
