"""The log of disclosures: who was shown or handed out whose personal data, when, on which page, on whose behalf.

It lies in a file of its own (`disclosures.sqlite3` in the data directory), on both engines: reading a page must not
wait for the register's only write lock, which a long import holds for many seconds
([decision 15](../../../docs/decisions/0015-log-of-disclosures.md)). Lines are only added; triggers refuse all else.
Each line holds the hash of the one before, and the audit chain holds a line's hash each day, so that `verify` finds
what was changed, cut off or written anew. Retention takes away the oldest lines; the number and hash of the last of
them stay as the new beginning.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Final

from django.conf import settings

from cchc.audit.canonical import canonical_json, moment_text
from cchc.audit.links import GENESIS

_SCHEMA: Final = """
CREATE TABLE lines (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, on_behalf_of TEXT NOT NULL, page TEXT NOT NULL,
    way TEXT NOT NULL, subject_type TEXT NOT NULL, subject_id TEXT NOT NULL, people INTEGER NOT NULL,
    request TEXT NOT NULL, whom TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE INDEX lines_of_subject ON lines (subject_type, subject_id, number);
CREATE INDEX lines_by_moment ON lines (at);
CREATE TABLE concerned (
    official TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (official, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX concerned_by_line ON concerned (number);
CREATE TABLE removed (id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
INSERT INTO removed VALUES (1, 0, '{genesis}');
CREATE TRIGGER lines_no_update BEFORE UPDATE ON lines BEGIN SELECT RAISE(ABORT, 'lines are never changed'); END;
CREATE TRIGGER lines_no_insert BEFORE INSERT ON lines
    WHEN NEW.number <= max((SELECT coalesce(max(number), 0) FROM lines), (SELECT number FROM removed))
    BEGIN SELECT RAISE(ABORT, 'lines are only added'); END;
CREATE TRIGGER lines_no_delete BEFORE DELETE ON lines WHEN OLD.number > (SELECT number FROM removed)
    BEGIN SELECT RAISE(ABORT, 'lines are only removed by retention'); END;
CREATE TRIGGER concerned_no_update BEFORE UPDATE ON concerned
    BEGIN SELECT RAISE(ABORT, 'lines are never changed'); END;
CREATE TRIGGER concerned_no_delete BEFORE DELETE ON concerned WHEN OLD.number > (SELECT number FROM removed)
    BEGIN SELECT RAISE(ABORT, 'lines are only removed by retention'); END;
CREATE TRIGGER removed_no_delete BEFORE DELETE ON removed BEGIN SELECT RAISE(ABORT, 'the beginning stays'); END;
CREATE TRIGGER removed_only_grows BEFORE UPDATE ON removed WHEN NEW.number <= OLD.number
    BEGIN SELECT RAISE(ABORT, 'the beginning only moves on'); END;
PRAGMA user_version = 1;
"""
_MOST: Final = 100
_COLUMNS: Final = "number, at, by, on_behalf_of, page, way, subject_type, subject_id, people, request, whom, hash"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One answer. `by`, `on_behalf_of`: as the audit chain names people; `subject_id` is empty for a list of all."""

    at: datetime
    by: str
    on_behalf_of: str
    page: str
    way: str
    subject_type: str
    subject_id: str
    people: int
    request: str


@dataclass(frozen=True, slots=True)
class Line:
    """A disclosure as it is kept. `whom` is the hash of the codes of those in an export, empty elsewhere."""

    number: int
    at: str
    by: str
    on_behalf_of: str
    page: str
    way: str
    subject_type: str
    subject_id: str
    people: int
    request: str
    whom: str
    hash: str

    @property
    def moment(self) -> datetime:
        """When it was."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Seal:
    """Number and hash of a line: whoever keeps them elsewhere can tell whether the log is still the same."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class LogReport:
    """How many lines there are, after which they begin, and the numbers of lines that are not what they were."""

    lines: int
    removed: int
    damaged: tuple[int, ...]


class DisclosureLog:
    """The log in one file, shared by all processes of the installation."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._opened: sqlite3.Connection | None = None
        self._process = 0

    def append(self, disclosure: Disclosure, whom: Collection[str] = ()) -> None:
        """Write a line. `whom`: codes of the officials in an export, so that each of them finds it.

        Constant in the length of the log. Raises `sqlite3.Error` when the line cannot be written.
        """
        people = sorted(set(whom))
        with self._writing() as database:
            last = _head(database)
            given = asdict(disclosure) | {"number": last.number + 1, "at": moment_text(disclosure.at)}
            line = Line(**given, whom=_hash_of_people(people), hash="")
            database.execute(
                f"INSERT INTO lines ({_COLUMNS}) VALUES ({', '.join('?' * 12)})",  # noqa: S608 (own names)
                (*astuple(line)[:-1], _link(last.hash, line)),
            )
            database.executemany("INSERT INTO concerned VALUES (?, ?)", [(one, line.number) for one in people])

    def about(
        self, subject: tuple[str, str], official: str, *, before: int | None = None, most: int = _MOST
    ) -> list[Line]:
        """The newest lines about an object, or with the official of that code in an export; from before a number on."""
        found = (
            f"SELECT {_COLUMNS} FROM lines WHERE number IN ("  # noqa: S608 (own names)
            "SELECT * FROM (SELECT number FROM lines WHERE subject_type = :type AND subject_id = :id"
            " AND number < :before ORDER BY number DESC LIMIT :most) UNION "
            "SELECT * FROM (SELECT number FROM concerned WHERE official = :official"
            " AND number < :before ORDER BY number DESC LIMIT :most)) ORDER BY number DESC LIMIT :most"
        )
        asked = {"type": subject[0], "id": subject[1], "official": official, "most": most}
        return self._lines(found, asked | {"before": _LAST if before is None else before})

    def newest(self, *, before: int | None = None, most: int = _MOST) -> list[Line]:
        """The newest lines of all, from before a number on."""
        found = f"SELECT {_COLUMNS} FROM lines WHERE number < ? ORDER BY number DESC LIMIT ?"  # noqa: S608
        return self._lines(found, (_LAST if before is None else before, most))

    def head(self) -> Seal:
        """The last line; the one that was removed last where there is none."""
        with self._reading() as database:
            return _head(database)

    def older_than(self, moment: datetime) -> int:
        """How many lines stand before the first one that is not older."""
        with self._reading() as database:
            asked = "SELECT count(*) FROM lines WHERE number < ?"
            count: int = database.execute(asked, [_first(database, moment)]).fetchone()[0]
        return count

    def remove_older_than(self, moment: datetime, most: int) -> int:
        """Take away the oldest lines, as far as all of them are older, at most so many; how many went."""
        with self._writing() as database:
            oldest = "SELECT number, hash FROM lines WHERE number < ? ORDER BY number LIMIT ?"
            gone = database.execute(oldest, (_first(database, moment), most)).fetchall()
            if gone:
                database.execute("UPDATE removed SET number = ?, hash = ?", gone[-1])
                database.execute("DELETE FROM concerned WHERE number <= ?", gone[-1][:1])
                database.execute("DELETE FROM lines WHERE number <= ?", gone[-1][:1])
        return len(gone)

    def verify(self, seals: Iterable[Seal] = ()) -> LogReport:
        """Walk all lines: each follows from the one before, and those that were sealed are still the same."""
        expected = {seal.number: seal.hash for seal in seals}
        with self._reading() as database:
            began = Seal(*database.execute("SELECT number, hash FROM removed").fetchone())
            damaged = set(_broken(database, began, expected))
            last = _head(database).number
            count: int = database.execute("SELECT count(*) FROM lines").fetchone()[0]
        damaged.update(number for number in expected if number > last)
        if expected.get(began.number, began.hash) != began.hash:
            damaged.add(began.number)
        return LogReport(count, began.number, tuple(sorted(damaged)))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._let_go()

    def _lines(self, found: str, asked: Sequence[object] | dict[str, object]) -> list[Line]:
        with self._reading() as database:
            return [Line(*row) for row in database.execute(found, asked)]

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self._database()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            database = self._database()
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.rollback()
                raise
            database.commit()

    def _database(self) -> sqlite3.Connection:
        """The connection, kept open: closing the last one of a log would write it all back to the disk each time."""
        if self._opened is None or self._process != os.getpid():
            self._opened, self._process = _opened(self.path), os.getpid()
        return self._opened

    def _let_go(self) -> None:
        if self._opened is not None and self._process == os.getpid():
            self._opened.close()
        self._opened = None


_LAST: Final = 2**62
_PATIENCE: Final = 10
"""Seconds in which the file may be held by others."""
_MOMENT: Final = 0.01
_current: DisclosureLog | None = None
_choosing: Final = Lock()


def disclosure_log() -> DisclosureLog:
    """That of this installation."""
    global _current  # noqa: PLW0603 - one connection for each process
    path = Path(settings.CCHC_DATA) / "disclosures.sqlite3"
    with _choosing:
        if _current is None or _current.path != path:
            if _current is not None:
                _current.close()
            _current = DisclosureLog(path)
        return _current


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    _keep_journal(database)
    database.execute("PRAGMA synchronous=NORMAL")
    if not _is_made(database):
        database.execute("BEGIN IMMEDIATE")
        if not _is_made(database):  # else another process was quicker
            for statement in _statements(_SCHEMA.format(genesis=GENESIS)):
                database.execute(statement)
        database.commit()
    return database


def _keep_journal(database: sqlite3.Connection) -> None:
    """Write ahead. Of several processes that begin together one changes the file over, and SQLite refuses the others
    at once, whatever time they give it: they ask again.
    """
    until = monotonic() + _PATIENCE
    while True:
        try:
            database.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if monotonic() >= until:
                raise
            sleep(_MOMENT)
        else:
            return


def _is_made(database: sqlite3.Connection) -> bool:
    return bool(database.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for part in script.split(";"):
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _head(database: sqlite3.Connection) -> Seal:
    row = database.execute("SELECT number, hash FROM lines ORDER BY number DESC LIMIT 1").fetchone()
    return Seal(*(row or database.execute("SELECT number, hash FROM removed").fetchone()))


def _first(database: sqlite3.Connection, moment: datetime) -> int:
    """The number of the first line that is not older than the moment."""
    found = database.execute("SELECT min(number) FROM lines WHERE at >= ?", [moment_text(moment)]).fetchone()[0]
    return _LAST if found is None else int(found)


def _broken(database: sqlite3.Connection, began: Seal, expected: dict[int, str]) -> Iterator[int]:
    """The numbers of lines that are not what they were, and of people without a line."""
    number, link, people = began.number, began.hash, _People(database)
    for row in database.execute(f"SELECT {_COLUMNS} FROM lines ORDER BY number"):  # noqa: S608 (own names)
        line = Line(*row)
        yield from people.before(line.number)
        concerned = people.of(line.number)
        is_next = line.number == number + 1 and line.hash == _link(link, line)
        is_same = expected.get(line.number, line.hash) == line.hash and line.whom == _hash_of_people(concerned)
        if not (is_next and is_same):
            yield line.number
        number, link = line.number, line.hash
    yield from people.before(_LAST)


class _People:
    """Those in exports, read once beside the lines, in the same order."""

    def __init__(self, database: sqlite3.Connection) -> None:
        found = database.execute("SELECT number, official FROM concerned ORDER BY number, official")
        self._groups = groupby(found, key=itemgetter(0))
        self._next: tuple[int, list[str]] = (0, [])
        self._advance()

    def before(self, number: int) -> Iterator[int]:
        """Numbers less than that, of people whose line is gone."""
        while self._next[0] < number:
            yield self._next[0]
            self._advance()

    def of(self, number: int) -> list[str]:
        """The people of that line; none of most."""
        if self._next[0] != number:
            return []
        people = self._next[1]
        self._advance()
        return people

    def _advance(self) -> None:
        number, rows = next(self._groups, (_LAST, iter(())))
        self._next = number, [official for _, official in rows]


def _link(previous: str, line: Line) -> str:
    """The hash of a line: of all it says, and of the hash before."""
    return sha256(canonical_json([previous, *astuple(line)[:-1]]).encode()).hexdigest()


def _hash_of_people(people: Sequence[str]) -> str:
    return sha256(",".join(people).encode()).hexdigest() if people else ""
