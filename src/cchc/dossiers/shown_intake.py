"""What is promised at the counter before anything is written: limit, appointment, why, fees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cchc.dossiers.clock import clock
from cchc.interface.errors import current_language
from cchc.interface.reckoning import why_sheet
from cchc.interface.shapes import WhySheet
from cchc.organizations.calendars import load_calendar
from cchc.organizations.models import Unit
from cchc.organizations.timelines import calendar_from
from cchc.organizations.viewers import Viewer
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.queries.catalogue import settling_unit, standing_for
from cchc.procedures.wording import limit_in_words
from cchc.records.words import say


@dataclass(frozen=True, slots=True)
class Promise:
    """What the version of today promises for a dossier received now; no date where it fixes no limit."""

    limit: str
    due_at: datetime | None
    sheet: WhySheet | None
    fee: int
    source: str
    doubt: str
    result: str


def promise_of(
    viewer: Viewer, procedure: Procedure, version: ProcedureVersion, unit: Unit, now: datetime
) -> Promise:  # fmt: skip
    """By the calendar of the unit that settles it."""
    value, language, day = version.value, current_language(), localdate(now)
    settles = settling_unit(procedure, unit, day, standing_for(viewer, unit, day))
    calendar = load_calendar(calendar_from(settles.pk, day))
    limit = say(limit_in_words(value.limit), language)
    due_at, sheet = None, None
    if value.limit is not None:
        found = clock(calendar, now, value.limit, now)
        due_at = found.due_at
        sheet = why_sheet(
            calendar, subject=procedure.name.in_language(language), start=found.starts_at, due_at=due_at,
            limit=calendar.elapsed_minutes(found.starts_at, due_at), rule=limit, rule_source=version.source_document,
            start_label=_("Counting begins"),
        )  # fmt: skip
    fee = sum(one.amount for one in value.fees)
    doubt = "" if version.verified else (version.doubt_en if language == "en" else version.doubt_vi) or version.doubt_vi
    return Promise(limit, due_at, sheet, fee, version.source_document, doubt, value.result.in_language(language))
