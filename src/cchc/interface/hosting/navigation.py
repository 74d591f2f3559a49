"""The main pages that officials go to, in the header. A room lists its own in its module `navigation`:

UNITS = "organizations.units"
units = Place(UNITS, "organizations:units", gettext_lazy("Units"))
officials = Place("organizations.officials", "organizations:officials", gettext_lazy("Officials"), under=UNITS)

The header holds few: what belongs to a page of this room or a lower one stands `under` it, in a row of its own on all
pages of that group.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from cchc.interface.access import Verdict
from cchc.interface.rooms import offers


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: the name of a route without parameters, what it is called, and who finds it there: everybody, or
    those whom a permission allows that asks the database nothing (every page asks it). `under` is the code of the entry
    to whose group it belongs; whoever does not find that one finds this in the header.
    """

    code: str
    route: str
    name: str | Promise
    for_whom: Callable[[Any], Verdict] | None = None
    under: str = ""


@cache
def known_places() -> Mapping[str, Place]:
    """Every entry by its code, lower rooms first."""
    return offers("navigation", Place)


def groups_for(viewer: Any) -> Sequence[Sequence[Place]]:
    """The viewer's entries: of each group first the one in the header, then what stands under it."""
    shown = [one for one in known_places().values() if one.for_whom is None or one.for_whom(viewer)]
    heads = {one.code for one in shown if not one.under}
    above = [one for one in shown if one.under not in heads]
    return [[head, *(one for one in shown if one.under == head.code)] for head in above]


def places_from(path: str, viewer: Any) -> list[dict[str, object]]:
    """The header's entries with `text`, `url`, and whether the page at `path` stands in their group: `current`."""
    groups = groups_for(viewer)
    reached = {group[0].code: _reach(path, group) for group in groups}
    longest = max(reached.values(), default=0)
    return [_shown(group[0], current=0 < longest == reached[group[0].code]) for group in groups]


def places_beside(path: str, viewer: Any) -> list[dict[str, object]]:
    """The same of the group in which the page stands; empty where its main page stands alone."""
    group = max(groups_for(viewer), key=lambda one: _reach(path, one), default=())
    longest = _reach(path, group)
    if not longest or len(group) == 1:
        return []
    return [_shown(one, current=_reach(path, [one]) == longest) for one in group]


def _reach(path: str, places: Sequence[Place]) -> int:
    """How much of the path the nearest of these says; 0 where it stands under none."""
    return max((len(url) for url in (reverse(one.route) for one in places) if path.startswith(url)), default=0)


def _shown(place: Place, *, current: bool) -> dict[str, object]:
    return {"text": place.name, "url": reverse(place.route), "current": current}
