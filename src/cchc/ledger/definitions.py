"""The named definitions: what early, on time, late, pending … count, and the rules by which dossiers are placed.

Each is a dated record with its source in `definitions.yaml`. Every figure names the counting rule it uses; where two
official tables disagree on a dossier, they do so because two of these records differ in one key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from cchc.ledger.named import Records, known, read_named
from cchc.records.schema import Fields, as_choice, as_items, as_local_text, as_text, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated
from cchc.records.yaml_text import read_yaml

ENDS: Final = ("processed_at", "returned_at", "stopped_at")


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it counts."""

    id: str
    name: LocalText
    rule: LocalText


@dataclass(frozen=True, slots=True)
class CountingRule:
    """How a dossier is placed in a period.

    `ends`: which moments end the processing, the first that is known. `compare`: late after the due `minute`, or after
    the due `day`. `appointment`: the `current` or the `first` one. `without_appointment`: judged by the procedure's
    `longest` time, or `undecided`. `second_supplement`: `late` whatever the appointment. `waiting_for_supplement`:
    `in_time`, judged `from_request` as the end, or `by_appointment`. `stopped` (stopped, refused, withdrawn):
    `on_time` or `by_appointment`.
    """

    id: str
    name: LocalText
    rule: LocalText
    ends: tuple[str, ...]
    compare: str
    appointment: str
    without_appointment: str
    second_supplement: str
    waiting_for_supplement: str
    stopped: str


@dataclass(frozen=True, slots=True)
class Definitions:
    """All terms and counting rules by id, each with its stretches of validity."""

    terms: Records[Term]
    counting_rules: Records[CountingRule]

    def term(self, id: str, as_of: date) -> Dated[Term]:
        """What the word counts on that day. Raises `ledger.unknown_name`, `records.not_in_force`."""
        return known(self.terms, id).as_of(as_of)

    def counting_rule(self, id: str, as_of: date) -> Dated[CountingRule]:
        """The rule of that name on that day. Raises `ledger.unknown_name`, `records.not_in_force`."""
        return known(self.counting_rules, id).as_of(as_of)


@cache
def shipped() -> Definitions:
    """The definitions that come with the product."""
    return load((resources.files("cchc.ledger") / "definitions.yaml").read_bytes(), "cchc/ledger/definitions.yaml")


def load(content: bytes, file: str) -> Definitions:
    """Definitions written in YAML. Raises every problem found, with its line."""
    with reading(read_yaml(content, file)) as fields:
        terms, rules = fields.need("terms"), fields.need("counting_rules")
    return Definitions(read_named(terms, _term), read_named(rules, _counting_rule))


def _term(fields: Fields) -> Term:
    return Term(as_text(fields.need("id")), as_local_text(fields.need("name")), as_local_text(fields.need("rule")))


def _counting_rule(fields: Fields) -> CountingRule:
    def choice(key: str, *allowed: str) -> str:
        return as_choice(fields.need(key), allowed)

    term = _term(fields)
    return CountingRule(
        term.id,
        term.name,
        term.rule,
        ends=tuple(as_choice(item, ENDS) for item in as_items(fields.need("ends"))),
        compare=choice("compare", "minute", "day"),
        appointment=choice("appointment", "current", "first"),
        without_appointment=choice("without_appointment", "longest", "undecided"),
        second_supplement=choice("second_supplement", "late", "by_appointment"),
        waiting_for_supplement=choice("waiting_for_supplement", "in_time", "from_request", "by_appointment"),
        stopped=choice("stopped", "on_time", "by_appointment"),
    )
