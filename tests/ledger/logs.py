"""Small logs written in a test and run through the whole reader, under an office that is open 08–12 and 13–17."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from cchc.ledger.mapping import LogMapping
from cchc.ledger.mapping_reading import read_mapping
from cchc.ledger.outputs import Outcome
from cchc.ledger.running import run_log
from cchc.worktime import Calendar
from cchc.worktime.reading import read_rules

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
AS_OF = date(2026, 11, 23)
OFFICE = Calendar([read_rules(
    """
    id: office
    title: {vi: Giờ hành chính thử}
    time_zone: Asia/Ho_Chi_Minh
    valid: {from: 2026-03-01, to: 2026-04-30}
    source: {document: thử}
    verified: {no: thử}
    weeks:
      - from: 2026-03-01
        mon: &day ["08:00-12:00", "13:00-17:00"]
    """.replace("&day ", "").rstrip()
    + "".join(f'\n        {day}: ["08:00-12:00", "13:00-17:00"]' for day in ("tue", "wed", "thu", "fri"))
    + "\n        sat: []\n        sun: []\n",
    "office.yaml",
)])  # fmt: skip
# 2 March 2026 is a Monday.
BASE = """
case: case
activity: step
time: at
official: who
unit: {constant: U}
calendar: office
max_rejects: 1
"""


@dataclass(frozen=True)
class Written:
    """What a run wrote."""

    outcome: Outcome

    def __getattr__(self, name: str) -> pl.DataFrame:
        """`dossiers`, `spells`, `officials`, `signals` or `hints`."""
        return pl.read_parquet(self.outcome.output / f"{name}.parquet")

    @property
    def rejects(self) -> list[tuple[int, str]]:
        with (self.outcome.output / "rejects.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == ["row", "reason"]
        return [(int(row), reason) for row, reason in rows[1:]]

    @property
    def counts(self) -> dict[str, int]:
        return self.outcome.summary["counts"]

    def spans(self, *columns: str) -> list[tuple[Any, ...]]:
        """Every spell in order: its moments as civil `dd HH:MM`, then these columns."""
        moments = (shown("from_at"), shown("to_at"))
        return self.spells.select(*moments, *columns).rows()


def shown(column: str) -> pl.Expr:
    """A stamp as civil `dd HH:MM`."""
    return pl.col(column).dt.convert_time_zone(HANOI.key).dt.strftime("%d %H:%M")


def mapping(text: str = "", **changes: str) -> LogMapping:
    """`BASE` with more keys, or others in place of its own."""
    kept = [line for line in BASE.splitlines() if line.partition(":")[0] not in changes]
    more = [f"{key}: {value}" for key, value in changes.items() if value]
    return read_mapping("\n".join([*kept, *more, dedent(text)]), "m.yaml")


def write(folder: Path, rows: str | bytes, name: str = "log.csv") -> Path:
    """A log: CSV text with the first line as heading, indentation left out."""
    path = folder / name
    path.write_bytes(rows if isinstance(rows, bytes) else dedent(rows).lstrip("\n").encode())
    return path


def run(folder: Path, rows: str | bytes | Path, made: LogMapping | None = None, calendar: Calendar = OFFICE) -> Written:
    """Run a log; `rows` as `write` takes them, or a file."""
    log = rows if isinstance(rows, Path) else write(folder, rows)
    return Written(run_log(log, made or mapping(), calendar, folder / "out", as_of=AS_OF))


def utc(day: int, clock: str, month: int = 3) -> datetime:
    """A civil moment of 2026 in UTC."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=HANOI).astimezone(UTC)
