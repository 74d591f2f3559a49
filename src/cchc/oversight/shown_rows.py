"""The shares behind a figure, and months beside each other, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.shapes import Link, Panel
from cchc.interface.together import Reads, all_of, made_of
from cchc.organizations.models import Ancestry, Placement
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import children
from cchc.organizations.shown import name_of
from cchc.organizations.viewers import Viewer
from cchc.oversight.addresses import board_crumbs, key_of, months_until, query_of, said_month, to_board
from cchc.oversight.figures import DOSSIERS, MINUTES, OVERDUE, SLOW, VERDICTS
from cchc.oversight.models import KeptShare
from cchc.oversight.permissions import WATCHERS
from cchc.oversight.queries.board import Asked, Tally, reading_months
from cchc.oversight.queries.rows import AskedHolder
from cchc.oversight.shown_board import Number, asked_in, numbers_of
from cchc.oversight.shown_words import OFFICIAL, kind_name, role_said

_LONGEST = 300
_COMPARED = (DOSSIERS, OVERDUE, *VERDICTS, SLOW, MINUTES)


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A share with its words."""

    share: KeptShare
    who: str
    role: str
    unit: str
    url: str
    standing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Compared:
    """Twelve months: a line of figures for each, and for each unit a drawing of overdue dossiers, scaled to `most`."""

    months: Sequence[tuple[str, str, Sequence[Number]]]
    panels: Sequence[Panel]
    periods: Sequence[str]
    most: int


def asked_holder(request: HttpRequest) -> AskedHolder:
    """Whose shares an address asks for (`shown_board.holder_query`)."""
    names = {
        "kind": "loai", "code": "nguoi", "name": "ten", "place": "o", "alone": "rieng", "unit_name": "ten-don-vi",
        "side": "phia",
    }  # fmt: skip
    return AskedHolder(**{name: request.GET.get(key, "")[:_LONGEST].replace("\0", "") for name, key in names.items()})


def holder_said(holder: AskedHolder) -> str:
    """In words; empty for everybody."""
    sides = {"nguoi": _("Officials"), "chung": _("Nobody in person"), "khac": _("Whom was waited for")}
    said = [sides.get(holder.side, ""), holder.unit_name if holder.alone else ""]
    if holder.kind and holder.kind != OFFICIAL:
        said.append(kind_name(holder.kind))
    return " · ".join(filter(None, [*said, holder.name]))


def share_lines(shares: Iterable[KeptShare]) -> list[ShareLine]:
    """Each with the way to its dossier."""
    return [
        ShareLine(
            share, _who(share), role_said(share.role), share.unit_said or share.unit_name,
            reverse("oversight:dossier", args=[share.dossier_id]), _standing(share),
        )
        for share in shares
    ]  # fmt: skip


def _who(share: KeptShare) -> str:
    if share.holder_kind != OFFICIAL:
        return kind_name(share.holder_kind)
    return share.official.name if share.official else share.holder_name or _("Official not named")


def _standing(share: KeptShare) -> list[str]:
    """Of one that is overdue: since when, and whether it is over."""
    if not share.is_overdue:
        return []
    return [
        _("Carried over from before") if share.is_carried_over else _("New in the month"),
        _("Settled") if share.is_returned else _("Still open"),
    ]


def unit_said(way: Sequence[Placement], asked: Asked) -> str:
    """What the unit is called."""
    return name_of(way[-1]) if way else asked.unit.code


def way_crumbs(way: Sequence[Placement], asked: Asked, viewer: Viewer) -> list[Link]:
    """From the board to the unit; what lies above it leads to its own board where the viewer sees that."""
    held = {hold.unit: hold.covers_subtree for hold in viewer.holds if hold.role in WATCHERS}
    above, covered = [], False
    for place in way[:-1]:
        is_seen = covered or place.unit_id in held
        covered = covered or held.get(place.unit_id, False)
        above.append(Link(name_of(place), to_board(asked_in(asked, place)) if is_seen else ""))
    return [*board_crumbs(), *above, Link(unit_said(way, asked))]


def comparing(asked: Asked) -> Reads[Compared]:
    """Three reads."""
    months = months_until(asked.month)
    below = children(asked.unit, asked.day)
    links = Ancestry.objects.filter(during(asked.day), ancestor__in=below.order_by().values("unit"))
    reads = (
        reading_months(asked, months),
        made_of(below, list),
        made_of(links.order_by("pk").values_list("descendant_id", "ancestor_id"), dict),
    )
    return all_of(reads).made(lambda found: _compared(asked, months, *found))


def _compared(
    asked: Asked, months: Sequence[date], tallies: Mapping[tuple[int | None, date], Tally],
    below: Sequence[Placement], child_of: Mapping[int, int],
) -> Compared:  # fmt: skip
    by_month = dict.fromkeys(months, Tally())
    by_child: dict[tuple[int, date], Tally] = {}
    for (unit, month), tally in tallies.items():
        by_month[month] += tally
        child = None if unit is None else child_of.get(unit)
        if child is not None:
            by_child[child, month] = by_child.get((child, month), Tally()) + tally
    lines = [
        (said_month(month), to_board(in_month, thang=key_of(month)), numbers_of(in_month, tally, _COMPARED))
        for month, tally in by_month.items()
        for in_month in [Asked(asked.unit, month, asked.day, asked.procedure, asked.role)]
    ]
    panels = [_panel(asked, place, months, by_child) for place in below]
    panels = [panel for panel in panels if any(panel.values)]
    most = max((int(value or 0) for panel in panels for value in panel.values), default=0)
    return Compared(lines, panels, [said_month(month) for month in months], max(most, 1))


def _panel(
    asked: Asked, place: Placement, months: Sequence[date], by_child: Mapping[tuple[int, date], Tally]
) -> Panel:  # fmt: skip
    there = asked_in(asked, place)
    values = [by_child.get((place.unit_id, month), Tally()).overdue for month in months]
    return Panel(name_of(place), values, f"{reverse('oversight:months')}?{query_of(there)}")
