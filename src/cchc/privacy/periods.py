"""How long something is kept, and the moment before which it is past its time. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cchc.records.text import LocalText

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Period:
    """So many months and days; years are twelve months each. At least a day, at most a hundred years."""

    months: int = 0
    days: int = 0

    def before(self, now: datetime) -> datetime:
        """The start, in Vietnam, of the day that lies the period back: what is older is past its time.

        So something is kept the whole period and the rest of the day on which it ends. A month back from a day that
        the earlier month lacks is its last day.
        """
        today = now.astimezone(VIETNAM).date()
        return datetime.combine(_months_back(today, self.months) - timedelta(self.days), time(), VIETNAM)

    def said(self) -> LocalText:
        """`10 năm`, `18 tháng`, `90 ngày`."""
        years, months = divmod(self.months, _MONTHS)
        if self.days:
            return LocalText(f"{self.days} ngày", _plural(self.days, "day"))
        if months:
            return LocalText(f"{self.months} tháng", _plural(self.months, "month"))
        return LocalText(f"{years} năm", _plural(years, "year"))


def _months_back(day: date, months: int) -> date:
    year, month = divmod(day.year * _MONTHS + day.month - 1 - months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _plural(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
