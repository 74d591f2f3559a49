"""What was read."""

from __future__ import annotations

from datetime import datetime

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.notices.audit_kinds import NOTICES_READ
from cchc.notices.queries import notices_of
from cchc.organizations.models import Official


@action
def mark_read(*, actor: Actor, now: datetime, official: Official, only: int | None = None, until: int = 0) -> int:
    """One notice of theirs, or all up to the newest that they saw (its key); how many were unread until now."""
    unread = notices_of(official).filter(read_at=None)
    unread = unread.filter(pk=only) if only is not None else unread.filter(pk__lte=until)
    keys = list(unread.order_by("pk").values_list("pk", flat=True))
    if not keys:
        nothing_changed()
        return 0
    count: int = unread.update(read_at=now)
    record(NOTICES_READ, ("notices.List", official.code), after={"notices": keys})
    return count
