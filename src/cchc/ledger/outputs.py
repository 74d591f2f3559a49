"""What a run writes: one set of files per partition, put together into the output folder."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import polars as pl

from cchc.ledger import totals, verdicts
from cchc.ledger.asking import ask_late, ask_officials
from cchc.ledger.clock import CivilCalendar
from cchc.ledger.counting import add_up
from cchc.ledger.events import REJECTS
from cchc.ledger.evidence import step_dates
from cchc.ledger.findings import in_words
from cchc.ledger.mapping import LogMapping
from cchc.ledger.partition import Partition
from cchc.ledger.report.writing import COURSES_FILES, PAGE_FILE, WORKBOOK_FILE, write_report
from cchc.ledger.schema import DEFINITION
from cchc.ledger.workspace import SUMMARY_FILE, Workspace, put_in_place, read_json, write_json
from cchc.records.text import Language

REJECTS_FILE: Final = "rejects.csv"
_JOINED: Final = ("dossiers", "spells")
TABLES: Final = (*_JOINED, *totals.TABLES, "signals", "hints")
# Those, and what only some logs have: a job that knows its log beforehand would not make them.
ALL_TABLES: Final = (*TABLES, "step_dates", "disputed")
_FILES: Final = (*(f"{name}.parquet" for name in ALL_TABLES), REJECTS_FILE, PAGE_FILE, WORKBOOK_FILE, *COURSES_FILES)
_FRAMES: Final = tuple(field.name for field in fields(Partition) if field.name not in {"sums", "counts"})
_COUNTS: Final = "counts.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: `summary` as in summary.json; `is_accepted` unless too many rows were rejected, and then only
    rejects.csv was written.
    """

    output: Path
    summary: dict[str, Any]
    is_accepted: bool


def keep(partition: Partition, folder: Path) -> None:
    """Write what one partition came to, whole or not at all."""
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    frames = {name: getattr(partition, name) for name in _FRAMES} | dict(partition.sums)
    for name, frame in frames.items():
        frame.write_parquet(part / f"{name}.parquet", compression="lz4", statistics=False)
    write_json(part / _COUNTS, dict(partition.counts))
    part.replace(folder)


class Finisher:
    """Puts the partitions of a finished run together."""

    def __init__(self, space: Workspace, mapping: LogMapping, calendar: CivilCalendar, as_of: date) -> None:
        self._space, self._mapping, self._calendar, self._as_of = space, mapping, calendar, as_of
        self._parts = sorted((space.folder / "results").iterdir())

    def finish(
        self, made_of: dict[str, Any], language: Language, *, with_report: bool, definition: str = DEFINITION
    ) -> Outcome:
        """The output folder. `made_of` is the summary so far: what the run was made of, and the counts of its reading.

        `with_report` adds the report for people, its late dossiers by `definition`. With more rejects than the mapping
        allows only rejects.csv is written.
        """
        final = self._space.path("final")
        shutil.rmtree(final, ignore_errors=True)
        final.mkdir()
        reasons = self._write_rejects(final)
        summary = self._summary(made_of, reasons, definition)
        share = Fraction(summary["counts"]["rejects"], max(summary["counts"]["rows"], 1))
        is_accepted = share <= self._mapping.max_rejects
        if is_accepted:
            self._write_tables(final, language)
            write_json(final / SUMMARY_FILE, summary)
            if with_report:
                write_report(final, summary, language)
        put_in_place(final, self._space.output, _FILES, SUMMARY_FILE)
        return Outcome(self._space.output, summary, is_accepted)

    def _files(self, name: str) -> list[Path]:
        return [folder / f"{name}.parquet" for folder in self._parts]

    def _write_rejects(self, final: Path) -> dict[str, int]:
        """rejects.csv in the order of rows; answers how many for each reason."""
        of_rows = sorted((self._space.folder / "rejects").glob("*.parquet"))
        parts = (pl.read_parquet(part) for part in (*of_rows, *self._files("rejects")))
        rejects = pl.concat([REJECTS.to_frame(), *parts]).sort("row")
        rejects.write_csv(final / REJECTS_FILE)
        return dict(rejects.group_by("reason").len().sort("reason").iter_rows())

    def _summary(self, made_of: dict[str, Any], reasons: dict[str, int], definition: str) -> dict[str, Any]:
        counts = _total(read_json(folder / _COUNTS) for folder in self._parts)
        return made_of | {
            "definitions": {
                "late": DEFINITION,
                "charging": ["overrun", "holder_after_due"],
                "listed": definition,
                "unknown": verdicts.unknown(self._mapping),
            },
            "counts": made_of["counts"] | {"rejects": sum(reasons.values())} | counts,
            "rejects": reasons,
            "minutes": self._summed("minutes").to_dicts(),
        }

    def _write_tables(self, final: Path, language: Language) -> None:
        for name in _JOINED:
            _join(self._files(name), final / f"{name}.parquet")
        for name, table in totals.finished(self._summed, self._as_of):
            table.write_parquet(final / f"{name}.parquet")
        closed = ask_officials(self._files("closings"), self._as_of)
        found = {
            "signal": pl.concat([*map(pl.read_parquet, self._files("found")), closed]),
            "hint": ask_late(self._late(), self._calendar, closed),
        }
        for kind, rows in found.items():
            ordered = rows.sort(rows.columns, nulls_last=True)
            words = in_words(ordered, kind, self._calendar.time_zone, language)
            words.write_parquet(final / f"{kind}s.parquet")

        tells_dates = self._mapping.result is not None or self._mapping.recorded is not None
        dates = step_dates(self._late() if tells_dates else iter(()))
        dates.write_parquet(final / "step_dates.parquet")
        disputed = pl.concat([verdicts.DISPUTED.to_frame(), *map(pl.read_parquet, self._files("disputed"))])
        said = verdicts.in_words(disputed, self._calendar.time_zone, language)
        said.write_parquet(final / "disputed.parquet")

    def _late(self) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        """The late dossiers of each partition with their steps."""
        for folder in self._parts:
            yield pl.read_parquet(folder / "late_dossiers.parquet"), pl.read_parquet(folder / "late_steps.parquet")

    def _summed(self, name: str) -> pl.DataFrame:
        """The counts of all partitions added up, ordered; what is in memory is the sum."""
        return add_up(map(pl.read_parquet, self._files(name)), totals.GRAINS[name])


def _join(files: list[Path], target: Path) -> None:
    pl.scan_parquet(files).sink_parquet(target)


def _total(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for part in counts:
        total.update(part)
    return dict(total)
