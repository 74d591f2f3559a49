"""Making the derived links anew after placements have changed; the cost is that of what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from cchc.organizations.closure import Placed, Span, links_of
from cchc.organizations.models import Ancestry, Placement
from cchc.organizations.queries.batches import BATCH, batches


def renew_links(changed: Iterable[int]) -> None:
    """Make the links of these units, and of all that ever stood under them, follow from the placements.

    A few queries for each level of the tree. Raises what `closure.links_of` refuses: a circle, a child placed on days
    on which its parent is not.
    """
    affected = _with_descendants(set(changed))
    placements = _with_ancestors(affected)
    links = [link for unit in sorted(affected) for link in links_of(unit, placements)]
    for some in batches(affected):
        Ancestry.objects.filter(descendant__in=some).delete()
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
        batch_size=BATCH,
    )


def _with_descendants(units: set[int]) -> set[int]:
    """By placements, not by links: a child placed in the same action has no link yet."""
    found, wave = set(units), set(units)
    while wave:
        below: set[int] = set()
        for some in batches(wave):
            parts = Placement.objects.filter(parent__in=some).order_by("pk")
            below.update(parts.values_list("unit_id", flat=True))
        wave = below - found
        found |= wave
    return found


def _with_ancestors(units: set[int]) -> dict[int, list[Placed]]:
    """The placements of these units and of all that ever stood above them."""
    placed: dict[int, list[Placed]] = defaultdict(list)
    known, wave = set(units), set(units)
    while wave:
        above: set[int] = set()
        for some in batches(wave):
            rows = Placement.objects.filter(unit__in=some).order_by("starts_on", "pk")
            for unit, parent, starts_on, ends_on in rows.values_list("unit_id", "parent_id", "starts_on", "ends_on"):
                placed[unit].append(Placed(unit, parent, Span(starts_on, ends_on or date.max)))
                above.update(() if parent is None else (parent,))
        wave = above - known
        known |= wave
    return placed
