"""Lists of a month: those in one's scope, one with all that is listed, the public ones, bodies that did not publish."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from cchc.organizations.kinds import unit_kinds
from cchc.organizations.models import Placement
from cchc.organizations.queries.units import name_on, within
from cchc.organizations.viewers import Viewer
from cchc.oversight.models import ListedItem, ListedOfficial, ListEntry, ListNotice, ListVersion, MonthlyList
from cchc.oversight.permissions import WATCHERS
from cchc.oversight.permissions_lists import KEEPERS
from cchc.oversight.published_list import Content
from cchc.oversight.several import MOST
from cchc.oversight.states_lists import PUBLISHED, WITHDRAWN
from cchc.records.errors import refuse

MOST_BODIES = 500
PART = 100
"""So many notices are taken along at once."""
_MOST_PARTS = 10_000


def visible_lists(viewer: Viewer) -> QuerySet[MonthlyList]:
    """Of the bodies in one's scope, the newest month first."""
    held = within(viewer.units_held(*WATCHERS), viewer.day)
    found = MonthlyList.objects.filter(held).select_related("unit").annotate(unit_name=name_on(viewer.day))
    return found.order_by("-month", "unit__code", "-pk")


def of_month(viewer: Viewer, month: date) -> QuerySet[MonthlyList]:
    """Those of a month, with how many people each names."""
    named = Count("listed", filter=Q(listed__official__isnull=False))
    return visible_lists(viewer).filter(month=month).annotate(people=named).order_by("unit__code", "-pk")


def get_list(viewer: Viewer, number: int) -> MonthlyList:
    """Raises `oversight.list_not_found`."""
    found = visible_lists(viewer).select_related("basis").filter(pk=number).first()
    if found is None:
        raise refuse("oversight.list_not_found")
    return found


def listed_in(list_: MonthlyList) -> QuerySet[ListedOfficial]:
    """Everybody listed, in their order."""
    return list_.listed.select_related("accountable").order_by("place")


def items_in(list_: MonthlyList) -> QuerySet[ListedItem]:
    """Every entry, in the order of those listed."""
    found = ListedItem.objects.filter(listed__list=list_).select_related("origin__listed__list")
    return found.order_by("listed__place", "place")


def awaiting_decision(list_: MonthlyList) -> QuerySet[ListedItem]:
    """Entries that were replied to, and that nobody decided about."""
    return ListedItem.objects.filter(listed__list=list_, replied_at__isnull=False, outcome="").order_by("pk")


def replied_in(list_: MonthlyList, after: int, also: Sequence[int]) -> QuerySet[ListedItem]:
    """Those of them behind the one of that key, and these beside, one more than a page."""
    found = awaiting_decision(list_).filter(Q(pk__gt=after) | Q(pk__in=also))
    return found.select_related("listed__list__unit", "origin__listed__list")[: MOST + 1]


def get_item_of(list_: MonthlyList, number: int) -> ListedItem:
    """An entry of the list. Raises `oversight.item_not_found`."""
    found = ListedItem.objects.filter(listed__list=list_, pk=number).select_related("listed__list__unit").first()
    if found is None:
        raise refuse("oversight.item_not_found")
    return found


def codes_in(list_: MonthlyList, keys: Sequence[int]) -> Mapping[int, str]:
    """By key the person and the dossier of entries of the list. One query."""
    found = ListedItem.objects.filter(listed__list=list_, pk__in=keys).order_by("pk")
    return {key: f"{name}, {code}" for key, name, code in found.values_list("pk", "listed__name", "code")}


def notices_of(list_: MonthlyList) -> QuerySet[ListNotice]:
    """Who was told, with the unit's name."""
    found = list_.notices.select_related("recipient", "listed", "unit")
    return found.annotate(unit_name=name_on(list_.month)).order_by("pk")


def history_of(list_: MonthlyList) -> QuerySet[ListEntry]:
    """The newest first."""
    return list_.entries.select_related("by").order_by("-pk")


def versions_of(list_: MonthlyList) -> QuerySet[ListVersion]:
    """The first one first."""
    return list_.versions.order_by("number")


def get_item(viewer: Viewer, number: int) -> ListedItem:
    """One's own, or of a list in one's scope. Raises `oversight.item_not_found`."""
    of_list = ("listed__list__unit", "listed__official", "listed__unit", "origin__listed__list")
    related = (*of_list, "replied_by", "decided_by", "kept")
    found = visible_items(viewer).filter(pk=number).select_related(*related).order_by("pk").first()
    if found is None:
        raise refuse("oversight.item_not_found")
    return found


def visible_items(viewer: Viewer) -> QuerySet[ListedItem]:
    """One's own entries, and those of lists in one's scope."""
    own = Q(listed__official=viewer.answers_as) if viewer.answers_as else Q(pk__in=[])
    return ListedItem.objects.filter(own | within(viewer.units_held(*WATCHERS), viewer.day, "listed__list__unit"))


def get_notice(viewer: Viewer, number: int) -> ListNotice:
    """One's own, or of a list in one's scope. Raises `oversight.notice_not_found`."""
    own = Q(recipient=viewer.answers_as) if viewer.answers_as else Q(pk__in=[])
    seen = own | within(viewer.units_held(*WATCHERS), viewer.day, "list__unit")
    related = ("list__unit", "recipient", "listed", "unit")
    found = ListNotice.objects.filter(seen, pk=number).select_related(*related).order_by("pk").first()
    if found is None:
        raise refuse("oversight.notice_not_found")
    return found


def items_of_notice(notice: ListNotice) -> QuerySet[ListedItem]:
    """Of whom it names; of a unit's head the entries at that unit and of who works there."""
    found = ListedItem.objects.select_related("listed", "origin__listed__list").filter(listed__list=notice.list_id)
    if notice.listed_id is not None:
        return found.filter(listed=notice.listed_id).order_by("place")
    at_unit = Q(listed__unit=notice.unit_id) | Q(
        listed__official__postings__unit=notice.unit_id, listed__official__postings__is_main=True
    )
    return found.filter(at_unit, listed__official__isnull=False).distinct().order_by("listed__place", "place")


def told_in(list_: MonthlyList, part: int) -> Mapping[ListNotice, Sequence[ListedItem]]:
    """Notices of a list, each with its entries: the part of that number, from 1, each of `PART` notices. Two queries,
    and one more for each unit's head.
    """
    first = (min(part, _MOST_PARTS) - 1) * PART
    notices = list(notices_of(list_)[first : first + PART]) if part > 0 else []
    named = defaultdict[int, list[ListedItem]](list)
    for item in items_in(list_).filter(listed__in=[one.listed_id for one in notices if one.listed_id]):
        named[item.listed_id].append(item)
    return {one: named[one.listed_id] if one.listed_id else list(items_of_notice(one)) for one in notices}


def bodies_on(day: date) -> QuerySet[Placement]:
    """Units that publish a list of their own: those of a level, as communes and departments are."""
    kinds = [id_ for id_, kind in unit_kinds().items() if kind.value.level is not None]
    return Placement.objects.on(day).filter(kind__in=kinds).select_related("unit").order_by("sort_key", "pk")


def kept_bodies(viewer: Viewer) -> QuerySet[Placement]:
    """Those whose lists the viewer keeps."""
    return bodies_on(viewer.day).filter(within(viewer.units_held(*KEEPERS), viewer.day))[:MOST_BODIES]


def without_publication(viewer: Viewer, month: date) -> QuerySet[Placement]:
    """Bodies in scope that have published no list of that month."""
    published = MonthlyList.objects.filter(month=month, published_at__isnull=False).exclude(state=WITHDRAWN)
    held = bodies_on(viewer.day).filter(within(viewer.units_held(*WATCHERS), viewer.day))
    return held.exclude(unit__in=published.values("unit"))[:MOST_BODIES]


@dataclass(frozen=True, slots=True)
class Public:
    """A list on the public page: every version, the one that is asked for and its content."""

    list: MonthlyList
    versions: Sequence[ListVersion]
    shown: ListVersion

    @property
    def content(self) -> Content:
        """What is shown."""
        content: Content = json.loads(self.shown.content)
        return content


def public_lists(day: date) -> QuerySet[MonthlyList]:
    """Those on the page on a day, the newest month first."""
    found = MonthlyList.objects.filter(state=PUBLISHED, expires_on__gte=day).select_related("unit", "basis")
    return found.annotate(unit_name=name_on(day)).order_by("-month", "unit__code", "pk")


def get_public(code: str, month: date, day: date, version: int | None = None) -> Public:
    """Raises `oversight.public_not_found`."""
    list_ = public_lists(day).filter(unit__code=code, month=month).first()
    if list_ is None:
        raise refuse("oversight.public_not_found")
    versions = list(versions_of(list_))
    shown = versions[-1] if version is None else next((one for one in versions if one.number == version), None)
    if shown is None:
        raise refuse("oversight.public_not_found")
    return Public(list_, versions, shown)


def get_body(code: str, day: date) -> Placement:
    """As it stands on a day. Raises `oversight.body_not_found`."""
    found = bodies_on(day).filter(unit__code=code).first()
    if found is None:
        raise refuse("oversight.body_not_found")
    return found
