"""What a line of the register says of its dossier, as it stands now or as the year of a closed book ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from cchc.audit.canonical import canonical_json
from cchc.dossiers.models import Correction, Dossier, DossierEvent
from cchc.dossiers.states import DOSSIER, SETTLED
from cchc.dossiers.states import OPEN as RUNNING
from cchc.interface.durations import end_day
from cchc.slips.models import CarriedEntry, RegisterBook, RegisterEntry
from cchc.slips.queries.books import CARRIED, LINES, LineSearch, bounds_of, find_lines
from cchc.slips.states import CLOSED

_ACTS: Final = tuple(step.id for step in DOSSIER.steps)
_CHUNK: Final = 500

Entry = RegisterEntry | CarriedEntry


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the book. `number` is that of the first line, `year` that of its book where another. `result_at` is when
    the result came to the one-stop, `giver` and `taker` who handed it over and who took it; `state` where it stood.
    """

    entry: Entry
    dossier: Dossier
    number: int
    year: int
    received_by: str
    due_at: datetime | None
    result_at: datetime | None
    returned_at: datetime | None
    giver: str
    taker: str
    state: str
    is_late_entry: bool

    @property
    def due_on(self) -> date | None:
        """The day of the appointment."""
        return None if self.due_at is None else end_day(self.due_at)


def cutoff_of(book: RegisterBook) -> datetime | None:
    """Until when its lines are told: a closed one as its year ended, an open one as it is now (None)."""
    return bounds_of(book.year)[1] if book.state == CLOSED else None


def lines_of(entries: Sequence[Entry], until: datetime | None) -> list[Line]:
    """In their order. One query more, for a closed book two."""
    events = _events([one.dossier_id for one in entries])
    if until is not None:
        _take_back_corrections(entries, until)
    return [_line(one, events[one.dossier_id], until) for one in entries]


def content_hash(book: RegisterBook) -> str:
    """The SHA-256 of everything that the book says as its year ended, line by line."""
    made, end = sha256(), bounds_of(book.year)[1]
    made.update(canonical_json({"unit": book.unit.code, "year": book.year}).encode())
    for line in _all_lines(book, end):
        made.update(b"\n" + canonical_json(_said(line)).encode())
    return made.hexdigest()


def running_at_end(book: RegisterBook) -> list[int]:
    """Dossiers of the book, those carried into it too, that were not over when its year ended; by their keys."""
    end = bounds_of(book.year)[1]
    return [one.dossier.pk for one in _all_lines(book, end) if one.state in (*RUNNING, SETTLED)]


def _all_lines(book: RegisterBook, until: datetime) -> Iterator[Line]:
    for which in (CARRIED, LINES):
        chunk: list[Entry] = []
        for entry in find_lines(book, LineSearch(which)).iterator(chunk_size=_CHUNK):
            chunk.append(entry)
            if len(chunk) == _CHUNK:
                yield from lines_of(chunk, until)
                chunk = []
        yield from lines_of(chunk, until)


def _events(dossiers: Iterable[int]) -> Mapping[int, list[DossierEvent]]:
    found = DossierEvent.objects.filter(dossier__in=list(dossiers), act__in=_ACTS).select_related("by").order_by("pk")
    events: dict[int, list[DossierEvent]] = defaultdict(list)
    for one in found:
        events[one.dossier_id].append(one)
    return events


def _take_back_corrections(entries: Sequence[Entry], until: datetime) -> None:
    """What was typed wrongly and put right later stands there as it stood then. Nothing of it is written."""
    dossiers = {one.dossier_id: one.dossier for one in entries}
    later = Correction.objects.filter(dossier__in=list(dossiers), corrected_at__gte=until).order_by("-pk")
    for one in later:
        for name, text in one.before.items():
            setattr(dossiers[one.dossier_id], name, text)


def _line(entry: Entry, events: Sequence[DossierEvent], until: datetime | None) -> Line:
    dossier, told = entry.dossier, [one for one in events if until is None or one.at < until]
    first = entry if isinstance(entry, RegisterEntry) else dossier.register_entry
    by_act = {one.act: one for one in told}
    receive, settle, given = (by_act.get(act) for act in ("receive", "settle", "hand_over"))
    ended = told[-1] if told and until is not None else None
    due_at, state = (dossier.due_at, dossier.state) if ended is None else (ended.due_at, ended.state)
    return Line(
        entry=entry, dossier=dossier, number=first.number, year=first.book.year, received_by=_name(receive),
        due_at=due_at, result_at=settle.at if settle else None,
        returned_at=given.at if given else None, giver=_name(given), taker=given.text if given else "",
        state=state, is_late_entry=_is_late_entry(first, dossier),
    )  # fmt: skip


def _is_late_entry(first: RegisterEntry, dossier: Dossier) -> bool:
    """Whether it was received in a year whose book was closed already."""
    assert dossier.received_at is not None
    return dossier.received_at < bounds_of(first.book.year)[0]


def _name(event: DossierEvent | None) -> str:
    return event.by.name if event is not None and event.by is not None else ""


def _said(line: Line) -> Sequence[object]:
    one = line.dossier
    return (
        line.number, line.year, one.code, one.procedure_version.procedure.code, one.subject, one.owner_name,
        one.owner_address, one.owner_phone, one.received_at, line.due_at, line.result_at, line.returned_at, line.giver,
        line.taker, line.received_by, line.state,
    )  # fmt: skip
