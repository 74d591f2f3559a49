"""The part that everything rests on: definitions with their sources, the calendar, what was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from cchc.ledger import definitions, fairness
from cchc.ledger.report.gathering import Gathered
from cchc.ledger.report.markup import Cell, element, facts, part
from cchc.ledger.report.wording import Words
from cchc.records.errors import Message
from cchc.records.timelines import Dated

Definition = Dated[definitions.Term] | Dated[definitions.CountingRule] | Dated[fairness.Guard]
_TERMS: Final = ("overdue", "slow", "late_by_first_appointment")


def used(gathered: Gathered) -> list[Definition]:
    """The definitions and guards that the report uses, as they hold on its day."""
    shipped, day = definitions.shipped(), gathered.as_of
    return [
        *(shipped.term(name, day) for name in _TERMS),
        shipped.counting_rule(gathered.summary["definitions"]["late"], day),
        fairness.shipped_guards()["minimum_volume"].as_of(day),
    ]


def named(dated: Definition, words: Words) -> str:
    """What it is called, a guard with its value."""
    value = dated.value
    name = words.text(value.name)
    return f"{name}: {words.text(value.value)}" if isinstance(value, fairness.Guard) else name


def basis_part(gathered: Gathered, words: Words) -> Element:
    """What everything rests on: definitions with their sources, the calendar, what was read, where the rest stands."""
    summary = gathered.summary
    charging = ((words.say(f"charging_{rule}"), words.say(f"charging_{rule}_rule"))
                for rule in summary["definitions"]["charging"])  # fmt: skip
    return part(
        "basis",
        words.say("basis"),
        element("p", words.say("day_is")),
        element("dl", *(_definition(dated, words) for dated in used(gathered)), class_="definitions"),
        facts(*charging),
        element("h3", words.say("read")),
        facts(*_read(gathered, words)),
        element("p", words.say("files")),
    )


def _definition(dated: Definition, words: Words) -> Element:
    source = words.say("source", source=words.source(dated), verified=words.verified(dated))
    return element(
        "div",
        element("dt", named(dated, words)),
        element("dd", words.text(dated.value.rule), " ", element("span", source, class_="basis")),
    )


def _read(gathered: Gathered, words: Words) -> Iterator[tuple[str, Cell]]:
    summary = gathered.summary
    counts = summary["counts"]
    for name in ("rows", "dossiers", "steps", "without_due", "contradictory", "after_open_until"):
        yield words.say(f"read_{name}"), words.text(counts[name])
    yield words.say("read_rejects"), words.text(counts["rejects"])
    for reason, rows in summary["rejects"].items():
        yield words.text(Message(f"ledger.reject_{reason}")), words.text(rows)
    for value, rows in summary["ignored"].items():
        yield words.say("read_ignored", value=value or None), words.text(rows)
    yield words.say("read_zone"), words.text(summary["time_zone"])
    yield words.say("read_as_of"), words.text(gathered.as_of)
    for name in ("log", "mapping", "calendar"):
        made_of = summary[name]
        yield words.say(f"hash_{name}"), element("code", made_of.get("sha256") or made_of["hash"])
