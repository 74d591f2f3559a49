"""Names that people type, and the one thing that is meant: a unit, an official, a legal basis.

A room lists what can be picked in its module `pickers`:

@pick_kind("organizations.unit", LocalText("đơn vị", "unit"), known=known_units)
def units(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    ...                # checks the right itself; the likeliest first; a fixed number of queries

A text means a thing when it is its value (a code), its line (`xã Một (xa-mot)`), or the full name of it alone, tone
marks aside. Anything less is asked back: nobody is given a task because part of a name fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from cchc.interface.rooms import offers
from cchc.records.errors import DomainError, problem, refuse
from cchc.records.search import fold
from cchc.records.text import LocalText

MOST_OFFERED: Final = 20
_MOST_NAMED: Final = 5
_VALUE_AT_END: Final = re.compile(r"\(([^()\s]+)\)\s*$")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be picked; `note` tells it from others of its name. `subject`: itself, where it was read."""

    value: str
    title: str
    note: str = ""
    subject: Any = field(default=None, compare=False, repr=False)

    @property
    def line(self) -> str:
        """What stands in a field once it is picked: readable, and never ambiguous."""
        return f"{self.title} ({self.value})"


Find = Callable[[Any, str, int], Sequence[Choice]]
Known = Callable[[Any, Collection[str]], Sequence[Choice]]
Narrow = Callable[[str], Find]


@dataclass(frozen=True, slots=True)
class PickKind:
    """What one kind is called, who finds some for a viewer, and who knows them by their values.

    `find` starts from what the viewer may pick; `known` tells what any value is called, so that whoever names something
    out of reach is told by the permission why. `tells_value`: values are codes that people know. `is_sample`: of the
    gallery, for everybody. `narrow` answers who finds some for one thing only: for the code `kind:thing`.
    """

    code: str
    name: LocalText
    find: Find
    known: Known
    tells_value: bool = True
    is_sample: bool = False
    narrow: Narrow | None = None


class Unclear(DomainError):
    """A text that may mean several things, or is only part of a name; `choices` are the likely ones."""

    def __init__(self, kind: PickKind, text: str, choices: Sequence[Choice]) -> None:
        named = [one.line if kind.tells_value else one.title for one in choices[:_MOST_NAMED]]
        names = (*named, "…") if len(choices) > _MOST_NAMED else tuple(named)
        super().__init__(problem("interface.pick_unclear", what=kind.name, text=text, names=names))
        self.choices = choices


def pick_kind(
    code: str, name: LocalText, *, known: Known, tells_value: bool = True, is_sample: bool = False,
    narrow: Narrow | None = None,
) -> Callable[[Find], PickKind]:  # fmt: skip
    """Make a function `(viewer, text, most) → choices` a kind, `room.what_it_is`."""

    def make(find: Find) -> PickKind:
        return PickKind(code, name, find, known, tells_value, is_sample, narrow)

    return make


@cache
def known_pick_kinds() -> Mapping[str, PickKind]:
    """Every kind by its code."""
    return offers("pickers", PickKind)


def get_pick_kind(code: str) -> PickKind:
    """By its code, or for one thing only by `kind:thing`. Raises `interface.pick_kind_not_found`."""
    name, _, thing = code.partition(":")
    kind = known_pick_kinds().get(name)
    if kind is None or (thing and kind.narrow is None):
        raise refuse("interface.pick_kind_not_found")
    return replace(kind, find=kind.narrow(thing)) if thing and kind.narrow else kind


def meant(kind: PickKind, viewer: Any, text: str) -> Choice:
    """The one thing that a text means. Raises `interface.pick_unknown`, or `Unclear` with the likely ones."""
    typed = " ".join(text.split())
    if (by_value := _by_value(kind, viewer, typed)) is not None:
        return by_value
    found = likely(kind, viewer, typed)
    if not found:
        raise refuse("interface.pick_unknown", what=kind.name, text=typed)
    same = [one for one in found if fold(one.title) == fold(typed)]
    if len(same) == 1:
        return same[0]
    raise Unclear(kind, typed, same or found)


def likely(kind: PickKind, viewer: Any, text: str) -> Sequence[Choice]:
    """What a text may mean, at most twenty."""
    return kind.find(viewer, name_in(text), MOST_OFFERED)


def name_in(text: str) -> str:
    """The name in a line that was picked and then edited: what stands before the value."""
    return _VALUE_AT_END.sub("", text).strip()


def _by_value(kind: PickKind, viewer: Any, text: str) -> Choice | None:
    """The whole text is a value, or ends with one; of both the whole text counts first."""
    at_end = _VALUE_AT_END.search(text)
    asked = [text] if at_end is None else [text, at_end.group(1)]
    found = {one.value: one for one in kind.known(viewer, asked)}
    return next((found[value] for value in asked if value in found), None)
