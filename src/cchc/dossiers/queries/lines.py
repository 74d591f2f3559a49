"""In which line of a report by unit the dossiers of an office stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cchc.dossiers.permissions import READERS
from cchc.dossiers.queries.bodies import links_to_bodies, nearest_bodies
from cchc.interface.errors import current_language
from cchc.interface.together import Reads, all_of, made_of
from cchc.organizations.kinds import unit_kinds
from cchc.organizations.models import Placement
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a report: code and name of each body in the viewer's scope, and of offices whose body is not in it.
    What a unit received stands in the line of its body where there is one, else in one of its own.
    """

    known: dict[int, tuple[str, str]]
    bodies: Mapping[int, int]

    def line_of(self, unit: int, code: str, called: str | None) -> int:
        """The key of the line; a unit that is gone gets one under its last code."""
        body = self.bodies.get(unit, unit)
        line = body if body in self.known else unit
        self.known.setdefault(line, (code, called or code))
        return line


def reading_lines(viewer: Viewer, units: object, day: date) -> Reads[Lines]:
    """For these units (keys, or a query of them), as all were called on that day."""
    gathered = all_of([
        made_of(bodies_in(viewer, day, with_offices=True), list),
        made_of(links_to_bodies(units, day), nearest_bodies),
        made_of(links_to_bodies(_held_directly(viewer), day), nearest_bodies),
    ])  # fmt: skip
    return gathered.made(lambda found: _lines(*found))


def bodies_in(viewer: Viewer, day: date, *, with_offices: bool = False) -> QuerySet[Placement]:
    """Units with a level of their own in the viewer's scope, as they were on that day; `with_offices`: and those over
    which the viewer directly holds a role.
    """
    levelled = [id_ for id_, dated in unit_kinds().items() if dated.value.level]
    wanted = within(viewer.units_held(*READERS), day) & Q(kind__in=levelled)
    if with_offices:
        wanted |= Q(unit__in=_held_directly(viewer))
    return Placement.objects.filter(during(day), wanted).select_related("unit").order_by("sort_key", "pk")


def _held_directly(viewer: Viewer) -> list[int]:
    return sorted({hold.unit for hold in viewer.holds if hold.role in READERS})


def _lines(placed: Iterable[Placement], bodies: Mapping[int, int], of_held: Mapping[int, int]) -> Lines:
    language = current_language()
    known = {one.unit_id: (one.unit.code, one.name_in(language)) for one in placed}
    return Lines({key: said for key, said in known.items() if _stands_alone(key, of_held, known)}, bodies)


def _stands_alone(unit: int, of_held: Mapping[int, int], known: Mapping[int, object]) -> bool:
    body = of_held.get(unit, unit)
    return body == unit or body not in known
