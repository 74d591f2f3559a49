"""The main pages that officials go to, in the header. A room lists its own in its module `navigation`:

units = Place("organizations.units", "organizations:units", gettext_lazy("Units"))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.functional import Promise

from cchc.interface.rooms import offers


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: the name of a route without parameters, and what it is called."""

    code: str
    route: str
    name: str | Promise


@cache
def known_places() -> Mapping[str, Place]:
    """Every entry by its code, lower rooms first."""
    return offers("navigation", Place)


def places_from(path: str) -> list[dict[str, object]]:
    """The entries with `text`, `url`, and whether the page at `path` is or stands under one: `current`."""
    found = [(place.name, reverse(place.route)) for place in known_places().values()]
    return [{"text": name, "url": url, "current": path.startswith(url)} for name, url in found]
