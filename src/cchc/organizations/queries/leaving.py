"""What hangs on units that are to go: postings, roles, parts, and who follows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cchc.organizations.models import Placement, Posting, RoleGrant, Supervision, Unit
from cchc.organizations.reorganizing import Arrangement


@dataclass(frozen=True, slots=True)
class Leaving:
    """All that would be left behind from a day on, in a fixed order. `parts` are placements, one for each unit."""

    postings: Sequence[Posting]
    grants: Sequence[RoleGrant]
    parts: Sequence[Placement]

    @property
    def keys(self) -> set[str]:
        """As `Fates` names them."""
        return {
            *(f"posting-{one.pk}" for one in self.postings),
            *(f"grant-{one.pk}" for one in self.grants),
            *(f"part-{one.unit_id}" for one in self.parts),
        }


def leaving(arrangement: Arrangement) -> Leaving:
    """What hangs on the units of an arrangement; on one that goes on too where it is split. Three queries."""
    units = arrangement.units if arrangement.kind == "split" else arrangement.going
    day = arrangement.effective_on
    return Leaving(
        list(postings_left(units, day).order_by("unit_id", "-is_head", "official__sort_key", "pk")),
        list(grants_left(units, day).order_by("unit_id", "role", "official__sort_key", "pk")),
        [one for one in parts_left(units, day) if one.unit not in arrangement.into],
    )


def postings_left(units: Collection[Unit], day: date) -> QuerySet[Posting]:
    """Those that hold on that day or begin later."""
    return Posting.objects.not_over(day).filter(unit__in=list(units)).select_related("official", "unit")


def grants_left(units: Collection[Unit], day: date) -> QuerySet[RoleGrant]:
    """Those that hold on that day or begin later."""
    return RoleGrant.objects.not_over(day).filter(unit__in=list(units)).select_related("official", "unit")


def parts_left(units: Collection[Unit], day: date) -> list[Placement]:
    """What stands directly under them then or later, by name, each unit once. One query."""
    found = Placement.objects.not_over(day).filter(parent__in=list(units)).select_related("unit", "parent")
    return list({one.unit_id: one for one in found.order_by("sort_key", "starts_on", "pk")}.values())


def supervisions_left(units: Collection[Unit], day: date) -> list[Supervision]:
    """Where one of them follows another unit, or is followed, then or later. One query."""
    of_them = Q(unit__in=list(units)) | Q(supervisor__in=list(units))
    return list(Supervision.objects.not_over(day).filter(of_them).select_related("unit", "supervisor").order_by("pk"))
