"""How far a job is while what it writes is one open transaction, and who waits to cancel it.

Neither can stand in the database: on SQLite nobody else may write meanwhile, on PostgreSQL the lease's row is locked,
and what the transaction itself writes nobody sees. So both lie in a file of their own in the data directory. Losing it
loses nothing: the lease says who has the job, and who cancels what was not stopped is told that it is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from cchc.interface.beside import FileBeside

_KEPT: Final = timedelta(days=1)
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS standings (job INTEGER NOT NULL, fence INTEGER NOT NULL, done INTEGER NOT NULL,"
    " total INTEGER, at REAL NOT NULL, is_to_stop INTEGER NOT NULL, PRIMARY KEY (job, fence)) WITHOUT ROWID"
)
_TELL: Final = (
    "INSERT INTO standings VALUES (:job, :fence, :done, :total, :at, 0) ON CONFLICT (job, fence) DO UPDATE SET"
    " done = :done, total = :total, at = :at RETURNING is_to_stop"
)
_STOP: Final = (
    "INSERT INTO standings VALUES (:job, :fence, 0, NULL, :at, 1) ON CONFLICT (job, fence) DO UPDATE SET is_to_stop = 1"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """So many were written, of so many, at that moment."""

    done: int
    total: int
    at: datetime


class Standings:
    """One row for each attempt that is writing, named by the job and the fence of its lease."""

    def __init__(self, path: Path) -> None:
        self._file = FileBeside(path, _TABLE)

    def tell(self, job: int, fence: int, done: int, total: int, *, now: datetime) -> bool:
        """So many are written. Whether somebody waits to cancel the job."""
        with self._file.opened() as database:
            row = database.execute(
                _TELL, {"job": job, "fence": fence, "done": done, "total": total, "at": now.timestamp()}
            ).fetchone()
            database.execute("DELETE FROM standings WHERE at < ?", [(now - _KEPT).timestamp()])
        return bool(row[0])

    def of(self, job: int, fence: int, *, now: datetime) -> Standing | None:
        """How far the attempt with that fence is; None unless it is writing."""
        if not self._file.exists:
            return None
        with self._file.opened() as database:
            row = database.execute(
                "SELECT done, total, at FROM standings WHERE job = ? AND fence = ? AND total IS NOT NULL", [job, fence]
            ).fetchone()
        return None if row is None else Standing(row[0], row[1], datetime.fromtimestamp(row[2], now.tzinfo))

    @contextmanager
    def asking_to_stop(self, job: int, fence: int, *, now: datetime) -> Iterator[None]:
        """Ask the attempt with that fence to make way, as long as this lasts."""
        with self._file.opened() as database:
            database.execute(_STOP, {"job": job, "fence": fence, "at": now.timestamp()})
        try:
            yield
        finally:
            self.forget(job, fence)

    def forget(self, job: int, fence: int) -> None:
        """That attempt writes no more."""
        if self._file.exists:
            with self._file.opened() as database:
                database.execute("DELETE FROM standings WHERE job = ? AND fence = ?", [job, fence])


def standings() -> Standings:
    """Those of this installation."""
    return Standings(Path(settings.CCHC_DATA) / "jobs.sqlite3")
