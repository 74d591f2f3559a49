"""What can be picked by name in this room: units and officials of today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from cchc.interface.hosting.picking import Choice, PickKind, pick_kind
from cchc.interface.together import answer
from cchc.organizations.fields import FITTING, NEAR
from cchc.organizations.kinds import may_merge, unit_kinds
from cchc.organizations.models import Official, Placement, Unit
from cchc.organizations.permissions import ADMINISTRATOR, may_see_units
from cchc.organizations.queries import naming, people, units
from cchc.organizations.queries.deputies import working_near
from cchc.organizations.queries.renamed import other_names
from cchc.organizations.shown import name_of, shown_kind
from cchc.organizations.viewers import Viewer
from cchc.records.search import fold
from cchc.records.text import LocalText

_UNIT: Final = LocalText("đơn vị", "unit")


def known_units(viewer: Viewer, codes: Collection[str]) -> Sequence[Choice]:
    """By code: as they are called, or were last called. One query, from which the viewer also knows what stands above
    each; two more for units that are no more.
    """
    if not may_see_units(viewer):
        return []
    placed = {one.unit.code: (one, above) for one, above in units.placed_with_ways(codes, viewer.day)}
    for one, way in placed.values():
        viewer.know_above(one.unit, way)
    found = [_unit(one) for one, _ in placed.values()]
    if left := set(codes) - placed.keys():
        over = {one.pk: one for one in Unit.objects.filter(code__in=left).order_by("pk")}
        names = answer(naming.units(over))
        found += [Choice(one.code, names[key], subject=one) for key, one in over.items()]
    return found


@pick_kind("organizations.unit", _UNIT, known=known_units)
def any_unit(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """Units of today by name, else by a former name. One query; a few more when nothing of today is called so."""
    return units_named(viewer, text, most)


def units_named(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """The same, for rooms that offer some of them."""
    return [_unit(one) for one in _units(viewer, text)[:most]] or _formerly(viewer, text, most)


@pick_kind("organizations.unit_administered", _UNIT, known=known_units)
def administered_unit(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """Those that the viewer administers. One query."""
    return units_within(viewer, text, most, viewer.units_held(ADMINISTRATOR))


def units_within(viewer: Viewer, text: str, most: int, above: Q) -> list[Choice]:
    """Those that stand under units, or are them, that `above`, a condition on `Ancestry`, names. One query."""
    return [_unit(one) for one in _units(viewer, text).filter(units.within(above, viewer.day))[:most]]


def _of_family(family: str) -> PickKind:
    kinds = [kind for kind in unit_kinds() if may_merge(kind, family)]

    def find(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
        held = units.within(viewer.units_held(ADMINISTRATOR), viewer.day)
        return [_unit(one) for one in _units(viewer, text).filter(held, kind__in=kinds)[:most]]

    return pick_kind(f"{FITTING}{family}", _UNIT, known=known_units)(find)


like_province = _of_family("province")
"""Units that the viewer administers and that may merge with a province; so the others. One query."""
like_department = _of_family("department")
like_district = _of_family("district")
like_commune = _of_family("township")
like_office = _of_family("one_stop")


def known_officials(viewer: Viewer, codes: Collection[str]) -> Sequence[Choice]:
    """By the number in the personnel list. One query."""
    if not may_see_units(viewer):
        return []
    return [_official(one) for one in people.search_officials("", viewer.day).filter(code__in=codes)]


@pick_kind("organizations.official", LocalText("cán bộ", "official"), known=known_officials)
def officials(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """By name or number. One query."""
    return officials_among(viewer, text, most)


@pick_kind(NEAR, LocalText("cán bộ", "official"), known=known_officials)
def officials_near(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """Whom the viewer may name as deputy. Who is called exactly so and works elsewhere is found, too: so that whoever
    names them is told why it is refused. Two queries at most.
    """
    near = working_near(viewer.postings, viewer.day).exclude(pk=viewer.official.pk if viewer.official else None)
    found = officials_among(viewer, text, most, near)
    return found or [one for one in officials_among(viewer, text, most) if fold(one.title) == fold(text)]


def officials_among(viewer: Viewer, text: str, most: int, among: QuerySet[Official] | None = None) -> Sequence[Choice]:
    """By name or number, of those given or of all. One query."""
    if not may_see_units(viewer):
        return []
    found = people.search_officials(text, viewer.day)
    if among is not None:
        found = found.filter(pk__in=among.order_by().values("pk"))
    ranked = found.annotate(nearness=_nearness(text)).order_by("nearness", "sort_key", "pk")
    return [_official(one) for one in ranked[:most]]


def _units(viewer: Viewer, text: str) -> QuerySet[Placement]:
    """The likeliest first: the very name, then the viewer's own units, then names that begin so."""
    if not may_see_units(viewer):
        return Placement.objects.none()
    found = units.search_units(units.UnitSearch(text), viewer.day)
    own = When(unit__in=viewer.units, then=Value(1))
    return found.annotate(nearness=_nearness(text, own)).order_by("nearness", "sort_key", "unit_id")


def _formerly(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """What carries on the units that were called so before a merger or a renaming, the former name in the note."""
    if not may_see_units(viewer):
        return []
    choices = dict[str, Choice]()
    for other in other_names(text, viewer.day, most):
        note = _("formerly %(name)s") % {"name": name_of(other.placement)}
        for heir in other.on_day:
            choices.setdefault(heir.unit.code, Choice(heir.unit.code, name_of(heir), note, heir.unit))
    return list(choices.values())[:most]


def _nearness(text: str, *near: When) -> Case:
    typed = fold(text)
    ranks: Iterable[When] = (When(Q(search_key=typed), then=Value(0)), *near)
    if typed:
        ranks = (*ranks, When(search_key__startswith=typed, then=Value(2)))
    return Case(*ranks, default=Value(3), output_field=IntegerField())


def _unit(one: Placement) -> Choice:
    note = ", ".join(note for note in (shown_kind(one.kind), getattr(one, "above", None)) if note)
    return Choice(one.unit.code, name_of(one), note, one.unit)


def _official(one: Official) -> Choice:
    return Choice(one.code, one.name, ", ".join(part for part in (one.post, one.unit_name) if part))
