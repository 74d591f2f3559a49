"""Walking a chain from its first event to its head, in constant memory, to find what somebody did to it. Pure.

The database is read by `cchc.audit.queries`; here only rows are judged, so the same code checks an exported chain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cchc.audit.links import GENESIS, Header, hash_payload
from cchc.records.errors import DomainError

LISTED: Final = 20
"""How many damages a report lists; all are counted."""


@dataclass(frozen=True, slots=True)
class Payload:
    """A payload's row as stored; `is_marked` when it says that it was redacted."""

    salt: str | None
    body: str | None
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Link:
    """An event as stored: its header, the hash beside it, and its payload (None when the row is missing)."""

    header: Header
    hash: str
    payload: Payload | None


@dataclass(frozen=True, slots=True)
class Head:
    """A number and the hash of the event with that number."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Damage:
    """What was found (a code of `words.yaml`), from which event to which."""

    code: str
    first: int
    last: int


@dataclass(slots=True)
class Walk:
    """Judges links in order of their sequence. `head` is the stored head, `signed` one exported earlier."""

    head: Head | None
    signed: Head | None = None
    at: Head = field(default_factory=lambda: Head(0, GENESIS))
    redacted: int = 0
    damages: list[Damage] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        if self.head is None:
            self.note("audit.head_missing", 0)
        self._compare_heads()

    def note(self, code: str, first: int, last: int | None = None) -> None:
        """Count a damage, and keep it while the list is short."""
        self.counts[code] += 1
        if len(self.damages) < LISTED:
            self.damages.append(Damage(code, first, first if last is None else last))

    def step(self, link: Link) -> None:
        """Judge the next link. What it breaks is noted once: the link after it is compared with what it says."""
        stored, expected = link.header.sequence, self.at.sequence + 1
        sequence = stored if isinstance(stored, int) and stored >= expected else expected
        if sequence > expected:
            self.note("audit.events_missing", expected, sequence - 1)
        elif link.header.previous_hash != self.at.hash:
            self.note("audit.link_broken", sequence)
        if not _is_whole(link):
            self.note("audit.event_edited", sequence)
        self._judge_payload(link, sequence)
        self.at = Head(sequence, link.hash)
        self._compare_heads()

    def finish(self, head: Head | None) -> None:
        """Judge the end. `head` is the stored head read again: events may have been added while we walked."""
        if self.signed is not None and self.signed.sequence > self.at.sequence:
            self.note("audit.signed_events_missing", self.at.sequence + 1, self.signed.sequence)
        if head is None or self.head is None:
            return
        if self.head.sequence > self.at.sequence:
            self.note("audit.events_missing", self.at.sequence + 1, self.head.sequence)
        if self.at.sequence > head.sequence:
            self.note("audit.events_beyond_head", head.sequence + 1, self.at.sequence)

    def _compare_heads(self) -> None:
        for code, head in (("audit.head_differs", self.head), ("audit.signed_head_differs", self.signed)):
            if head is not None and head.sequence == self.at.sequence and head.hash != self.at.hash:
                self.note(code, head.sequence)

    def _judge_payload(self, link: Link, sequence: int) -> None:
        payload = link.payload
        if payload is None:
            self.note("audit.payload_missing", sequence)
        elif payload.is_marked and payload.salt is None and payload.body is None:
            self.redacted += 1
        elif payload.is_marked or not _fits(payload, link.header.payload_hash):
            self.note("audit.payload_edited", sequence)


def _is_whole(link: Link) -> bool:
    try:
        return link.header.hash() == link.hash
    except (TypeError, ValueError, DomainError):
        return False  # SQLite stores anything anywhere: bytes, half characters


def _fits(payload: Payload, expected: str) -> bool:
    if not isinstance(payload.salt, str) or not isinstance(payload.body, str):
        return False
    try:
        return hash_payload(payload.salt, payload.body) == expected
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a walk found."""

    events: int
    redacted: int
    head: Head | None
    signed: Head | None
    damages: tuple[Damage, ...]
    counts: Mapping[str, int]

    @property
    def is_valid(self) -> bool:
        """Whether nothing at all was found."""
        return not self.counts

    def unlisted(self) -> int:
        """How many damages were counted and not listed."""
        return sum(self.counts.values()) - len(self.damages)
