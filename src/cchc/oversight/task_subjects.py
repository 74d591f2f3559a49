"""What tasks of this room belong to: cases of responsibility, entries of lists of a month, late dossiers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.followups.subjects import TaskSubject
from cchc.interface.shapes import Link
from cchc.oversight.addresses_lists import to_item
from cchc.oversight.citations_cases import CASE
from cchc.oversight.citations_lists import ITEM
from cchc.oversight.models import KeptDossier, ListedItem
from cchc.records.text import LocalText

KEPT: Final = "oversight.KeptDossier"


def _cases(ids: Collection[str]) -> Mapping[str, Link]:
    """By their number, which names nobody. No query."""
    return {id_: Link(_("Case %(number)s") % {"number": id_}, reverse("oversight:case", args=[id_])) for id_ in ids}


def _items(ids: Collection[str]) -> Mapping[str, Link]:
    found = ListedItem.objects.filter(pk__in=[int(id_) for id_ in ids]).order_by("pk")
    return {str(one.pk): Link(one.code, to_item(one)) for one in found}


def _dossiers(ids: Collection[str]) -> Mapping[str, Link]:
    found = KeptDossier.objects.filter(pk__in=[int(id_) for id_ in ids]).order_by("pk")
    return {str(one.pk): Link(one.code, reverse("oversight:dossier", args=[one.pk])) for one in found}


SUBJECTS: Final[Mapping[str, TaskSubject]] = {
    CASE: TaskSubject(LocalText("Hồ sơ xem xét trách nhiệm", "Case of responsibility"), _cases),
    ITEM: TaskSubject(LocalText("Mục trong danh sách tháng", "Entry of a monthly list"), _items),
    KEPT: TaskSubject(LocalText("Hồ sơ chậm, quá hạn", "Slow or overdue dossier"), _dossiers),
}
