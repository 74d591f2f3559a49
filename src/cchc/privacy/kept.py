"""What is kept and may have to go: listed by every room in its module `retention`.

sessions = Kept("organizations.sessions", LocalText("Phiên đăng nhập", "Sessions"), since="ended", ending="delete", …)
HOLDS = {"organizations.contacts": people_with_open_tasks}      # what this room holds of what lower rooms keep

How long, by which law and with what doubt stands in `rules.yaml`. What a room holds because its object is still open
(a task, a paper) is left alone, however old, until the object is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, Literal, Protocol

from django.db.models import QuerySet

from cchc.audit.actors import Actor
from cchc.interface.rooms import offers, room_modules
from cchc.interface.together import Reads, all_of, number_of
from cchc.records.text import LocalText

Ending = Literal["delete", "redact", "close"]
ENDINGS: Final[Mapping[str, LocalText]] = {
    "delete": LocalText("Xóa", "Deleted"),
    "redact": LocalText("Xóa phần dữ liệu cá nhân, giữ phần còn lại", "Personal part erased, the rest kept"),
    "close": LocalText("Khóa", "Closed"),
}
SINCE: Final[Mapping[str, LocalText]] = {
    "made": LocalText("khi ghi", "it was written"),
    "ended": LocalText("khi kết thúc", "it ended"),
    "last_post_ended": LocalText("khi thôi vị trí công tác cuối", "the last post ended"),
    "uploaded": LocalText("khi tải lên", "it was uploaded"),
    "read": LocalText("khi đã đọc", "it was read"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """How many are past their time and go, and how many are past it and held."""

    due: int
    held: int = 0


class Dispose(Protocol):
    """Ends at most `most` of what is past its time, inside the caller's action; how many."""

    def __call__(self, *, actor: Actor, now: datetime, before: datetime, most: int) -> int: ...


class EndRows(Protocol):
    """Ends these rows, at least one, inside the caller's action."""

    def __call__(self, *, actor: Actor, now: datetime, rows: Sequence[Any]) -> None: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """One sort of thing. `since`: the moment from which its time runs, of `SINCE`; `ending`: what happens then.

    What `count(before)` counts as due, `dispose` ends; what it needs of the database it says, to be read with others.
    """

    code: str
    name: LocalText
    since: str
    ending: Ending
    count: Callable[[datetime], Due | Reads[Due]]
    dispose: Dispose

    def __post_init__(self) -> None:
        if self.since not in SINCE or self.ending not in ENDINGS or not (self.name.vi and self.name.en):
            raise ValueError(f"{self.code}: a name in both languages, a known moment and a known ending are needed")


def kept_rows(
    code: str, name: LocalText, since: str, ending: Ending, rows: Callable[[datetime], QuerySet[Any]], end: EndRows
) -> Kept:
    """Things that are rows of a table: `rows(before)` are past their time, in the order in which they go. Those that a
    room holds are counted apart and stay.
    """

    def count(before: datetime) -> Reads[Due]:
        past = rows(before)
        numbers = all_of([number_of(without_held(code, past)), number_of(past)])
        return numbers.made(lambda found: Due(found[0], found[1] - found[0]))

    def dispose(*, actor: Actor, now: datetime, before: datetime, most: int) -> int:
        found = list(without_held(code, rows(before))[:most])
        if found:
            end(actor=actor, now=now, rows=found)
        return len(found)

    return Kept(code, name, since, ending, count, dispose)


@cache
def known_kept() -> Mapping[str, Kept]:
    """Everything that has an end, by its code."""
    return offers("retention", Kept)


Hold = Callable[[QuerySet[Any]], QuerySet[Any]]


def without_held(code: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that no room holds. A hold narrows a queryset to what the room still needs."""
    for hold in _holds(code):
        rows = rows.exclude(pk__in=hold(rows).order_by().values("pk"))
    return rows


def _holds(code: str) -> Iterator[Hold]:
    for _room, module in room_modules("retention"):
        hold: Hold | None = getattr(module, "HOLDS", {}).get(code)
        if hold is not None:
            yield hold
