"""When a letter of apology is owed, as dated, sourced data (`rules.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from cchc.interface.durations import WORKING_DAY
from cchc.records.schema import Fields, as_count, as_items, as_text, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import read_yaml
from cchc.worktime.limits import Limit


@dataclass(frozen=True, slots=True)
class Rules:
    """A letter is sent `before` working days before the appointment, and whoever has the dossier is told `warn` working
    days before it; `mistakes` owe one without lateness, within `after_mistake` working days.
    """

    before: int
    warn: tuple[int, ...]
    mistakes: tuple[str, ...]
    after_mistake: int

    def leaves_no_day(self, limit: Limit | None) -> bool:
        """Whether a limit is no longer than the days by which a letter comes before its end."""
        if limit is None:
            return False
        minutes = {"working_minutes": 1, "working_hours": 60}.get(limit.unit, WORKING_DAY)
        return limit.amount * minutes <= self.before * WORKING_DAY

    @property
    def first_warning(self) -> int:
        """From so many working days before the appointment on a dossier will owe a letter if nothing happens."""
        return max(*self.warn, self.before)


def rules_on(day: date) -> Dated[Rules]:
    """Raises `records.not_in_force`."""
    return _timeline().as_of(day)


@cache
def _timeline() -> Timeline[Rules]:
    return read_rules((resources.files("cchc.apologies") / "rules.yaml").read_bytes(), "cchc/apologies/rules.yaml")


def read_rules(content: bytes, file: str) -> Timeline[Rules]:
    """All records of a file. Raises what `records` refuses, with file and line."""
    with reading(read_yaml(content, file)) as fields:
        dated = [as_dated(node, _rules) for node in as_items(fields.need("rules"))]
    return Timeline(LocalText("Quy định về xin lỗi và hẹn lại", "Rules of apologies and re-appointments"), dated)


def _rules(fields: Fields) -> Rules:
    return Rules(
        as_count(fields.need("before")),
        tuple(as_count(node) for node in as_items(fields.need("warn"))),
        tuple(as_text(node) for node in as_items(fields.need("mistakes"))),
        as_count(fields.need("after_mistake")),
    )
