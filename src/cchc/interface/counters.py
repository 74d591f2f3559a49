"""Counts of what comes from outside: failed sign-ins, look-ups. They lie in a file of their own, so that a stranger's
request never takes the write lock of the register; losing the file loses no record.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from cchc.interface.beside import FileBeside

_TABLE = (
    "CREATE TABLE IF NOT EXISTS counts"
    " (key TEXT PRIMARY KEY, number INTEGER NOT NULL, last REAL NOT NULL) WITHOUT ROWID"
)
_ADD = (
    "INSERT INTO counts VALUES (:key, 1, :now) ON CONFLICT (key) DO UPDATE SET"
    " number = CASE WHEN last < :since THEN 1 ELSE number + 1 END, last = :now"
)


@dataclass(frozen=True, slots=True)
class Count:
    """How often, and when last."""

    number: int = 0
    last_at: datetime | None = None


class Counters:
    """Counts by key, shared by all processes of the installation. Keys are stored as keyed hashes: they name people."""

    def __init__(self, path: Path) -> None:
        self._file = FileBeside(path, _TABLE)

    def add(self, *key: str, now: datetime, within: timedelta) -> None:
        """Count one more; from one again when the last lies farther back than `within`."""
        since = (now - within).timestamp()
        with self._file.opened() as database:
            database.execute(_ADD, {"key": _hidden(key), "now": now.timestamp(), "since": since})
            database.execute("DELETE FROM counts WHERE last < ?", [(now - timedelta(days=1)).timestamp()])

    def get(self, *key: str, now: datetime, within: timedelta) -> Count:
        """The count, zero when the last lies farther back than `within`."""
        with self._file.opened() as database:
            row = database.execute("SELECT number, last FROM counts WHERE key = ?", [_hidden(key)]).fetchone()
        if row is None or row[1] < (now - within).timestamp():
            return Count()
        return Count(row[0], datetime.fromtimestamp(row[1], now.tzinfo))

    def clear(self, *key: str) -> None:
        """Forget it."""
        with self._file.opened() as database:
            database.execute("DELETE FROM counts WHERE key = ?", [_hidden(key)])

    def older_than(self, moment: datetime) -> int:
        """How many counts were last added to before that moment."""
        with self._file.opened() as database:
            row = database.execute("SELECT count(*) FROM counts WHERE last < ?", [moment.timestamp()]).fetchone()
        return int(row[0])

    def forget_older_than(self, moment: datetime) -> int:
        """Forget them; how many."""
        with self._file.opened() as database:
            return database.execute("DELETE FROM counts WHERE last < ?", [moment.timestamp()]).rowcount


def counters() -> Counters:
    """Those of this installation."""
    return Counters(Path(settings.CCHC_DATA) / "counts.sqlite3")


def _hidden(key: tuple[str, ...]) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), "\0".join(key).encode(), hashlib.sha256).hex()
