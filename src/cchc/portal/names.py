"""What units of a published round are called today, where the register knows beyond doubt which ones they are.

A round keeps the names as printed. A unit of the register is meant by one when, at the end of the round's year, it was
called so (tone marks aside, without `UBND` before it) and stood under a unit that the place of the round names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from cchc.organizations.models import Placement
from cchc.organizations.queries.units import heirs, name_on, placed_on
from cchc.organizations.shown import name_of
from cchc.portal.models import PublishedResult, PublishedRound
from cchc.records.search import fold

_BODY: Final = "ubnd "  # how reports call a commune: by its People's Committee


def names_today(
    published: PublishedRound, results: Iterable[PublishedResult], day: date
) -> Mapping[int, Sequence[str]]:
    """By key of the result: what carries the unit on at that day, where that is called otherwise. One query; a few more
    for each generation of mergers when the register knows one of them.
    """
    year_end = date(published.year, 12, 31)
    wanted = {result.pk: _bare(result.unit_name) for result in results}
    if year_end >= day or not wanted:
        return {}
    units = _known(set(wanted.values()), published, year_end)
    now = heirs([one.unit_id for one in units.values()], day) if units else {}
    found = {key: (units[name], now[units[name].unit_id]) for key, name in wanted.items() if name in units}
    return {
        key: [name_of(heir) for heir in there] for key, (was, there) in found.items()
        if [heir.name_vi for heir in there] not in ([], [was.name_vi])
    }  # fmt: skip


def called_today(published: PublishedRound, text: str, day: date) -> frozenset[int]:
    """The keys of results whose unit is carried on at that day by one with these words in its name."""
    words = fold(text)
    named = names_today(published, published.results.order_by("pk").only("pk", "unit_name"), day)
    return frozenset(key for key, names in named.items() if any(words in fold(name) for name in names))


def _known(names: set[str], published: PublishedRound, day: date) -> Mapping[str, Placement]:
    """By folded name: the one unit that is meant; without names of none or of several."""
    place = {fold(part) for part in published.place_vi.split(",")}
    placed = placed_on(day).filter(search_key__in=names).annotate(above=name_on(day, "parent"))
    found: dict[str, list[Placement]] = defaultdict(list)
    for one in placed:
        if one.above and fold(one.above) in place:
            found[one.search_key].append(one)
    return {name: meant[0] for name, meant in found.items() if len(meant) == 1}


def _bare(name: str) -> str:
    return fold(name).removeprefix(_BODY)
