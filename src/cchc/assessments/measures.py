"""What the product itself knows of a unit's year, that a criterion's figures may be held against: its dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cchc.records.text import LocalText


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of dossiers of a unit: its name, and by which definition they are counted."""

    name: LocalText
    definition: LocalText


SETTLED: Final = "dossiers_settled"
ON_TIME: Final = "dossiers_on_time"
LATE: Final = "dossiers_late"
OVERDUE: Final = "dossiers_overdue"

MEASURES: Final[Mapping[str, Measure]] = {
    SETTLED: Measure(
        LocalText("Hồ sơ đã giải quyết", "Dossiers settled"),
        LocalText(
            "Hồ sơ do đơn vị giải quyết, xong bước cuối trong thời gian đánh giá, tính đến ngày chốt dữ liệu.",
            "Dossiers that the unit settles whose last step was done within the days assessed, until the cut-off.",
        ),
    ),
    ON_TIME: Measure(
        LocalText("Hồ sơ giải quyết trước hạn, đúng hạn", "Dossiers settled early or on time"),
        LocalText(
            "Trong số hồ sơ đã giải quyết, hồ sơ xong bước cuối không sau ngày hẹn trả đang có hiệu lực, hoặc thủ tục"
            " không quy định thời hạn.",
            "Of those settled, the ones whose last step was done no later than the appointment in force, or whose"
            " procedure has no limit.",
        ),
    ),
    LATE: Measure(
        LocalText("Hồ sơ giải quyết quá hạn", "Dossiers settled late"),
        LocalText(
            "Trong số hồ sơ đã giải quyết, hồ sơ xong bước cuối sau ngày hẹn trả đang có hiệu lực, theo giờ trên hệ"
            " thống.",
            "Of those settled, the ones whose last step was done after the appointment in force, by the clock of the"
            " system.",
        ),
    ),
    OVERDUE: Measure(
        LocalText("Hồ sơ chưa xong, đang quá hạn", "Dossiers overdue and not settled"),
        LocalText(
            "Hồ sơ do đơn vị giải quyết, đang xử lý, đã qua ngày hẹn trả tại thời điểm xem; không tính hồ sơ đang tạm"
            " dừng.",
            "Dossiers that the unit is settling whose appointment is over at the moment of looking; those that wait for"
            " others are left out.",
        ),
    ),
}
