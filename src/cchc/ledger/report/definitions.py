"""The part on the named definitions: what each counts, what it says of disputed cases, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from cchc.ledger import definitions, verdicts
from cchc.ledger.definitions import CountingRule
from cchc.ledger.report.gathering import Gathered, Row
from cchc.ledger.report.markup import Cell, Heading, element, part, table
from cchc.ledger.report.people import left_out
from cchc.ledger.report.wording import Words
from cchc.records.timelines import Dated

SHOWN: Final = 50  # rows of each difference
_CASES: Final = ("compare", "appointment", "without_appointment", "second_supplement", "waiting_for_supplement",
                 "stopped")  # fmt: skip
OF_DIFFERENCES: Final = ("dossier", "unit", "procedure", "listed_says", "this_says")


def rules(gathered: Gathered) -> list[Dated[CountingRule]]:
    """The definitions by which dossiers are placed, as they hold on the report's day."""
    return [definitions.shipped().counting_rule(name, gathered.as_of) for name in verdicts.names()]


def listed_rule(gathered: Gathered) -> Dated[CountingRule]:
    """The definition that the lists of late dossiers follow."""
    return definitions.shipped().counting_rule(gathered.listed, gathered.as_of)


def listed_by(gathered: Gathered, words: Words) -> str:
    """By which definition the late dossiers are listed, and what it does not change."""
    return words.say("listed_by", name=words.text(listed_rule(gathered).value.name))


def counts_of(gathered: Gathered, name: str) -> tuple[int, int, int]:
    """How many dossiers are late, in time, not counted by a definition."""
    classes = gathered.verdicts[name]
    groups = (verdicts.LATE, verdicts.IN_TIME, verdicts.NOT_COUNTED)
    late, in_time, not_counted = (sum(classes.get(name, 0) for name in group) for group in groups)
    return late, in_time, not_counted


def cases(rule: CountingRule, words: Words) -> Iterator[str]:
    """What a definition says of each disputed case, in the order of `case_names`."""
    return (words.say(f"case_{name}_{getattr(rule, name)}") for name in _CASES)


def case_names(words: Words) -> list[str]:
    """The disputed cases."""
    return [words.say(f"case_{name}") for name in _CASES]


def both_say(row: Row, words: Words) -> tuple[str, str]:
    """What the definition of the lists and the other one say of a dossier, each with its reason."""
    return (
        words.say("says", verdict=words.say(f"says_{row['listed_verdict']}"), reason=row["listed_reason"]),
        words.say("says", verdict=words.say(f"says_{row['verdict']}"), reason=row["reason"]),
    )


def unknown(gathered: Gathered, words: Words) -> str:
    """What the log does not tell, so that no definition can ask it."""
    names = gathered.summary["definitions"]["unknown"]
    return words.say("unknown", what="; ".join(words.say(f"unknown_{name}") for name in names))


def definitions_part(gathered: Gathered, words: Words) -> Element:
    """Counts by definition, the disputed cases, and the dossiers on which a definition differs from the lists."""
    differences = (_difference(dated, gathered, words) for dated in rules(gathered))
    return part(
        "definitions",
        words.say("definitions"),
        element("p", words.say("definitions_rule")),
        element("p", listed_by(gathered, words)),
        _counts(gathered, words),
        _cases(gathered, words),
        element("p", unknown(gathered, words)),
        *(found for found in differences if found),
    )


def _counts(gathered: Gathered, words: Words) -> Element:
    numbers = ("says_late", "says_in_time", "says_not_counted", "differs")
    headings = [Heading(words.say("col_definition")), *(Heading(words.say(f"col_{name}"), True) for name in numbers),
                Heading(words.say("col_source"))]  # fmt: skip
    return table("definitions", words.say("definitions_caption"), headings,
                 (_count(dated, gathered, words) for dated in rules(gathered)))  # fmt: skip


def _count(dated: Dated[CountingRule], gathered: Gathered, words: Words) -> list[Cell]:
    rule = dated.value
    name: Cell = words.text(rule.name)
    differs = gathered.differences[rule.id].total
    shown: Cell = words.text(differs)
    if differs:
        shown = element("a", words.text(differs), href=f"#differs-{rule.id}-caption")
    if rule.id == gathered.listed:
        name = element("strong", words.say("listed", name=name))
    source = words.say("source", source=words.source(dated), verified=words.verified(dated))
    return [name, *map(words.text, counts_of(gathered, rule.id)), shown, source]


def _cases(gathered: Gathered, words: Words) -> Element:
    known = rules(gathered)
    headings = [Heading(words.say("col_case")), *(Heading(words.text(dated.value.name)) for dated in known)]
    columns = [list(cases(dated.value, words)) for dated in known]
    rows = ([name, *answers] for name, *answers in zip(case_names(words), *columns, strict=True))
    return table("cases", words.say("cases_caption"), headings, rows)


def _difference(dated: Dated[CountingRule], gathered: Gathered, words: Words) -> list[Cell] | None:
    rule = dated.value
    listed = gathered.differences[rule.id].first(SHOWN)
    if not listed.rows:
        return None
    headings = [Heading(words.say(f"col_{title}")) for title in OF_DIFFERENCES]
    rows = (
        [
            *(words.text(row[name]) for name in ("dossier", "unit", "procedure")),
            *both_say(row, words),
        ]
        for row in listed.rows
    )
    caption = words.say("differs_caption", name=words.text(rule.name), count=listed.total)
    return [table(f"differs-{rule.id}", caption, headings, rows),
            left_out(words, listed.left_out, "disputed.parquet")]  # fmt: skip
