"""What a log is asked: the signals and hints with their questions and thresholds, as dated, sourced records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType

from cchc.ledger.named import Records, known, read_named
from cchc.records.schema import Fields, as_count, as_entries, as_local_text, as_text, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated
from cchc.records.yaml_text import Node, read_yaml


@dataclass(frozen=True, slots=True)
class Question:
    """A pattern in the log, what it asks, and from which counts on it is asked."""

    id: str
    name: LocalText
    question: LocalText
    thresholds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Questions:
    """All signals and hints by id, in written order."""

    signals: Records[Question]
    hints: Records[Question]

    def signal(self, id: str, as_of: date) -> Dated[Question]:
        """The signal of that name on that day. Raises `ledger.unknown_name`, `records.not_in_force`."""
        return known(self.signals, id).as_of(as_of)

    def threshold(self, signal: str, name: str, as_of: date) -> int:
        """One threshold of a signal on that day."""
        return self.signal(signal, as_of).value.thresholds[name]


@cache
def shipped() -> Questions:
    """The questions that come with the product."""
    return load((resources.files("cchc.ledger") / "questions.yaml").read_bytes(), "cchc/ledger/questions.yaml")


def load(content: bytes, file: str) -> Questions:
    """Questions written in YAML. Raises every problem found, with its line."""
    with reading(read_yaml(content, file)) as fields:
        signals, hints = fields.need("signals"), fields.need("hints")
    return Questions(read_named(signals, _question), read_named(hints, _question))


def _question(fields: Fields) -> Question:
    return Question(
        as_text(fields.need("id")),
        as_local_text(fields.need("name")),
        as_local_text(fields.need("question")),
        _thresholds(fields.need("thresholds")),
    )


def _thresholds(node: Node) -> Mapping[str, int]:
    return MappingProxyType({name: as_count(value) for name, value in as_entries(node).entries.items()})
