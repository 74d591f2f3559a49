"""The monthly cycle of the list with names, as dated, sourced data (`timetable.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Final
from zoneinfo import ZoneInfo

from cchc.records.months import following
from cchc.records.schema import Fields, as_choice, as_count, as_items, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import read_yaml

STAYS: Final = "stays"
DECIDE: Final = "decide"
POSTPONE: Final = "postpone"
UNIT_OF_DELAY: Final = "unit_of_delay"


@dataclass(frozen=True, slots=True)
class Timetable:
    """All that holds on a day. `cut_off` and `publish_before` are days of the month after that of the list, `draft`,
    `reply` and `decide` working days, `expires` days, `recheck` per cent, `repeat` verdicts, `by_job` dossiers.
    """

    cut_off: int
    draft: int
    reply: int
    decide: int
    publish_before: int
    expires: int
    silence: str
    leave: str
    transfer: str
    recheck: int
    repeat: int
    by_job: int

    def cut_off_of(self, month: date, time_zone: str) -> datetime:
        """24:00 of the cut-off day."""
        return datetime.combine(self.cut_off_day(month) + timedelta(days=1), time(), ZoneInfo(time_zone))

    def cut_off_day(self, month: date) -> date:
        """The last day of which something counts for the list."""
        return following(month).replace(day=self.cut_off)

    def last_day_of(self, month: date) -> date:
        """The last day on which publication is in time."""
        return following(month).replace(day=self.publish_before) - timedelta(days=1)


def timetable_on(day: date) -> Dated[Timetable]:
    """Raises `records.not_in_force`."""
    return _timeline().as_of(day)


@cache
def _timeline() -> Timeline[Timetable]:
    content = (resources.files("cchc.oversight") / "timetable.yaml").read_bytes()
    return read_timetable(content, "cchc/oversight/timetable.yaml")


def read_timetable(content: bytes, file: str) -> Timeline[Timetable]:
    """All records of a file. Raises what `records` refuses, with file and line."""
    with reading(read_yaml(content, file)) as fields:
        dated = [as_dated(node, _timetable) for node in as_items(fields.need("timetable"))]
    return Timeline(LocalText("Lịch công khai hằng tháng", "Timetable of the monthly list"), dated)


def _timetable(fields: Fields) -> Timetable:
    counts = ("cut_off", "draft", "reply", "decide", "publish_before", "expires", "recheck", "repeat", "by_job")
    return Timetable(
        **{name: as_count(fields.need(name)) for name in counts},
        silence=as_choice(fields.need("silence"), (STAYS, DECIDE)),
        leave=as_choice(fields.need("leave"), (POSTPONE, STAYS)),
        transfer=as_choice(fields.need("transfer"), (UNIT_OF_DELAY,)),
    )
