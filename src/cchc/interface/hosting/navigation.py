"""The main pages that officials go to, in the header. A room lists its own in its module `navigation`:

units = Place("organizations.units", "organizations:units", gettext_lazy("Units"))
changes = Place("organizations.changes", "organizations:changes", gettext_lazy("Log"), may_read_changes)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    those whom a permission allows that asks the database nothing (every page asks it).
    """

    code: str
    route: str
    name: str | Promise
    for_whom: Callable[[Any], Verdict] | None = None


@cache
def known_places() -> Mapping[str, Place]:
    """Every entry by its code, lower rooms first."""
    return offers("navigation", Place)


def places_from(path: str, viewer: Any) -> list[dict[str, object]]:
    """The viewer's entries with `text`, `url`, and whether the page at `path` is or stands under one: `current`."""
    shown = [one for one in known_places().values() if one.for_whom is None or one.for_whom(viewer)]
    found = [(place.name, reverse(place.route)) for place in shown]
    return [{"text": name, "url": url, "current": path.startswith(url)} for name, url in found]
