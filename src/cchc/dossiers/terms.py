"""What a dossier was received by: the version of its procedure, typed, and the calendar it is counted in."""

from __future__ import annotations

from functools import lru_cache

from cchc.dossiers.models import Dossier
from cchc.organizations.calendars import load_calendar
from cchc.procedures.loading import read_version
from cchc.procedures.versions import Version
from cchc.worktime import Calendar


def terms_of(dossier: Dossier) -> Version:
    """The version of the procedure that the dossier keeps."""
    version = dossier.procedure_version
    return _typed(version.content, f"procedure-version-{version.pk}")


def calendar_of(dossier: Dossier) -> Calendar:
    """The calendar in which its time is counted."""
    return load_calendar(dossier.calendar)


@lru_cache(maxsize=256)
def _typed(content: str, name: str) -> Version:
    return read_version(content, name)
