"""What this room keeps: notices with their delivery log, and mails in the outbox folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from cchc.audit.actors import Actor
from cchc.notices.models import Delivery, DeliveryState, Notice
from cchc.organizations.queries.people import known_to_have_left
from cchc.privacy.kept import Due, Hold, Kept, kept_rows
from cchc.records.text import LocalText

_NOTICES: Final = "notices.notices"
_UNREAD: Final = "notices.unread_of_departed"


def _read(before: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(read_at__lt=before).order_by("pk")


def _delete_notices(*, actor: Actor, now: datetime, rows: Sequence[Notice]) -> None:
    keys = [notice.pk for notice in rows]
    Delivery.objects.filter(notice__in=keys).delete()
    Notice.objects.filter(pk__in=keys).delete()


notices = kept_rows(
    _NOTICES,
    LocalText("Thông báo đã đọc, kèm nhật ký gửi", "Notices that were read, with their delivery log"),
    "read",
    "delete",
    _read,
    _delete_notices,
)


def _left_unread(before: datetime) -> QuerySet[Notice]:
    left = known_to_have_left(localdate(before))
    return Notice.objects.filter(read_at=None, recipient__in=left.values("pk")).order_by("pk")


unread = kept_rows(
    _UNREAD,
    LocalText("Thông báo chưa đọc của người đã thôi việc", "Notices never read by officials who left"),
    "last_post_ended",
    "delete",
    _left_unread,
    _delete_notices,
)


def _waiting(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Notices of which a mail has not gone yet."""
    states = [DeliveryState.HELD.value, DeliveryState.QUEUED.value]
    return rows.filter(Exists(Delivery.objects.filter(notice=OuterRef("pk"), state__in=states)))


HOLDS: Final[dict[str, Hold]] = {_NOTICES: _waiting, _UNREAD: _waiting}


def _mails(before: datetime) -> Iterator[Path]:
    folder = Path(settings.CCHC_OUTBOX)
    found = folder.glob("*.eml") if folder.is_dir() else ()
    return (path for path in found if path.stat().st_mtime < before.timestamp())


def _delete_mails(*, actor: Actor, now: datetime, before: datetime, most: int) -> int:
    old = list(islice(_mails(before), most))
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


outbox = Kept(
    "notices.outbox",
    LocalText("Thư ghi ra thư mục chờ gửi", "Mails written into the outbox folder"),
    "made",
    "delete",
    lambda before: Due(sum(1 for _ in _mails(before))),
    _delete_mails,
)
