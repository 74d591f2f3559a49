"""Entries of lists, for which files can be cited: the evidence of a reply."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from cchc.files.citing import Citable, Subject
from cchc.interface.access import Verdict, denied
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.oversight.addresses_lists import to_item
from cchc.oversight.models import ListedItem
from cchc.oversight.permissions_lists import may_reply
from cchc.oversight.policies import may_be_replied
from cchc.oversight.queries.lists import visible_items
from cchc.records.text import LocalText

ITEM: Final = "oversight.ListedItem"


def subject_of(item: ListedItem) -> Subject:
    """An entry as files know it."""
    return (ITEM, str(item.pk))


def may_add_evidence(viewer: Viewer, item: ListedItem) -> Verdict:
    """Who is named, while the entry may be replied to."""
    return may_reply(viewer, item) and may_be_replied(item, timezone.now())


def _visible(viewer: Viewer) -> QuerySet[ListedItem]:
    return visible_items(viewer).order_by("pk")


def _may_cite(viewer: Viewer, id_: str) -> Verdict:
    found = _visible(viewer).select_related("listed__list") if id_.isdecimal() else ListedItem.objects.none()
    item = found.filter(pk=id_).first() if id_.isdecimal() else None
    return denied("oversight.item_not_found") if item is None else may_add_evidence(viewer, item)


def _links(ids: Collection[str], _viewer: Viewer) -> Mapping[str, Link]:
    found = ListedItem.objects.filter(pk__in=ids).order_by("pk")
    return {str(one.pk): Link(one.code, to_item(one)) for one in found}


LISTED_ITEM: Final = Citable(
    LocalText("Mục trong danh sách tháng", "Entry of a monthly list"), _visible, _may_cite, _links
)
