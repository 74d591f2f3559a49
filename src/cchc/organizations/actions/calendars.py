"""Bringing a working calendar in."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.audit_kinds import CALENDAR_BROUGHT_IN
from cchc.organizations.bringing_in import text_of
from cchc.organizations.models import Official, OwnCalendar, Unit
from cchc.records.errors import refuse
from cchc.records.sources import Source
from cchc.worktime import Calendar


@action
def bring_in_calendar(
    *, actor: Actor, now: datetime, unit: Unit, calendar: Calendar, file: str, source: Source,
    official: Official | None = None,
) -> OwnCalendar:  # fmt: skip
    """From now on the unit and all below may choose it. The event names its hash, not its content.

    Raises `organizations.calendar_known` for a code that was brought in before.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    if OwnCalendar.objects.filter(code=calendar.id).exists():
        raise refuse("organizations.calendar_known", code=calendar.id)
    content = text_of(calendar)
    made = OwnCalendar.objects.create(
        code=calendar.id,
        unit=unit,
        title_vi=calendar.title.vi,
        title_en=calendar.title.en,
        first=calendar.first,
        last=calendar.last,
        content=content,
        content_hash=sha256(content.encode()).hexdigest(),
        file=file,
        source_document=source.document,
        source_on=source.on,
        brought_in_by=official,
        brought_in_as=str(actor.capacity or ""),
        brought_in_at=now,
    )
    said = {name: value for name, value in values_of(made).items() if name != "content"}
    record(CALENDAR_BROUGHT_IN, made, after=said, personal=official is not None)
    return made
