"""How dossiers are watched before they are late, as dated, sourced data (`watch.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from cchc.records.months import months_on
from cchc.records.schema import Fields, as_count, as_items, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class WatchRules:
    """`minimum` cases, `window` months, `head` working days, `worse` working minutes."""

    minimum: int
    window: int
    head: int
    worse: int

    def since(self, day: date) -> date:
        """The first day on which a dossier may have been settled to be looked at."""
        return months_on(day, -self.window)


def watch_rules_on(day: date) -> Dated[WatchRules]:
    """Raises `records.not_in_force`."""
    return _timeline().as_of(day)


@cache
def _timeline() -> Timeline[WatchRules]:
    content = (resources.files("cchc.oversight") / "watch.yaml").read_bytes()
    return read_watch_rules(content, "cchc/oversight/watch.yaml")


def read_watch_rules(content: bytes, file: str) -> Timeline[WatchRules]:
    """All records of a file. Raises what `records` refuses, with file and line."""
    with reading(read_yaml(content, file)) as fields:
        dated = [as_dated(node, _rules) for node in as_items(fields.need("watch"))]
    return Timeline(LocalText("Theo dõi hồ sơ sắp quá hạn", "Watching dossiers before they are late"), dated)


def _rules(fields: Fields) -> WatchRules:
    return WatchRules(**{name: as_count(fields.need(name)) for name in ("minimum", "window", "head", "worse")})
