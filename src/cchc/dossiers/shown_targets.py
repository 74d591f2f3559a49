"""Targets as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cchc.dossiers.addresses import desk_crumbs
from cchc.dossiers.models import UnitTarget
from cchc.dossiers.permissions import may_see_dossiers
from cchc.dossiers.queries.targets import UnitTargets
from cchc.dossiers.targets import Distance
from cchc.interface.errors import current_language
from cchc.interface.shapes import Confirmation, Link
from cchc.interface.templatetags.figures import day, figure
from cchc.organizations.shown import name_of
from cchc.organizations.viewers import Viewer
from cchc.records.numbers import format_apart

_FIRST_YEAR, _LAST_YEAR = 2020, 2999


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A unit's line: the decision in words, what held before with its decisions; `change` and `end` lead on, empty for
    whoever may not.
    """

    of: UnitTargets
    name: str
    decision: str
    before: Sequence[tuple[UnitTarget, str]]
    change: str
    end: str

    @property
    def pk(self) -> int:
        """The key by which the list goes on."""
        return self.of.pk


def asked_year(request: HttpRequest) -> int:
    """`nam` of the address; the running year where it is none."""
    text = request.GET.get("nam", "")
    is_year = text.isascii() and text.isdecimal() and len(text) == 4 and _FIRST_YEAR <= int(text) <= _LAST_YEAR
    return int(text) if is_year else request.viewer.day.year


def year_links(request: HttpRequest, asked: int) -> list[Link]:
    """Next year, this one and the two before."""
    now = request.viewer.day.year
    years = sorted({asked, now + 1, now, now - 1, now - 2}, reverse=True)
    return [Link(str(year), f"?nam={year}", current=year == asked) for year in years]


def target_crumbs(viewer: Viewer, *, is_above: bool = False) -> list[Link]:
    """Down to the list of targets."""
    way = desk_crumbs() if may_see_dossiers(viewer) else []
    return [*way, Link(_("Targets"), reverse("dossiers:targets") if is_above else "")]


def initial_of(request: HttpRequest) -> dict[str, Any]:
    """What the address says of unit and year."""
    code = request.GET.get("don-vi", "")[:100].replace("\0", "")
    return {"units": [code] if code else [], "year": str(asked_year(request))}


def shown_targets(found: Iterable[UnitTargets], year: int) -> Sequence[TargetLine]:
    """With what the viewer may do about each."""
    return [_line(one, year) for one in found]


def ending_target(target: UnitTarget) -> Confirmation:
    """What is asked before a target ends."""
    said = {"share": percent_said(target.percent), "year": target.year}
    title = _("End the target of %(share)s for %(year)s?") % said
    effect = _("The unit has no target of this year any more; the record stays, with who ended it and why.")
    return Confirmation(title, effect, _("End the target"))


def decision_of(target: UnitTarget) -> str:
    """What it rests on, in words."""
    written = f"{target.number}, {day(target.issued_on)}" if target.number and target.issued_on else target.number
    return " · ".join(part for part in (written, target.basis.name if target.basis else "") if part)


def percent_said(percent: Decimal) -> str:
    """`82,5 %`, with the decimals that it has."""
    return f"{figure(Fraction(percent))}\N{NO-BREAK SPACE}%"


def distance_words(found: Distance) -> list[str]:
    """`thiếu 12,5 điểm %`, `còn thiếu 380 hồ sơ`."""
    return [_points(found.points), *([] if found.dossiers is None else [_dossiers(found.dossiers)])]


def _points(points: Fraction | None) -> str:
    if points is None:
        return _("nothing received")
    if not points:
        return _("exactly reached")
    said = {"points": format_apart(abs(points), [Fraction(0)], current_language())}
    return (
        _("%(points)s percentage points short") % said
        if points > 0
        else _("%(points)s percentage points beyond") % said
    )


def _dossiers(missing: int) -> str:
    if missing <= 0:
        return _("the number is reached")
    said = ngettext("%(n)s dossier short", "%(n)s dossiers short", missing)
    return said % {"n": figure(missing)}


def _line(one: UnitTargets, year: int) -> TargetLine:
    change = f"{reverse('dossiers:target-set')}?{urlencode({'don-vi': one.placed.unit.code, 'nam': year})}"
    end = reverse("dossiers:target-end", args=[one.held.pk]) if one.held else ""
    before = [(target, decision_of(target)) for target in one.ended]
    decision = decision_of(one.held) if one.held else ""
    return TargetLine(
        one, name_of(one.placed), decision, before, change if one.may_set else "", end if one.may_set else ""
    )
