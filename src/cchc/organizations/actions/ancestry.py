"""Making the derived links anew after placements have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from cchc.organizations.closure import Placed, Span, links_of
from cchc.organizations.models import Ancestry, Placement

_BATCH = 2_000


def renew_links(changed: Iterable[int]) -> None:
    """Make the links of these units, and of all that ever stood under them, follow from the placements.

    Raises what `closure.links_of` refuses: a circle, a child placed on days on which its parent is not.
    """
    affected = _with_descendants(set(changed))
    placements = _placements()
    links = [link for unit in sorted(affected) for link in links_of(unit, placements)]
    Ancestry.objects.filter(descendant__in=affected).delete()
    Ancestry.objects.bulk_create(
        [
            Ancestry(
                ancestor_id=link.ancestor,
                descendant_id=link.descendant,
                depth=link.depth,
                starts_on=link.span.start,
                ends_on=None if link.span.end == date.max else link.span.end,
            )
            for link in links
        ],
        batch_size=_BATCH,
    )


def _with_descendants(units: set[int]) -> set[int]:
    """By the links as they are, and by placements: a child placed in the same action has no link yet."""
    below: dict[int, set[int]] = defaultdict(set)
    pairs = Placement.objects.filter(parent__isnull=False).values_list("parent_id", "unit_id").order_by("pk")
    for parent, child in pairs:
        below[parent].add(child)
    found, left = set(units), list(units)
    while left:
        fresh = below[left.pop()] - found
        found |= fresh
        left.extend(fresh)
    return found


def _placements() -> dict[int, list[Placed]]:
    placed: dict[int, list[Placed]] = defaultdict(list)
    rows = Placement.objects.values_list("unit_id", "parent_id", "starts_on", "ends_on").order_by("starts_on", "pk")
    for unit, parent, starts_on, ends_on in rows:
        placed[unit].append(Placed(unit, parent, Span(starts_on, ends_on or date.max)))
    return placed
