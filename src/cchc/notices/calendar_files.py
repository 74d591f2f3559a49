"""The calendar file of a notice with a due moment (RFC 5545): one entry at that moment, which a later one replaces."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Alarm, Calendar, Event

from cchc.notices.models import Notice
from cchc.notices.said import full_address, page_of_notice, said
from cchc.records.text import Language

METHOD: Final = "PUBLISH"
FILE_NAME: Final = "lich.ics"
_BEFORE: Final = timedelta(days=1)


def calendar_file(notice: Notice, language: Language) -> bytes:
    """The file. Raises `ValueError` for a notice without a due moment.

    The entry is that of the object, not of the notice: a calendar shows the newest due moment of one thing once.
    """
    if notice.due_at is None:
        raise ValueError(f"notice {notice.pk} has no due moment")
    words = said(notice, language)
    entry = Event()
    entry.add("uid", f"{notice.subject_type}-{notice.subject_id}-{notice.recipient_id}@{own_host()}")
    entry.add("sequence", notice.pk)
    entry.add("dtstamp", notice.created_at)
    entry.add("dtstart", notice.due_at)
    entry.add("summary", words.subject)
    entry.add("description", words.body)
    entry.add("url", full_address(page_of_notice(notice, language)))
    entry.add_component(_alarm(words.subject))
    calendar = Calendar()
    calendar.add("prodid", "-//cchc//notices//VI")
    calendar.add("version", "2.0")
    calendar.add("method", METHOD)
    calendar.add_component(entry)
    return calendar.to_ical()


def own_host() -> str:
    """The name of this site, for identities of mails and entries."""
    return urlsplit(settings.CCHC_ADDRESS).hostname or "cchc.invalid"


def _alarm(text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -_BEFORE)
    alarm.add("description", text)
    return alarm
