"""Units sought by names that they do not bear on the day asked for: before a merger or a renaming, or after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cchc.organizations.models import Placement
from cchc.organizations.models.dated import during
from cchc.organizations.queries.lineage import lineage
from cchc.organizations.queries.units import first_name
from cchc.records.search import fold


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name from another time, as a placement with its unit; `on_day` is what stands for that unit on the day asked
    for: one unit, several after a split or before a merger, none before it was founded or after it was dissolved.
    """

    placement: Placement
    on_day: Sequence[Placement]

    @property
    def day_of(self) -> date:
        """A day on which it was called so: the last one known, else the first."""
        return self.placement.ends_on or self.placement.starts_on


def other_names(text: str, day: date, most: int, kind: str = "") -> list[OtherName]:
    """The first `most` units, by name, that were called so before that day or are called so after it, and not on the
    day itself; none for a text without a letter or digit. One query when nothing is found, else one more.
    """
    if not fold(text).split():
        return []
    return on_day(list(elsewhen(text, day, kind)[:most]), day)


def on_day(found: Sequence[Placement], day: date) -> list[OtherName]:
    """What stands on that day for units by names of another time. One query, none for none."""
    if not found:
        return []
    known = lineage({one.unit_id for one in found}, day)
    return [
        OtherName(one, known.heirs(one.unit_id) if one.starts_on <= day else known.origins(one.unit_id))
        for one in found
    ]


def elsewhen(text: str, day: date, kind: str = "") -> QuerySet[Placement]:
    """Placements with these words in their names that do not hold on the day, each name of a unit once: as it was last,
    or comes first; none of a unit that is called so on the day.
    """
    same = Placement.objects.filter(unit=OuterRef("unit"), search_key=OuterRef("search_key"))
    nearer_past = Q(starts_on__gt=OuterRef("starts_on"), ends_on__lt=day)
    nearer_future = Q(starts_on__gt=day, starts_on__lt=OuterRef("starts_on"))
    past = Q(ends_on__lt=day) & ~Exists(same.filter(nearer_past))
    future = Q(starts_on__gt=day) & ~Exists(same.filter(nearer_future | Q(ends_on__lt=day)))
    found = Placement.objects.filter(past | future).exclude(Exists(same.filter(during(day)))).select_related("unit")
    for word in fold(text).split():
        found = found.filter(search_key__contains=word)
    if kind:
        found = found.filter(kind=kind)
    return found.order_by("sort_key", "unit_id", "starts_on")


def name_above_then() -> Subquery:
    """What the parent of such a placement was called on its last day known, else its first: for annotating them."""
    then = Coalesce(OuterRef("ends_on"), OuterRef("starts_on"))
    began = Placement.objects.filter(unit=OuterRef("parent"), starts_on__lte=then)
    return first_name(began.filter(Q(ends_on=None) | Q(ends_on__gte=then)))
