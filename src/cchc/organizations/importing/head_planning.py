"""Heads of units as a file would leave them: no second one on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cchc.organizations.headship import head_taken, overlap
from cchc.organizations.importing.plans import Change
from cchc.organizations.importing.register import Beside, Posted, Register
from cchc.records.errors import Place, Problem

_DAY: Final = timedelta(days=1)
_ENDING: Final = ("leave", "beside_end")


@dataclass(slots=True)
class _Head:
    """Somebody who heads a unit on these days; `place`: by which row, None where that was so before."""

    code: str
    name: str
    starts_on: date
    ends_on: date | None
    place: Place | None = None


def second_heads(changes: Iterable[Change], register: Register) -> Sequence[Problem]:
    """A problem for each row that would give a unit a second head for days on which it has one, by the register or by
    a row before, once all that the file ends has ended.
    """
    found = _as_left(changes, register)
    return [
        Problem(head_taken(register.named(unit), other.name, other.starts_on, other.ends_on), new.place)
        for unit, heads in found.items()
        for number, new in enumerate(heads)
        if new.place is not None and (other := _other(new, heads[:number])) is not None
    ]


def _as_left(changes: Iterable[Change], register: Register) -> dict[str, list[_Head]]:
    found = defaultdict[str, list[_Head]](list)
    for unit, heads in register.heads.items():
        found[unit] += [_Head(one.code, one.name, one.starts_on, one.ends_on) for one in heads]
    new: list[tuple[str, _Head]] = []
    for change in changes:
        after, before = change.after, change.before
        if not isinstance(after, Posted | Beside):
            continue
        if isinstance(before, Posted | Beside):
            last = after.ends_on if change.kind in _ENDING else after.starts_on - _DAY
            if change.kind in {*_ENDING, "transfer", "beside"}:
                _end(found[before.unit], change.code, before.starts_on, last)
        if after.is_head and change.kind not in _ENDING:
            new.append((after.unit, _Head(change.code, change.name, after.starts_on, after.ends_on, change.place)))
    for unit, head in new:
        found[unit].append(head)
    return found


def _end(heads: Iterable[_Head], code: str, starts_on: date, last: date | None) -> None:
    for one in heads:
        if (one.code, one.starts_on) == (code, starts_on):
            one.ends_on = last


def _other(new: _Head, heads: Iterable[_Head]) -> _Head | None:
    days = (new.starts_on, new.ends_on)
    return next((one for one in heads if one.code != new.code and overlap((one.starts_on, one.ends_on), days)), None)
