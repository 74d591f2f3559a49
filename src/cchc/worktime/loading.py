"""A calendar with all that it extends: packaged by id, or a file with its parents beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from cchc.records.errors import Place, refuse, unreadable
from cchc.worktime.reading import read_rules
from cchc.worktime.rules import CalendarRules

Lineage = tuple[CalendarRules, ...]
Finder = Callable[[str], CalendarRules | None]


def load_lineage(source: str | Path) -> Lineage:
    """The calendar of a file, or a shipped one by its id (`vn`), after all that it extends, farthest first.

    A parent is looked for among the shipped ones, then as `<id>.yaml` beside the file.
    """
    path = Path(source)
    if path.is_file():
        return with_parents(read_rules(_read(path), path.name), lambda id: packaged(id) or _beside(path, id))
    rules = packaged(str(source))
    if rules is None:
        raise unreadable("worktime.calendar_not_found", Place(str(source)), packaged=packaged_ids())
    return with_parents(rules, packaged)


def with_parents(rules: CalendarRules, find: Finder) -> Lineage:
    """`rules` after the calendars it extends, farthest first; `find` gives the calendar of an id.

    Raises `worktime.parent_not_found` and `worktime.extends_itself`.
    """
    lineage, seen = [rules], {rules.id}
    while (parent := lineage[-1].extends) is not None:
        if parent in seen:
            raise refuse("worktime.extends_itself", lineage[-1].place, id=parent, chain=[r.id for r in lineage])
        found = find(parent)
        if found is None:
            raise refuse("worktime.parent_not_found", lineage[-1].place, id=parent, packaged=packaged_ids())
        lineage.append(found)
        seen.add(parent)
    return tuple(reversed(lineage))


def packaged_ids() -> tuple[str, ...]:
    """The ids of the calendars that come with the product, in order."""
    names = (entry.name for entry in _packaged_folder().iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@cache
def packaged(id: str) -> CalendarRules | None:
    """The calendar that comes with the product under that id, alone."""
    if id not in packaged_ids():
        return None
    entry = _packaged_folder() / f"{id}.yaml"
    return _named(read_rules(entry.read_bytes(), entry.name), id)


def _beside(path: Path, id: str) -> CalendarRules | None:
    parent = path.with_name(f"{id}.yaml")
    return _named(read_rules(_read(parent), parent.name), id) if parent.is_file() else None


def _named(rules: CalendarRules, id: str) -> CalendarRules:
    """Raises `worktime.other_id` when a file holds another calendar than its name says."""
    if rules.id != id:
        raise refuse("worktime.other_id", rules.place, id=rules.id, expected=id)
    return rules


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable("worktime.calendar_not_readable", Place(str(path)), detail=error.strerror or "") from error


def _packaged_folder() -> Traversable:
    return resources.files("cchc.worktime") / "calendars"
