"""Limits as data: so many working minutes, hours, working days or calendar days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, overload

from cchc.records.errors import refuse
from cchc.records.schema import as_count, reading
from cchc.records.yaml_text import Node
from cchc.worktime.calendar import Calendar

if TYPE_CHECKING:
    import numpy.typing as npt

    from cchc.worktime.bulk import Moments

LimitUnit = Literal["working_minutes", "working_hours", "working_days", "calendar_days"]
LIMIT_UNITS: Final[tuple[LimitUnit, ...]] = get_args(LimitUnit)


@dataclass(frozen=True, slots=True)
class Limit:
    """So much time for something, such as 5 working days."""

    amount: int
    unit: LimitUnit

    @overload
    def end(self, calendar: Calendar, start: datetime) -> datetime: ...
    @overload
    def end(self, calendar: Calendar, start: npt.ArrayLike) -> Moments: ...
    def end(self, calendar: Calendar, start: Any) -> datetime | Moments:
        """Where the limit ends that starts then: a moment, or an array of them. Raises as `Calendar.due` does."""
        ends: datetime | Moments
        match self.unit:
            case "working_minutes":
                ends = calendar.due(start, self.amount)
            case "working_hours":
                ends = calendar.due(start, self.amount * 60)
            case "working_days":
                ends = calendar.due_in_working_days(start, self.amount)
            case "calendar_days":
                ends = calendar.due_in_calendar_days(start, self.amount)
        return ends


def as_limit(node: Node) -> Limit:
    """`{working_days: 20}`, or another of the units. Raises `worktime.not_one_limit` when there is none, or several."""
    with reading(node) as fields:
        given = [unit for unit in LIMIT_UNITS if fields.has(unit)]
        if len(given) != 1:
            raise refuse("worktime.not_one_limit", node.place, units=LIMIT_UNITS)
        return Limit(as_count(fields.need(given[0])), given[0])
