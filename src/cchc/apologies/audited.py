"""Whose history may be read: letters of apology and mistakes. The right is that over the unit that received or settles
the dossier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from cchc.apologies.addresses import to_letter
from cchc.apologies.models import Letter, Mistake
from cchc.dossiers.addresses import to_dossier
from cchc.interface.access import Verdict
from cchc.interface.hosting.audited import Audited
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_read_audit
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_RELATED = ("dossier__unit", "dossier__settling_unit")


def _may_read(viewer: Viewer, one: Letter | Mistake) -> Verdict:
    return may_read_audit(viewer, one.dossier.unit) or may_read_audit(viewer, one.dossier.settling_unit)


def _codes(model: type[Letter] | type[Mistake]) -> Any:
    def names(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
        return made_of(model.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "dossier__code"), dict)

    return names


letter = Audited(
    Letter,
    LocalText("Văn bản xin lỗi", "Letter of apology"),
    _codes(Letter),
    to_letter,
    _may_read,
    related=_RELATED,
)
mistake = Audited(
    Mistake,
    LocalText("Sai sót của hồ sơ", "Mistake at a dossier"),
    _codes(Mistake),
    lambda one: to_dossier(one.dossier),
    _may_read,
    related=_RELATED,
)


def OF_UNITS(units: QuerySet[Unit], day: date) -> Iterable[QuerySet[Any]]:  # noqa: N802 - the name that the host looks for
    """Of dossiers that these units received or settle."""
    of_dossiers = Q(dossier__unit__in=units) | Q(dossier__settling_unit__in=units)
    return (Letter.objects.filter(of_dossiers), Mistake.objects.filter(of_dossiers))
