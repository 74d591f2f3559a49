"""Notices whose matter is over: what they asked for was done, or fell away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import groupby

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.audit.recording import Subject, subject_of
from cchc.notices.audit_kinds import NOTICES_OVER
from cchc.notices.models import Notice
from cchc.notices.queries import going_on


@action
def end_notices(
    *, actor: Actor, now: datetime, kind: str, subject: Subject, recipients: Collection[int] | None = None
) -> int:  # fmt: skip
    """All of that kind about that object, to these officials or to everybody: they stay in the list, wait for nobody
    any more, and a mail of the day leaves them out. Answers how many.
    """
    found = going_on(kind, *subject_of(subject)).select_related("recipient")
    if recipients is not None:
        found = found.filter(recipient__in=recipients)
    rows = list(found.order_by("recipient_id", "pk"))
    if not rows:
        nothing_changed()
        return 0
    Notice.objects.filter(pk__in=[one.pk for one in rows]).update(over_at=now)
    for official, theirs in groupby(rows, key=lambda one: one.recipient.code):
        record(NOTICES_OVER, ("notices.List", official), after={"notices": [one.pk for one in theirs]})
    return len(rows)
