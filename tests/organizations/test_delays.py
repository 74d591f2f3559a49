"""Waiting after failed sign-ins: longer each time for who fails, never for a chairman on a known device."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cchc.interface.counters import Counters
from cchc.organizations.signing_in.delays import (
    WITHIN,
    Attempt,
    left_to_wait,
    note_failure,
    note_success,
    wait_after,
)
from tests.factories.organizations import NOW

SECOND = timedelta(seconds=1)


@pytest.fixture
def counts(tmp_path: Path) -> Counters:
    return Counters(tmp_path / "private" / "counts.sqlite3")


def fail(
    counts: Counters, times: int, address: str = "10.0.0.1", username: str = "chu-tich", device: str = "", at=NOW
) -> None:
    for _ in range(times):
        note_failure(Attempt(address, username, device), counts, at)


def left(
    counts: Counters, address: str = "10.0.0.1", username: str = "chu-tich", device: str = "", at=NOW
) -> timedelta:
    return left_to_wait(Attempt(address, username, device), counts, at)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (2, 0), (3, 1), (4, 2), (6, 8), (12, 512), (13, 900), (10**6, 900)]
)
def test_the_wait_grows_to_a_quarter_of_an_hour(failures, seconds):
    assert wait_after(failures, 3) == timedelta(seconds=seconds)


def test_two_mistypings_cost_nothing_and_the_wait_runs_off(counts):
    fail(counts, 2)
    assert not left(counts)
    fail(counts, 2)
    assert left(counts) == 2 * SECOND
    assert left(counts, at=NOW + SECOND) == SECOND
    assert not left(counts, at=NOW + 2 * SECOND)


def test_nobody_locks_out_the_chairman(counts):
    for number in range(40):
        fail(counts, 4, address=f"10.0.{number}.1")
    assert not left(counts, address="192.168.1.5", device="his"), "his own device"
    assert left(counts, address="192.168.1.5") == 30 * SECOND, "a device never seen, while the attack goes on"
    assert not left(counts, address="192.168.1.5", at=NOW + 30 * SECOND)
    assert not left(counts, address="192.168.1.5", username="khac"), "no other account suffers"


def test_nor_from_the_same_office_whose_devices_share_an_address(counts):
    """Ministries and communes stand behind one address; a colleague's failures are not the chairman's."""
    fail(counts, 30)
    assert left(counts) == timedelta(minutes=15), "whoever tries there on a device never seen"
    assert not left(counts, device="his")
    fail(counts, 5, device="another of his")
    assert not left(counts, device="his")


def test_a_known_device_waits_for_its_own_failures(counts):
    """Whoever holds it, or a copy of its cookie, guesses no faster than anybody."""
    fail(counts, 6, device="his")
    assert left(counts, device="his") == 8 * SECOND
    assert left(counts, address="10.9.9.9", device="his") == 8 * SECOND, "wherever it is taken"
    note_success(Attempt("10.0.0.1", "chu-tich", "his"), counts)
    assert not left(counts, device="his")


def test_who_tries_many_names_waits_whatever_the_name(counts):
    for number in range(21):
        fail(counts, 1, username=f"cb{number}")
    assert left(counts, username="cb99") == 2 * SECOND
    assert not left(counts, username="cb99", device="its")


def test_a_success_forgets_that_address_alone(counts):
    fail(counts, 5)
    fail(counts, 5, address="10.0.0.2")
    note_success(Attempt("10.0.0.1", "chu-tich"), counts)
    assert left(counts) <= 30 * SECOND, "of the attack alone"
    assert left(counts, at=NOW + 30 * SECOND) == timedelta(0)
    fail(counts, 13, address="10.0.0.2")
    assert left(counts, address="10.0.0.2") == timedelta(minutes=15)


def test_failures_are_forgotten_after_an_hour(counts):
    fail(counts, 9)
    later = NOW + WITHIN + SECOND
    assert not left(counts, at=later)
    fail(counts, 1, at=later)
    assert not left(counts, at=later)


def test_the_file_names_nobody(counts, tmp_path):
    fail(counts, 3)
    assert b"chu-tich" not in (tmp_path / "private" / "counts.sqlite3").read_bytes()
    assert b"10.0.0.1" not in (tmp_path / "private" / "counts.sqlite3").read_bytes()
