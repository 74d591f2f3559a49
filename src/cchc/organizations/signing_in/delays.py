"""How long somebody waits after failed sign-ins.

The wait grows with the failures of one address at one account, and with those of one address at any account. A device
that has signed in before waits for its own failures alone, also behind an address that it shares with a whole office:
nobody can lock out the chairman. Only devices never seen wait a short while when an account is under attack from many
addresses; why they do: docs/decisions/0020-waiting-to-sign-in.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cchc.interface.counters import Count, Counters

WITHIN: Final = timedelta(hours=1)
_FREE_AT_ACCOUNT: Final = 3  # mistypings without a wait
_FREE_AT_ADDRESS: Final = 20  # an office may share one address
_FREE_FOR_ACCOUNT: Final = 10
_LONGEST: Final = timedelta(minutes=15)
_UNDER_ATTACK: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody at `address` tries to sign in as `username`, on a `device` that has signed in as it before (or none)."""

    address: str
    username: str
    device: str = ""


def wait_after(failures: int, free: int) -> timedelta:
    """Nothing for the first `free` failures, then 1 s, 2 s, 4 s …, at most a quarter of an hour."""
    if failures < free:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - free, 20)), _LONGEST)


def left_to_wait(attempt: Attempt, counts: Counters, now: datetime) -> timedelta:
    """How long this attempt has to wait yet; zero when it may go on."""

    def rest(count: Count, wait: timedelta) -> timedelta:
        return timedelta(0) if count.last_at is None else max(count.last_at + wait - now, timedelta(0))

    own, address, account = (counts.get(*key, now=now, within=WITHIN) for key in _keys(attempt))
    waits = [rest(own, wait_after(own.number, _FREE_AT_ACCOUNT))]
    if not attempt.device:
        waits.append(rest(address, wait_after(address.number, _FREE_AT_ADDRESS)))
        waits.append(rest(account, _UNDER_ATTACK if account.number >= _FREE_FOR_ACCOUNT else timedelta(0)))
    return max(waits)


def note_failure(attempt: Attempt, counts: Counters, now: datetime) -> None:
    """Count it, for the device or the address at the account, for the address, for the account."""
    for key in _keys(attempt):
        counts.add(*key, now=now, within=WITHIN)


def note_success(attempt: Attempt, counts: Counters) -> None:
    """Forget the failures of this device, or this address, at this account, and no others."""
    counts.clear(*_keys(attempt)[0])


def _keys(attempt: Attempt) -> tuple[tuple[str, ...], ...]:
    one, who = ("device", attempt.device) if attempt.device else ("pair", attempt.address)
    return (
        ("sign-in", one, who, attempt.username),
        ("sign-in", "address", attempt.address),
        ("sign-in", "account", attempt.username),
    )
