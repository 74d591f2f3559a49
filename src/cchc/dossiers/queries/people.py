"""Who is told of a dossier because of a role: whoever holds it over the unit, or over one above with all below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from cchc.organizations.models import Ancestry, RoleGrant
from cchc.organizations.models.dated import during


def holders_of_role(units: Collection[int], role: str, day: date) -> dict[int, Sequence[int]]:
    """By unit's key, the keys of the officials who hold the role nearest to it: over the unit itself, else over the
    nearest one above that covers it. Two queries; without units where nobody does.
    """
    links = Ancestry.objects.filter(during(day), descendant__in=units).order_by("descendant", "depth")
    above = list(links.values_list("descendant", "ancestor", "depth"))
    grants = RoleGrant.objects.on(day).filter(role=role, unit__in={one[1] for one in above}).order_by("official")
    held = defaultdict[int, list[tuple[int, bool]]](list)
    for unit, official, covers in grants.values_list("unit", "official", "covers_subtree"):
        held[unit].append((official, covers))
    found: dict[int, Sequence[int]] = {}
    for unit, ancestor, depth in above:
        people = [official for official, covers in held[ancestor] if covers or depth == 0]
        if people and unit not in found:
            found[unit] = sorted(set(people))
    return found


def in_charge(units: Collection[int], day: date) -> dict[int, Sequence[int]]:
    """Heads of the one-stop; of a unit without one its head. Four queries at most."""
    found = holders_of_role(units, "one_stop_head", day)
    left = set(units) - found.keys()
    return found | holders_of_role(left, "unit_head", day) if left else found
