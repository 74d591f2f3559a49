"""Where officials work on a day and what units are called, read for a page together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cchc.audit.actors import Capacity
from cchc.dossiers.queries.leading import Tally
from cchc.interface.together import Reads
from cchc.organizations.models import Posting, Unit
from cchc.organizations.queries.people import capacities
from cchc.organizations.queries.units import name_on


def finding_workplaces(
    tallies: Sequence[Tally], day: date
) -> Reads[tuple[Mapping[int, Capacity], Mapping[int, tuple[str, str]]]]:
    """By official's key where each works; by unit's key its code and name. Two reads, one question."""
    holders = {one.holder for one in tallies if one.holder is not None}
    held = Posting.objects.on(day).filter(official__in=holders).annotate(unit_name=name_on(day)).order_by("pk")
    works = held.values_list("official_id", "is_main", "post", "unit_name")
    named = Unit.objects.filter(pk__in={one.unit for one in tallies}).annotate(name=name_on(day, "pk")).order_by("pk")
    units = named.values_list("pk", "code", "name")
    return Reads(
        [works, units], lambda: (capacities(works), {key: (code, name or code) for key, code, name in units})
    )  # fmt: skip
