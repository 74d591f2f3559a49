"""Objects of lower rooms that files can be cited for: the decisions by which units were founded, renamed, merged."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.urls import reverse

from cchc.files.citing import Citable
from cchc.interface.access import Verdict, denied
from cchc.interface.shapes import Link
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_change_unit, may_see_units
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

UNIT = "organizations.Unit"


def _visible_units(viewer: Viewer) -> QuerySet[Unit]:
    """Whoever may see units sees their decisions too."""
    return Unit.objects.all() if may_see_units(viewer) else Unit.objects.none()


def _may_cite_for_unit(viewer: Viewer, unit_id: str) -> Verdict:
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id.isdecimal() else None
    return denied("organizations.unit_not_found", code=unit_id) if unit is None else may_change_unit(viewer, unit)


def _links(ids: Collection[str], viewer: Viewer) -> Mapping[str, Link]:
    """As they are called that day; one that is gone by its code."""
    named = Unit.objects.filter(pk__in=ids).annotate(name=name_on(viewer.day, "pk")).order_by("pk")
    return {
        str(key): Link(name or code, reverse("organizations:unit", args=[code]))
        for key, code, name in named.values_list("pk", "code", "name")
    }


SUBJECTS = {UNIT: Citable(LocalText("Đơn vị", "Unit"), _visible_units, _may_cite_for_unit, _links)}
