"""The parts about the process: counts, bottlenecks, waiting against working, who hands over to whom, and questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from cchc.ledger import questions
from cchc.ledger.report.gathering import Found, Gathered, Listed, Row
from cchc.ledger.report.markup import Cell, Heading, bar, element, legend, part, table
from cchc.ledger.report.people import left_out
from cchc.ledger.report.wording import Words

COUNTS_SHOWN: Final = 30
STEPS_SHOWN: Final = 30
PASSED_SHOWN: Final = 20
FOUND_SHOWN: Final = 20
_MATRIX: Final = 8  # units in the network
_HEAT: Final = 5


def counts_part(gathered: Gathered, words: Words) -> Element:
    """Dossiers by month, unit, field where the log tells it, and procedure."""
    found = {"month": gathered.by_month, "unit": gathered.by_unit, "field": gathered.by_field,
             "procedure": gathered.by_procedure}  # fmt: skip
    if all(row["field"] is None for row in gathered.by_field.rows):
        del found["field"]  # the log does not say
    tables = (
        _counts(key, listed if key == "month" else listed.first(COUNTS_SHOWN), words) for key, listed in found.items()
    )
    return part("counts", words.say("counts"), *tables)


def _counts(key: str, listed: Listed, words: Words) -> list[Cell]:
    names = ("dossiers", "open", "late_dossiers", "late_share", "late_first_dossiers")
    headings = [
        Heading(words.say(f"col_{key}")), *(Heading(words.say(f"col_{name}"), True) for name in names),
        Heading(words.say("col_late")),
    ]  # fmt: skip
    rows = (_counted(row, key, words) for row in listed.rows)
    made = table(f"by-{key}", words.say(f"by_{key}"), headings, rows)
    return [made, left_out(words, listed.left_out, "dossier_counts.parquet")]


def _counted(row: Row, key: str, words: Words) -> list[Cell]:
    name = words.say("still_open") if key == "month" and row[key] is None else words.text(row[key])
    return [
        name,
        words.text(row["dossiers"]),
        words.text(row["open_dossiers"]),
        words.text(row["late_dossiers"]),
        words.share(row["late_dossiers"], row["dossiers"] - row["without_due"]),
        words.text(row["late_first_dossiers"]),
        words.duration(row["late_minutes"]),
    ]


def process_part(gathered: Gathered, words: Words) -> Element:
    """Where time goes."""
    return part(
        "process",
        words.say("process"),
        _steps(gathered.steps.first(STEPS_SHOWN), words),
        _bottlenecks(gathered.bottlenecks, words),
        _returns(gathered.returns.first(PASSED_SHOWN), words),
        _network(gathered.between_units, words),
        _hand_overs(gathered.hand_overs.first(PASSED_SHOWN), words),
    )


def _steps(listed: Listed, words: Words) -> list[Cell]:
    numbers = ("steps", "repeated")
    titles = ("step", "procedure", *numbers, "worked", "waited", "outside", "waiting_share")
    headings = [Heading(words.say(f"col_{title}"), title in numbers) for title in titles]
    made = table("steps", words.say("steps"), headings, (_step(row, words) for row in listed.rows))
    shown = legend(
        ("used", words.say("col_worked")), ("wait", words.say("col_waited")), ("dots", words.say("col_outside"))
    )
    return [shown, made, left_out(words, listed.left_out, "steps.parquet")]


def _step(row: Row, words: Words) -> list[Cell]:
    waited, outside, whole = row["waiting_minutes"], row["outside_minutes"], row["working_minutes"]
    worked = whole - waited - outside
    drawn = bar([("used", 0, worked), ("wait", worked, waited), ("dots", worked + waited, outside)], whole)
    return [
        words.step(row["step"]),
        words.text(row["procedure"]),
        words.text(row["steps"]),
        words.text(row["repeated_steps"]),
        words.duration(worked),
        words.duration(waited),
        words.duration(outside),
        [words.share(waited, whole), drawn],
    ]


def _bottlenecks(listed: Listed, words: Words) -> list[Cell]:
    titles = ("month", "rank", "step", "procedure", "late", "overrun")
    headings = [Heading(words.say(f"col_{title}"), title == "rank") for title in titles]
    most = max((row["late_minutes"] for row in listed.rows), default=0)
    rows: Iterator[list[Cell]] = (
        [
            words.text(row["month"]),
            words.text(row["rank"]),
            words.step(row["step"]),
            words.text(row["procedure"]),
            [words.duration(row["late_minutes"]), bar([("late", 0, row["late_minutes"])], most)],
            words.duration(row["overrun_minutes"]),
        ]
        for row in listed.rows
    )
    made = table("bottlenecks", words.say("bottlenecks"), headings, rows)
    return [made, left_out(words, listed.left_out, "bottlenecks.parquet")]


def _returns(listed: Listed, words: Words) -> list[Cell]:
    headings = [Heading(words.say(f"col_{name}"), name == "returns") for name in
                ("from_step", "to_step", "procedure", "returns")]  # fmt: skip
    rows = (
        [words.step(row["from_step"]), words.step(row["to_step"]), words.text(row["procedure"]),
         words.text(row["returns"])]
        for row in listed.rows
    )  # fmt: skip
    return [
        table("returns", words.say("returns"), headings, rows),
        left_out(words, listed.left_out, "returns.parquet"),
    ]


def _hand_overs(listed: Listed, words: Words) -> list[Cell]:
    headings = [Heading(words.say(f"col_{name}"), name == "times") for name in ("from", "to", "times", "waited")]
    rows = (
        [_side(row, "from_", words), _side(row, "to_", words), words.text(row["hand_overs"]),
         words.duration(row["waiting_minutes"])]
        for row in listed.rows
    )  # fmt: skip
    made = table("hand-overs", words.say("hand_overs"), headings, rows)
    return [made, left_out(words, listed.left_out, "hand_overs.parquet")]


def _side(row: Row, side: str, words: Words) -> str:
    unit = row[f"{side}unit"]
    return words.holder(row, side) + (f", {words.text(unit)}" if unit else "")


def _network(passed: Sequence[Row], words: Words) -> Element | None:
    """Hand-overs between the busiest units as a matrix, darker for more."""
    busy: dict[str | None, int] = {}
    for row in passed:
        for side in ("from_unit", "to_unit"):
            busy[row[side]] = busy.get(row[side], 0) + row["hand_overs"]
    units = sorted(busy, key=lambda unit: (-busy[unit], unit or ""))[:_MATRIX]
    if len(units) < 2:
        return None
    times = {(row["from_unit"], row["to_unit"]): row["hand_overs"] for row in passed}
    most = max(times.values())
    headings = [Heading(words.say("col_from_to")), *(Heading(words.text(unit), True) for unit in units)]
    rows = ([words.text(unit), *(_heat(times.get((unit, to)), most, words) for to in units)] for unit in units)
    made = table("network", words.say("network"), headings, rows)
    made.set("class", "table-box matrix")
    return made


def _heat(times: int | None, most: int, words: Words) -> Cell:
    if times is None:
        return element("span", words.text(None), class_="heat")
    step = min(times * _HEAT // most + 1, _HEAT)
    return element("span", words.text(times), class_=f"heat heat-{step}")


def questions_part(gathered: Gathered, words: Words) -> Element:
    """Hints about forgotten clicks, and questions about the record, each with its rows."""
    asked = [("hint", found) for found in gathered.hints] + [("signal", found) for found in gathered.signals]
    shown = [_question(kind, found, gathered, words) for kind, found in asked]
    return part(
        "questions",
        words.say("questions"),
        element("p", words.say("questions_rule")),
        shown or element("p", words.say("questions_none"), class_="empty"),
    )


def _question(kind: str, found: Found, gathered: Gathered, words: Words) -> list[Cell]:
    shipped = questions.shipped()
    records = shipped.hints if kind == "hint" else shipped.signals
    dated = records[found.id].as_of(gathered.as_of)
    listed = found.listed.first(FOUND_SHOWN)
    headings = [Heading(words.say(f"col_{name}")) for name in ("dossier", "official", "at", "reason")]
    rows = (
        [words.text(row["dossier"]), words.text(row["official"]), words.moment(row["at"]), words.text(row["reason"])]
        for row in listed.rows
    )
    name, total = words.text(dated.value.name), found.listed.total
    return [
        element("h3", words.say(f"{kind}_name", name=name, count=total)),
        element("p", words.text(dated.value.question)),
        element("p", words.say("source", source=words.source(dated), verified=words.verified(dated)), class_="basis"),
        table(f"{kind}-{found.id}", words.say(f"{kind}_caption", name=name, count=total), headings, rows),
        left_out(words, listed.left_out, f"{kind}s.parquet"),
    ]
