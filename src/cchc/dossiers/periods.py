"""The months, quarters and years that reports are about. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cchc.records.months import last_day, months_on
from cchc.records.text import LocalText

_DAY: Final = timedelta(days=1)
_QUARTERS: Final = {f"Q{number}": 3 * number - 2 for number in (1, 2, 3, 4)}
_FIRST_YEAR: Final = 2020  # no one-stop of this product is older
_LAST_YEAR: Final = 2999


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included; `key` as addresses have it: `2026-11`, `2026-Q4`, `2026`."""

    key: str
    first: date
    last: date
    name: LocalText

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year."""
        return len(self.months) == 12

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each of its months."""
        return tuple(date(self.first.year, month, 1) for month in range(self.first.month, self.last.month + 1))


def read_period(text: str) -> Period | None:
    """What an address says; None for what is no period."""
    year, _, part = text.partition("-")
    if not (year.isdecimal() and len(year) == 4 and _FIRST_YEAR <= int(year) <= _LAST_YEAR):
        return None
    if not part:
        return None if text != year else year_of(int(year))
    if part in _QUARTERS:
        return _months(int(year), _QUARTERS[part], 3, f"{year}-{part}", LocalText(f"Quý {part[1:]}/{year}", text))
    if part.isdecimal() and len(part) == 2 and 1 <= int(part) <= 12:
        return month_of(date(int(year), int(part), 1))
    return None


def month_of(day: date) -> Period:
    """The month in which a day lies."""
    name = LocalText(f"Tháng {day:%m/%Y}", f"{day:%B %Y}")
    return _months(day.year, day.month, 1, f"{day:%Y-%m}", name)


def year_of(year: int) -> Period:
    """A whole year."""
    return _months(year, 1, 12, str(year), LocalText(f"Năm {year}", f"Year {year}"))


def choices_on(day: date) -> Iterator[Period]:
    """What a report offers: twelve months, four quarters and three years, the newest first."""
    month = month_of(day)
    for _ in range(12):
        yield month
        month = month_of(month.first - _DAY)
    year, quarter = day.year, (day.month + 2) // 3
    for _ in range(4):
        found = read_period(f"{year}-Q{quarter}")
        assert found is not None
        yield found
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    yield from (year_of(day.year - back) for back in range(3))


def _months(year: int, month: int, number: int, key: str, name: LocalText) -> Period:
    first = date(year, month, 1)
    return Period(key, first, last_day(months_on(first, number - 1)), name)
