"""How tasks are followed up, as dated, sourced data (`rules.yaml`): reminders, escalation, reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from cchc.records.schema import Fields, as_choice, as_count, as_items, as_text, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import Node, read_yaml

LEADER: Final = "leader"
OWNER_HEAD: Final = "owner_head"
WATCHER_HEAD: Final = "watcher_head"
_RECIPIENTS: Final = (LEADER, OWNER_HEAD, WATCHER_HEAD)
_DAYS_OFF: Final = ("stay", "next_working_day")


@dataclass(frozen=True, slots=True)
class Signal:
    """Somebody is told so many working days before a deadline, or after it."""

    id: str
    working_days: int
    to: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All that holds on a day; the numbers are working days. `post`: by when a directive stands on a unit's site;
    `answer` and `decide`: by when a proposal is answered and a paper laid for approval decided; `escalate_unread`: how
    long after `acknowledge` the unit that follows is told of a directive not acknowledged.
    """

    deadline_moves_off_days: bool
    acknowledge: int
    report: int
    post: int
    answer: int
    decide: int
    escalate_unread: int
    remind: tuple[Signal, ...]
    escalate: tuple[Signal, ...]


def rules_on(day: date) -> Dated[Rules]:
    """Raises `records.not_in_force`."""
    return _timeline().as_of(day)


@cache
def _timeline() -> Timeline[Rules]:
    return read_rules((resources.files("cchc.followups") / "rules.yaml").read_bytes(), "cchc/followups/rules.yaml")


def read_rules(content: bytes, file: str) -> Timeline[Rules]:
    """All records of a file. Raises what `records` refuses, with file and line."""
    with reading(read_yaml(content, file)) as fields:
        dated = [as_dated(node, _rules) for node in as_items(fields.need("rules"))]
    return Timeline(LocalText("Quy định theo dõi nhiệm vụ", "Rules of following up tasks"), dated)


def _rules(fields: Fields) -> Rules:
    return Rules(
        as_choice(fields.need("deadline_on_day_off"), _DAYS_OFF) == "next_working_day",
        as_count(fields.need("acknowledge")),
        as_count(fields.need("report")),
        as_count(fields.need("post")),
        as_count(fields.need("answer")),
        as_count(fields.need("decide")),
        as_count(fields.need("escalate_unread")),
        tuple(_signal(node) for node in as_items(fields.need("remind"))),
        tuple(_signal(node) for node in as_items(fields.need("escalate"))),
    )


def _signal(node: Node) -> Signal:
    with reading(node) as fields:
        return Signal(
            as_text(fields.need("id")),
            as_count(fields.need("working_days")),
            as_choice(fields.need("to"), _RECIPIENTS),
        )
