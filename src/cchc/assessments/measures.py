"""What the product itself knows of a unit's year, that a criterion's figures may be held against: its dossiers.

What is late says the ledger: every measure names the definition of `ledger/definitions.yaml` by which it counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cchc.ledger.definitions import CountingRule, Term, shipped
from cchc.records.text import LocalText
from cchc.records.timelines import Dated

_PROCESSED: Final = "end_of_processing"
_BY_THE_MINUTE: Final = "late_by_due_at"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of dossiers of a unit: its name, and which are counted. `is_judged`: by their appointment, too."""

    name: LocalText
    counted: LocalText
    is_judged: bool = True

    def basis(self, as_of: date) -> Dated[Term] | Dated[CountingRule]:
        """The definition by which they are counted, with its source. Raises `records.not_in_force`."""
        if self.is_judged:
            return shipped().counting_rule(_BY_THE_MINUTE, as_of)
        return shipped().term(_PROCESSED, as_of)


SETTLED: Final = "dossiers_settled"
ON_TIME: Final = "dossiers_on_time"
LATE: Final = "dossiers_late"
OVERDUE: Final = "dossiers_overdue"

MEASURES: Final[Mapping[str, Measure]] = {
    SETTLED: Measure(
        LocalText("Hồ sơ đã giải quyết", "Dossiers settled"),
        LocalText(
            "Hồ sơ do đơn vị giải quyết, xử lý xong trong thời gian đánh giá, tính đến ngày chốt dữ liệu.",
            "Dossiers that the unit settles and whose processing ended within the days assessed, until the cut-off.",
        ),
        is_judged=False,
    ),
    ON_TIME: Measure(
        LocalText("Hồ sơ giải quyết trước hạn, đúng hạn", "Dossiers settled early or on time"),
        LocalText("Trong số đã giải quyết: không quá hạn.", "Of those settled: not late."),
    ),
    LATE: Measure(
        LocalText("Hồ sơ giải quyết quá hạn", "Dossiers settled late"),
        LocalText("Trong số đã giải quyết: quá hạn.", "Of those settled: late."),
    ),
    OVERDUE: Measure(
        LocalText("Hồ sơ chưa xong, đang quá hạn", "Dossiers overdue and not settled"),
        LocalText(
            "Hồ sơ do đơn vị giải quyết, đang xử lý, quá hạn tại thời điểm xem; không tính hồ sơ đang tạm dừng.",
            "Dossiers that the unit is settling, late when looked at; those that wait for others are not counted.",
        ),
    ),
}
