"""The log of disclosures: lines are added, the oldest go by retention, and all else is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.privacy import log as log_module
from cchc.privacy.log import Disclosure, DisclosureLog, Seal

START = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)


def disclosure(minutes: int = 0, by: str = "cb1", subject: str = "7", people: int = 1) -> Disclosure:
    at = START + timedelta(minutes=minutes)
    return Disclosure(
        at, by, "", "organizations:official", "read", "organizations.Official", subject, people, "request-1"
    )


@pytest.fixture
def log(tmp_path: Path) -> Iterator[DisclosureLog]:
    made = DisclosureLog(tmp_path / "disclosures.sqlite3")
    yield made
    made.close()


def raw(log: DisclosureLog, *statements: str, triggers: bool = False) -> None:
    """What somebody with the file in hand does to it; with `triggers` removed first when they must not object."""
    database = sqlite3.connect(log.path)
    if triggers:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            database.execute(f"DROP TRIGGER {name}")
    try:
        for statement in statements:
            database.execute(statement)
        database.commit()
    finally:
        database.close()


def test_lines_are_numbered_and_found_by_object_and_by_person_in_an_export(log):
    log.append(disclosure(1))
    log.append(disclosure(2, subject="8"))
    log.append(disclosure(3, subject="", people=2), whom=["cb7", "cb8"])
    log.append(disclosure(4, by="cb2"))
    assert [(one.number, one.by) for one in log.about(("organizations.Official", "7"), "cb7")] == [
        (4, "cb2"),
        (3, "cb1"),
        (1, "cb1"),
    ]
    assert [one.number for one in log.about(("organizations.Official", "7"), "cb7", before=3)] == [1]
    assert [one.number for one in log.newest(most=2)] == [4, 3]
    assert log.newest()[0].moment == START + timedelta(minutes=4)
    assert log.path.stat().st_mode & 0o077 == 0, "for the server alone"


@pytest.mark.requirement(125)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lines SET by = 'cb9' WHERE number = 1",
        "DELETE FROM lines WHERE number = 2",
        (
            "INSERT OR REPLACE INTO lines SELECT 1, at, 'cb9', on_behalf_of, page, way, subject_type, subject_id,"
            " people, request, whom, hash FROM lines WHERE number = 2"
        ),
        "UPDATE concerned SET official = 'cb9'",
        "DELETE FROM concerned",
        "DELETE FROM removed",
        "UPDATE removed SET number = 0",
    ],
)
def test_the_file_itself_refuses_every_change_that_is_not_a_new_line(log, statement):
    log.append(disclosure(1), whom=["cb7"])
    log.append(disclosure(2))
    with pytest.raises(sqlite3.IntegrityError):
        raw(log, statement)
    assert log.verify().damaged == ()


@pytest.mark.requirement(125)
@pytest.mark.parametrize(
    ("statements", "damaged"),
    [
        (("UPDATE lines SET by = 'cb9' WHERE number = 2",), (2,)),
        (("UPDATE lines SET at = '2026-01-01T07:00:00.000000Z' WHERE number = 2",), (2,)),
        (("DELETE FROM lines WHERE number = 2",), (3,)),
        (("DELETE FROM concerned WHERE number = 3",), (3,)),
        (("UPDATE concerned SET official = 'cb9' WHERE number = 3",), (3,)),
        (("DELETE FROM lines WHERE number > 2",), (3, 4)),
        (("INSERT INTO concerned VALUES ('cb9', 2)",), (2,)),
        (("INSERT INTO concerned VALUES ('cb9', 9)",), (9,)),
        (("DELETE FROM lines WHERE number = 4",), (4,)),
        (("DELETE FROM lines WHERE number < 3", "UPDATE removed SET number = 2"), (3,)),
    ],
)
def test_whoever_removes_the_triggers_is_found(log, statements, damaged):
    for minute in range(1, 5):
        log.append(disclosure(minute), whom=["cb7"] if minute == 3 else ())
    seal = log.head()
    assert log.verify([seal]).damaged == ()
    raw(log, *statements, triggers=True)
    assert log.verify([seal]).damaged == damaged


def test_a_log_written_anew_is_whole_in_itself_and_found_by_its_seal(tmp_path, log):
    log.append(disclosure(1))
    log.append(disclosure(2))
    seal = log.head()
    other = DisclosureLog(tmp_path / "other.sqlite3")
    other.append(disclosure(1, by="somebody else"))
    other.append(disclosure(2))
    assert other.verify().damaged == ()
    assert other.verify([seal]).damaged == (2,)
    other.close()


@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 50)), max_size=12), most=st.integers(1, 5))
def test_the_oldest_go_and_the_rest_stays_whole(tmp_path_factory, steps, most):
    """Against a plain list: what goes is the longest beginning of lines that are all older, `most` at a time."""
    log = DisclosureLog(tmp_path_factory.mktemp("log") / "disclosures.sqlite3")
    kept: list[tuple[int, int]] = []
    number, seals = 0, [Seal(0, "0" * 64)]
    for is_new, minute in steps:
        if is_new:
            number += 1
            log.append(disclosure(minute), whom=["cb7"] if minute % 2 else ())
            kept.append((number, minute))
            seals.append(log.head())
        else:
            moment = START + timedelta(minutes=minute)
            older = 0
            while older < len(kept) and kept[older][1] < minute:
                older += 1
            assert log.older_than(moment) == older
            assert log.remove_older_than(moment, most) == min(older, most)
            kept = kept[min(older, most) :]
    assert [line.number for line in reversed(log.newest())] == [one for one, _ in kept]
    report = log.verify(seals)
    assert (report.damaged, report.lines, report.removed) == ((), len(kept), number - len(kept))
    log.close()


def test_two_processes_that_begin_together_share_one_log(log):
    others = [DisclosureLog(log.path) for _ in range(4)]
    threads = [Thread(target=lambda one=one: [one.append(disclosure(n)) for n in range(20)]) for one in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert log.verify().damaged == ()
    assert log.head().number == 80
    for one in others:
        one.close()


class Held:
    """A file that others hold so many times."""

    def __init__(self, times: int) -> None:
        self.times, self.asked = times, 0

    def execute(self, _: str) -> None:
        self.asked += 1
        if self.asked <= self.times:
            raise sqlite3.OperationalError("database is locked")


def test_who_begins_while_another_changes_the_file_over_asks_again(monkeypatch):
    held = Held(3)
    log_module._keep_journal(held)
    assert held.asked == 4
    monkeypatch.setattr(log_module, "_PATIENCE", 0.05)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        log_module._keep_journal(Held(10**9))


def test_what_fails_halfway_leaves_nothing(log):
    log.append(disclosure(1))
    with pytest.raises(sqlite3.Error):
        log.append(disclosure(2, people="two"), whom=["cb7"])
    assert log.head().number == 1
    log.append(disclosure(3))
    assert log.verify().damaged == ()
