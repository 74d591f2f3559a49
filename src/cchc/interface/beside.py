"""Small SQLite files beside the register, shared by all processes of an installation: what must neither wait for the
register's write lock nor take it, and whose loss loses no record.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


class FileBeside:
    """One such file with its one table, made when it is first opened; for the account of the server alone."""

    def __init__(self, path: Path, table: str) -> None:
        self._path = path
        self._table = table

    @property
    def exists(self) -> bool:
        """Whether anything was ever written."""
        return self._path.exists()

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """The file, for one transaction."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        with closing(sqlite3.connect(self._path, timeout=5)) as database, database:
            database.execute("PRAGMA synchronous=OFF")
            database.execute(self._table)
            yield database
