"""Parts of another room's page. The page says where they may stand, `{% panels "organizations.unit" unit %}`; a room
above lists its own in its module `panels`, and neither imports the other:

@panel("inspections.of_unit", "organizations.unit", LocalText("Kiểm tra", "Inspections"), "inspections/parts/unit.html")
def inspections(viewer: Viewer, unit: Unit) -> Mapping[str, object] | None:
    ...                                     # what the template needs; None when there is nothing to show, or no right;
                                            # or `Reads` of that, so that all panels of a page are read together
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from cchc.interface.rooms import offers
from cchc.interface.together import Reads, all_of
from cchc.records.text import LocalText

Context = Mapping[str, object] | None
Gather = Callable[[Any, Any], "Context | Reads[Context]"]
Shown = Sequence[tuple["PagePanel", Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class PagePanel:
    """One part: on which page (`host`), under which heading, from which template."""

    code: str
    host: str
    title: LocalText
    template: str
    gather: Gather


def panel(code: str, host: str, title: LocalText, template: str) -> Callable[[Gather], PagePanel]:
    """Make a function `(viewer, what the page is about) → context | None` a panel, `room.what_it_shows`."""

    def make(gather: Gather) -> PagePanel:
        return PagePanel(code, host, title, template, gather)

    return make


@cache
def known_panels() -> Mapping[str, PagePanel]:
    """Every panel by its code, lower rooms first."""
    return offers("panels", PagePanel)


def panels_on(host: str, viewer: Any, subject: Any) -> Reads[Shown]:
    """The panels that have something to show on this page, with what their templates need."""
    asked = [one for one in known_panels().values() if one.host == host]
    gathered = all_of([one.gather(viewer, subject) for one in asked])
    return gathered.made(
        lambda given: [(one, context) for one, context in zip(asked, given, strict=True) if context is not None]
    )
