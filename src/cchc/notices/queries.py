"""Every read of this room."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from cchc.notices.letters import Letter, letters_of
from cchc.notices.models import Channel, Delivery, DeliveryState, Notice, Wishes
from cchc.notices.wishes import language_of
from cchc.organizations.models import Official, Posting
from cchc.organizations.models.dated import during
from cchc.organizations.permissions import ADMINISTRATOR
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse

_AT_ONCE: Final = 500  # keys in one query


def recipients_of(keys: Collection[int]) -> dict[int, Official]:
    """Officials by their keys."""
    return {
        key: one for some in parts_of(sorted(keys), _AT_ONCE) for key, one in Official.objects.in_bulk(some).items()
    }


def wishes_of(keys: Collection[int]) -> dict[int, Wishes]:
    """What those of them wish who wish anything."""
    return {key: one for some in parts_of(sorted(keys), _AT_ONCE) for key, one in Wishes.objects.in_bulk(some).items()}


def parts_of(keys: Sequence[int], size: int) -> Iterator[tuple[int, ...]]:
    """The keys in their order, at most `size` at a time."""
    return (tuple(keys[start : start + size]) for start in range(0, len(keys), size))


def notices_of(official: Official) -> QuerySet[Notice]:
    """The official's own list, newest first: what was told in the application."""
    shown = Delivery.objects.filter(notice=OuterRef("pk"), channel=Channel.IN_APP.value, state=DeliveryState.SENT.value)
    return Notice.objects.filter(Exists(shown), recipient=official).order_by("-pk")


def older(found: QuerySet[Any], last: Notice | Delivery | None) -> QuerySet[Any]:
    """The rest of a list behind its last row."""
    return found if last is None else found.filter(pk__lt=last.pk)


def unread_count(official: Official) -> int:
    """How many they have not opened yet and whose matter is not over: one query over an index of unread ones."""
    return notices_of(official).filter(read_at=None, over_at=None).count()


def going_on(kind: str, subject_type: str, subject_id: str) -> QuerySet[Notice]:
    """Of that kind about that object, to whomever, whose matter is not over."""
    return Notice.objects.filter(kind=kind, subject_type=subject_type, subject_id=subject_id, over_at=None)


def get_notice(number: int) -> Notice:
    """`permissions.may_read_notice` says who may see it. Raises `notices.notice_not_found`."""
    notice = Notice.objects.select_related("recipient").filter(pk=number).order_by("pk").first()
    if notice is None:
        raise refuse("notices.notice_not_found")
    return notice


def get_delivery(number: int) -> Delivery:
    """With its notice and recipient. Raises `notices.delivery_not_found`."""
    delivery = Delivery.objects.select_related("notice__recipient").filter(pk=number).order_by("pk").first()
    if delivery is None:
        raise refuse("notices.delivery_not_found")
    return delivery


def letters_waiting(deliveries: Sequence[int], *, as_digest: bool) -> list[Letter]:
    """The mails of those deliveries that are still to be sent. Two queries."""
    waiting = (
        Delivery.objects.filter(pk__in=deliveries, state=DeliveryState.QUEUED.value)
        .select_related("notice__recipient")
        .order_by("notice__recipient_id", "pk")
    )
    found = list(waiting)
    wishes = wishes_of({delivery.notice.recipient_id for delivery in found})
    languages = {key: language_of(one) for key, one in wishes.items()}
    return letters_of(found, languages, as_digest=as_digest)


def delivery_log(viewer: Viewer, state: str = "") -> QuerySet[Delivery]:
    """Deliveries to those who work, today, in units of which the viewer is administrator; newest first."""
    posted = Posting.objects.filter(during(viewer.day), within(viewer.units_held(ADMINISTRATOR), viewer.day))
    found = Delivery.objects.filter(notice__recipient__in=posted.values("official"))
    if state:
        found = found.filter(state=state)
    return found.select_related("notice__recipient").order_by("-pk")
