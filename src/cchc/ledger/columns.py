"""Finding the columns a mapping names in what a log has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from cchc.ledger.mapping import column_name
from cchc.records.errors import Place, Unreadable, refuse, unreadable

# Beside the log's own columns, under names that no heading has.
ROW: Final = "\x1frow"
TORN: Final = "\x1ftorn"
ROWS_LOOKED_AT: Final = 200
_NEARLY_FULL: Final = 0.8


def find_heading(rows: Sequence[Sequence[str]], wanted: Sequence[str] | None) -> int | None:
    """Which of the first rows is the heading: the first with all `wanted` names, else the one with the most of them.

    Without `wanted` it is the first row about as wide as most. None when there is no row with anything in it.
    """
    names = [[column_name(cell) for cell in row] for row in rows[:ROWS_LOOKED_AT]]
    if wanted is None:
        widths = Counter(sum(map(bool, row)) for row in names if any(row))
        usual = widths.most_common(1)[0][0] if widths else 1
        return next((at for at, row in enumerate(names) if sum(map(bool, row)) >= max(1, _NEARLY_FULL * usual)), None)
    hits = [len(set(wanted).intersection(row)) for row in names]
    if any(hits):
        return hits.index(max(hits))
    return next((at for at, row in enumerate(names) if any(row)), None)


def places_of(heading: Sequence[str], wanted: Sequence[str] | None, place: Place) -> dict[str, int]:
    """Where each wanted column stands, by name; without `wanted`, every named column by its first place.

    Raises `ledger.column_missing`, and `tables.heading_twice` when a wanted name stands over two columns.
    """
    names = [column_name(cell) for cell in heading]
    if wanted is None:
        return {name: names.index(name) for name in names if name}
    check_all_there(wanted, names, place)
    for name in wanted:
        if names.count(name) > 1:
            raise refuse("tables.heading_twice", place, name=name)
    return {name: names.index(name) for name in wanted}


def by_name(names: Iterable[str], wanted: Sequence[str] | None, place: Place) -> Mapping[str, str]:
    """The spelling in the file of each wanted column. Raises as `places_of` does."""
    spelled = list(names)
    return {name: spelled[at] for name, at in places_of(spelled, wanted, place).items()}


def check_all_there(wanted: Sequence[str], names: Iterable[str], place: Place) -> None:
    """Raise `ledger.column_missing` for wanted names that are not there."""
    there = sorted(filter(None, set(names)))
    missing = [name for name in wanted if name not in there]
    if missing:
        raise _lacks(missing, there, place)


def _lacks(missing: Sequence[str], there: Sequence[str], place: Place) -> Unreadable:
    near = dict.fromkeys(near for name in missing for near in get_close_matches(name, there, n=2))
    return unreadable("ledger.column_missing", place, names=missing, columns=list(near) or there)
