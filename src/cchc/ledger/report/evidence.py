"""The part that holds lateness by the system's dates beside that by the evidenced ones: proposals, to be verified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from cchc.ledger.report.gathering import Gathered, Row
from cchc.ledger.report.markup import Cell, Heading, chip, element, part, table
from cchc.ledger.report.people import left_out
from cchc.ledger.report.wording import Words

SHOWN: Final = 100  # rows of a table of the page
OF_DOSSIERS: Final = ("dossier", "unit", "due", "finished", "evidenced", "late_by_system", "late_by_evidence", "why")
OF_PEOPLE: Final = ("official", "unit", "late_by_system", "late_by_evidence", "limit_by_system", "limit_by_evidence")
OF_STEPS: Final = ("dossier", "step", "official", "unit", "start", "by_system", "recorded", "evidenced")


def evidence_part(gathered: Gathered, words: Words) -> Element:
    """Totals, dossiers, officials and steps by both dates; in words where the log names no second date."""
    title = words.say("evidence")
    if gathered.evidenced.total == 0 and gathered.step_dates.total == 0:
        return part("evidence", title, element("p", words.say("evidence_none"), class_="empty"))
    return part(
        "evidence",
        title,
        element("p", chip("unverified", words.say("proposed_only")), " ", words.say("evidence_rule")),
        _totals(gathered, words),
        _dossiers(gathered, words),
        _people(gathered, words),
        _steps(gathered, words),
    )


def totals_of(gathered: Gathered) -> Iterator[tuple[str, int, int, bool]]:
    """What is compared, by the system's dates, by the evidenced ones; whether these are minutes."""
    counts = gathered.summary["counts"]
    yield "figure_late", counts["late"], counts["late_evidenced"], False
    yield "figure_minutes", counts["late_minutes"], counts["late_evidenced_minutes"], True


def _totals(gathered: Gathered, words: Words) -> Element:
    titles = ("figure", "by_system", "by_evidence", "difference")
    rows = (
        [words.say(name), *((words.duration if is_time else words.text)(n) for n in (system, ours, system - ours))]
        for name, system, ours, is_time in totals_of(gathered)
    )
    return table("evidence-totals", words.say("evidence_totals"), _headings(titles, words), rows)


def _dossiers(gathered: Gathered, words: Words) -> list[Cell]:
    listed = gathered.evidenced.first(SHOWN)
    caption = words.say("evidence_dossiers", shown=len(listed.rows), count=listed.total)
    rows = (_dossier(row, gathered, words) for row in listed.rows)
    made = table("evidence-dossiers", caption, _headings(OF_DOSSIERS, words), rows)
    return [made, left_out(words, listed.left_out, "dossiers.parquet")]


def _dossier(row: Row, gathered: Gathered, words: Words) -> list[Cell]:
    return [
        words.text(row["dossier"]),
        words.text(row["unit"]),
        words.due(row["due_at"]),
        words.say("still_open") if row["open"] else words.moment(row["finished_at"]),
        words.moment(row["evidenced_at"]),
        words.duration(row["late_minutes"]),
        words.duration(row["late_evidenced_minutes"]),
        "; ".join(reasons(row, gathered)),
    ]


def reasons(row: Row, gathered: Gathered) -> Sequence[str]:
    """Why another date is proposed for a dossier: the hints about its result."""
    hints = gathered.reasons_of.get(row["dossier"], ())
    return [hint["reason"] for hint in hints if hint["hint"].startswith("result_")]


def _people(gathered: Gathered, words: Words) -> list[Cell] | None:
    moved = gathered.moved.first(SHOWN)
    if not moved.rows:
        return None
    rows = (
        [
            words.text(row["official"]),
            words.text(row["unit"]),
            *(words.duration(row[name]) for name in ("late_minutes", "late_evidenced_minutes")),
            *(words.duration(row[name]) for name in ("late_overrun", "late_evidenced_overrun")),
        ]
        for row in moved.rows
    )
    made = table("evidence-people", words.say("evidence_people"), _headings(OF_PEOPLE, words), rows)
    return [made, left_out(words, moved.left_out, "people.parquet")]


def _steps(gathered: Gathered, words: Words) -> list[Cell] | None:
    listed = gathered.step_dates.first(SHOWN)
    if not listed.rows:
        return None
    rows = (
        [
            *(words.text(row["dossier"]), words.step(row["step"])),
            *(words.text(row[name]) for name in ("official", "unit")),
            *(words.moment(row[name]) for name in ("from_at", "to_at", "recorded_at", "evidenced_at")),
        ]
        for row in listed.rows
    )
    made = table("evidence-steps", words.say("evidence_steps"), _headings(OF_STEPS, words), rows)
    return [made, left_out(words, listed.left_out, "step_dates.parquet")]


def _headings(titles: Sequence[str], words: Words) -> list[Heading]:
    return [Heading(words.say(f"col_{title}")) for title in titles]
