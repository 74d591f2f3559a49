"""The report of `cchc ledger` for people: what was read, what is late, who exceeded a limit on late dossiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

import polars as pl
from rich import box
from rich.table import Table
from rich.text import Text

from cchc.cli.output import report_console, safe
from cchc.ledger import definitions, verdicts
from cchc.ledger.mapping import LogMapping
from cchc.ledger.outputs import Outcome
from cchc.ledger.report.wording import duration, percent
from cchc.ledger.report.writing import PAGE_FILE
from cchc.records.errors import Message
from cchc.records.numbers import Percent
from cchc.records.text import Language
from cchc.records.words import say

_MOST_NAMES: Final = 20


def print_outcome(outcome: Outcome, mapping: LogMapping, language: Language) -> None:
    """Write the report on standard output."""
    report = _Report(outcome, mapping, language)
    console = report_console()
    for line in report.read():
        console.print(Text(safe(line)), soft_wrap=True)
    if not outcome.is_accepted:
        console.print(Text(safe(report.too_many_rejects()), style="bold red"), soft_wrap=True)
        return
    for line in report.late():
        console.print(Text(safe(line)), soft_wrap=True)
    names = report.names()
    if names is not None:
        console.print(names)
    console.print(Text(safe(report.written())), soft_wrap=True)


class _Report:
    """Puts an outcome into words of one language."""

    def __init__(self, outcome: Outcome, mapping: LogMapping, language: Language) -> None:
        self._outcome, self._mapping, self._language = outcome, mapping, language
        self._counts: Mapping[str, int] = outcome.summary["counts"]

    def _word(self, code: str, **params: object) -> str:
        return say(Message(f"cli.{code}", params), self._language)

    def read(self) -> Iterator[str]:
        """What became of the rows."""
        counts = self._counts
        yield self._word("ledger_read", **{name: counts[name] for name in ("rows", "dossiers", "steps", "rejects")})
        for reason, rows in self._outcome.summary["rejects"].items():
            yield self._word("ledger_rejected", rows=rows, reason=Message(f"ledger.reject_{reason}"))
        for value, rows in self._outcome.summary["ignored"].items():
            yield self._word("ledger_ignored", rows=rows, value=value or None)
        for name in ("after_open_until", "reversed", "without_start", "running", "contradictory", "without_due"):
            if counts[name]:
                yield say(Message(f"cli.ledger_{name}", {"count": counts[name]}), self._language)

    def too_many_rejects(self) -> str:
        """Why nothing else was written."""
        share = Fraction(self._counts["rejects"], max(self._counts["rows"], 1))
        return self._word(
            "ledger_too_many_rejects",
            share=percent(share),
            limit=Percent(self._mapping.max_rejects),
            output=self._outcome.output,
        )

    def late(self) -> Iterator[str]:
        """How much is late, and by which rule it was charged."""
        counts = self._counts
        yield self._word(
            "ledger_late",
            late=counts["late"],
            open=counts["late_open"],
            dossiers=counts["dossiers"],
            time=duration(counts["late_minutes"], self._language),
        )
        by_limit = sum(row["late_overrun"] for row in self._outcome.summary["minutes"])
        if counts["late_minutes"]:
            yield self._word("ledger_by_holder", share=percent(1 - Fraction(by_limit, counts["late_minutes"])))
        for name, (says_late, in_time, not_counted) in self._definitions():
            yield self._word(
                "ledger_by_definition", name=name, late=says_late, in_time=in_time, not_counted=not_counted
            )
        if counts["evidenced"]:
            yield self._word(
                "ledger_evidenced",
                count=counts["evidenced"],
                late=counts["late_evidenced"],
                time=duration(counts["late_evidenced_minutes"], self._language),
            )
        if not self._mapping.limits:
            yield self._word("ledger_no_limits")

    def _definitions(self) -> Iterator[tuple[str, tuple[int, int, int]]]:
        """Each named definition with the dossiers that are late, in time, not counted by it."""
        day = date.fromisoformat(self._outcome.summary["as_of"])
        counts = pl.read_parquet(self._outcome.output / "definitions.parquet")
        for name in verdicts.names():
            ours = counts.filter(pl.col("definition") == name)
            late, in_time, not_counted = (
                int(ours.filter(pl.col("class").is_in(group))["dossiers"].sum())
                for group in (verdicts.LATE, verdicts.IN_TIME, verdicts.NOT_COUNTED)
            )
            rule = definitions.shipped().counting_rule(name, day).value
            yield rule.name.in_language(self._language), (late, in_time, not_counted)

    def names(self) -> Table | None:
        """Officials charged by their own limits, most minutes first."""
        charged = self._charged()
        if not charged:
            return None
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name in ("ledger_official", "unit"):
            table.add_column(self._word(name))
        for name in ("ledger_steps", "ledger_late_steps", "ledger_over_limit"):
            table.add_column(self._word(name), justify="right")
        for row in charged[:_MOST_NAMES]:
            figures = (str(row["steps"]), str(row["late_steps"]), duration(row["late_overrun"], self._language))
            table.add_row(*(Text(safe(text)) for text in (row["official"], row["unit"] or "–", *figures)))
        if len(charged) > _MOST_NAMES:
            table.caption = self._word("ledger_more_names", count=len(charged) - _MOST_NAMES)
        return table

    def _charged(self) -> list[dict[str, Any]]:
        officials = pl.read_parquet(self._outcome.output / "officials.parquet")
        summed = officials.group_by("official", "unit").agg(pl.col("steps", "late_steps", "late_overrun").sum())
        charged = summed.filter(pl.col("late_overrun") > 0)
        return charged.sort("late_overrun", "official", "unit", descending=[True, False, False]).to_dicts()

    def written(self) -> str:
        """Where the rest stands."""
        page = self._outcome.output / PAGE_FILE
        if page.exists():
            return self._word("ledger_written_to_read", output=self._outcome.output, page=page)
        return self._word("ledger_written", output=self._outcome.output)
