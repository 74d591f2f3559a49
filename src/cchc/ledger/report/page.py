"""The page: self-contained HTML without scripts, under a content policy that would refuse one."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib import resources
from xml.etree.ElementTree import Element

from cchc.ledger.report.basis import basis_part
from cchc.ledger.report.courses import chosen_part, courses_part
from cchc.ledger.report.definitions import definitions_part, listed_by
from cchc.ledger.report.evidence import evidence_part
from cchc.ledger.report.gathering import Gathered
from cchc.ledger.report.markup import Cell, Heading, bar, document, element, part, patterns, table
from cchc.ledger.report.people import late_by_kind, people_part, second_rule_share, units_part
from cchc.ledger.report.process_parts import counts_part, process_part, questions_part
from cchc.ledger.report.wording import Words
from cchc.ledger.schema import DEFINITION

_UNIT = ("queue", "system")
_OTHERS = ("applicant", "agency", "payment")


def make_page(gathered: Gathered, words: Words) -> bytes:
    """The whole page in UTF-8."""
    parts = [
        totals_part(gathered, words),
        people_part(gathered, words),
        units_part(gathered, words),
        evidence_part(gathered, words),
        courses_part(gathered, words),
        questions_part(gathered, words),
        process_part(gathered, words),
        counts_part(gathered, words),
        definitions_part(gathered, words),
        basis_part(gathered, words),
    ]
    return _page(words.say("title"), parts, gathered, words)


def make_courses_page(gathered: Gathered, words: Words) -> bytes:
    """A page of the courses alone, of all dossiers in `gathered.late`; in UTF-8."""
    return _page(words.say("courses"), [chosen_part(gathered, words)], gathered, words)


def _page(title: str, parts: list[Element], gathered: Gathered, words: Words) -> bytes:
    head = element(
        "header",
        element("h1", title),
        element("p", _subtitle(gathered, words), class_="lead"),
        element("p", words.say("internal"), class_="notice"),
        element("p", listed_by(gathered, words)) if gathered.listed != DEFINITION else None,
        _contents(parts, words) if len(parts) > 1 else None,
    )
    body = element("body", patterns(), head, element("main", *parts))
    return document(element("html", _head(title, gathered, words), body, lang=words.language))


@cache
def _look() -> str:
    return (resources.files("cchc.ledger.report") / "report.css").read_text(encoding="utf-8")


def _head(title: str, gathered: Gathered, words: Words) -> Element:
    digest = base64.b64encode(hashlib.sha256(_look().encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{title} – {words.text(gathered.summary['log']['file'])}"),
        element("style", _look()),
    )


def _subtitle(gathered: Gathered, words: Words) -> str:
    summary = gathered.summary
    until = words.say("until_none")
    if summary["open_until"]:
        judged = datetime.fromisoformat(summary["open_until"])
        until = words.say("until", moment=words.moment(judged) if judged.tzinfo else words.civil_text(judged))
    return words.say("lead", file=summary["log"]["file"], calendar=summary["calendar"]["id"], until=until)


def _contents(parts: list[Element], words: Words) -> Element:
    headings = (made.find("h2") for made in parts)
    links = (element("li", element("a", h.text, href=f"#{h.get('id')}")) for h in headings if h is not None)
    return element("nav", element("ul", *links), aria_label=words.say("contents"))


def totals_part(gathered: Gathered, words: Words) -> Element:
    """How much is late, by both appointments, and that the parts are the whole."""
    counts = gathered.summary["counts"]
    figures = (
        ("figure_late", words.say("of", part=counts["late"], whole=counts["dossiers"])),
        ("figure_open", words.text(counts["late_open"])),
        ("figure_minutes", words.duration(counts["late_minutes"])),
        ("figure_first", words.text(gathered.late_first)),
        ("figure_first_minutes", words.duration(counts["late_first_minutes"])),
        ("figure_rule", second_rule_share(gathered, words)),
        *_evidenced(gathered, words),
    )
    boxes = (element("div", element("dt", words.say(name)), element("dd", value)) for name, value in figures)
    return part(
        "totals",
        words.say("totals"),
        element("dl", *boxes, class_="figures"),
        element("p", _conserved(gathered, words), class_="sum"),
        _by_holder(gathered, words),
    )


def _evidenced(gathered: Gathered, words: Words) -> Iterator[tuple[str, str]]:
    """How much is late by the evidenced dates, where there are any: a proposal."""
    counts = gathered.summary["counts"]
    if counts["evidenced"]:
        yield "figure_evidenced", words.say("of", part=counts["late_evidenced"], whole=counts["late"])
        yield "figure_evidenced_minutes", words.duration(counts["late_evidenced_minutes"])


def _conserved(gathered: Gathered, words: Words) -> str:
    late, whole = late_by_kind(gathered), gathered.summary["counts"]["late_minutes"]
    parts = {"people": late["official"], "units": sum(late[k] for k in _UNIT), "others": sum(late[k] for k in _OTHERS)}
    mark = "✓" if sum(late.values()) == whole else "✗"
    shown = {name: words.duration(minutes) for name, minutes in parts.items()}
    return words.say("conserved", whole=words.duration(whole), mark=mark, **shown)


def _by_holder(gathered: Gathered, words: Words) -> Element:
    """Minutes by kind of holder."""
    by_kind: dict[str, list[int]] = {}
    for row in gathered.summary["minutes"]:
        sums = by_kind.setdefault(row["holder_kind"], [0, 0, 0, 0])
        for place, name in enumerate(("spells", "working_minutes", "late_minutes", "late_overrun")):
            sums[place] += row[name]
    most = max((sums[2] for sums in by_kind.values()), default=0)
    titles = ("holder", "spells", "working", "late", "by_limit", "by_holder")
    headings = [Heading(words.say(f"col_{title}"), title == "spells") for title in titles]
    rows: Iterator[list[Cell]] = (
        [
            words.kind(kind),
            words.text(spells),
            words.duration(working),
            [words.duration(late), bar([("late", 0, late)], most)],
            words.duration(by_limit),
            words.duration(late - by_limit),
        ]
        for kind, (spells, working, late, by_limit) in sorted(by_kind.items())
    )
    return table("holders", words.say("by_holder"), headings, rows)
