"""The parts that name people and units: the late list by name, and what hides behind no name beside it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from xml.etree.ElementTree import Element

from cchc.ledger import fairness
from cchc.ledger.report.gathering import Gathered, Row
from cchc.ledger.report.markup import Cell, Heading, element, part, table
from cchc.ledger.report.wording import Words, percent

_NUMBERS = ("steps", "late_steps", "dossiers_by_limit")
_KINDS = ("official", "queue", "system", "applicant", "agency", "payment")


def people_part(gathered: Gathered, words: Words) -> Element:
    """Who was charged, ordered by name, with the guards of fairness beside."""
    people = gathered.people
    titles = ("official", "unit", "steps", "late_steps", "rate", "dossiers_by_limit", "by_limit", "by_holder",
              "still_open", "slow", "every_rule", "proposed")  # fmt: skip
    headings = [Heading(words.say(f"col_{title}"), title in _NUMBERS) for title in titles]
    least = fairness.minimum_volume(gathered.as_of)
    notes = [
        words.say("people_rule"),
        words.say("people_few", least=least),
        words.say("rule_share", share=second_rule_share(gathered, words)),
        *unnamed(gathered, words),
    ]
    if not gathered.has_limits:
        notes.append(words.say("no_limits"))
    if not people.rows:
        return part("people", words.say("people"), element("p", words.say("people_none"), class_="empty"))
    left = left_out(words, people.left_out, "people.parquet")
    caption = words.say("people_caption", charged=gathered.charged, officials=gathered.officials)
    return part(
        "people",
        words.say("people"),
        element("ul", *(element("li", note) for note in notes), class_="notes"),
        table("people", caption, headings, (_person(row, words) for row in people.rows)),
        left,
    )


def _person(row: Row, words: Words) -> list[Cell]:
    every = row["dossiers_every_rule"]
    return [
        words.text(row["official"]),
        words.text(row["unit"]),
        words.text(row["steps"]),
        words.text(row["late_steps"]),
        rate(row, words),
        words.text(row["dossiers_late_overrun"]),
        words.duration(row["late_overrun"]),
        words.duration(row["late_minutes"] - row["late_overrun"]),
        words.duration(row["late_open_minutes"]),
        words.duration(row["slow_minutes"]),
        words.say("every_rule_yes", count=every) if every else words.say("no"),
        words.say("yes") if row["late_overrun"] else words.say("no"),
    ]


def rate(row: Row, words: Words) -> str:
    """The share of late steps with its interval; under the minimum volume, that there is too little to compare."""
    if not row["is_compared"]:
        return words.say("few")
    low, high = (percent(Fraction(row[side])) for side in ("low", "high"))
    return words.say("interval", share=percent(Fraction(row["late_steps"], row["steps"])), low=low, high=high)


def second_rule_share(gathered: Gathered, words: Words) -> str:
    """The share of all late minutes that only the second rule charged."""
    late = gathered.summary["counts"]["late_minutes"]
    return words.share(late - gathered.by_limit, late)


def unnamed(gathered: Gathered, words: Words) -> Iterator[str]:
    """What queues and system accounts hold of the units' own late minutes."""
    late = late_by_kind(gathered)
    nobody = late["queue"] + late["system"]
    own = nobody + late["official"]
    if own:
        yield words.say("unnamed", time=words.duration(nobody), share=words.share(nobody, own))


def late_by_kind(gathered: Gathered) -> dict[str, int]:
    """Late minutes of each kind of holder."""
    late = dict.fromkeys((*_KINDS, "suspension"), 0)
    for row in gathered.summary["minutes"]:
        late[row["holder_kind"]] += row["late_minutes"]
    return late


def units_part(gathered: Gathered, words: Words) -> Element:
    """The late minutes of each unit by kind of holder."""
    headings = [Heading(words.say("col_unit")), *(Heading(words.kind(kind)) for kind in _KINDS),
                Heading(words.say("col_unnamed"), True)]  # fmt: skip
    if not gathered.units.rows:
        return part("units", words.say("units"), element("p", words.say("units_none"), class_="empty"))
    return part(
        "units",
        words.say("units"),
        element("p", words.say("units_rule")),
        table("units", words.say("units_caption"), headings, (_unit(row, words) for row in gathered.units.rows)),
        left_out(words, gathered.units.left_out, "units_fairness.parquet"),
    )


def _unit(row: Row, words: Words) -> list[Cell]:
    nobody = row["late_queue"] + row["late_system"]
    minutes = [words.duration(row[f"late_{kind}"]) for kind in _KINDS]
    return [words.text(row["unit"]), *minutes, words.share(nobody, nobody + row["late_official"])]


def left_out(words: Words, rows: int, file: str) -> Element | None:
    """How many rows stand elsewhere, and where."""
    return element("p", words.say("left_out", rows=rows, file=file), class_="left-out") if rows else None
