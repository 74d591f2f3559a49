"""Visits as pages and papers say them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cchc.assessments.halves import AT_THE_OFFICE, HALVES
from cchc.assessments.models import Round, Visit
from cchc.assessments.queries.visits import Schedule
from cchc.assessments.visits import meeting, wrong_with
from cchc.interface.errors import current_language
from cchc.organizations.calendars import NATIONAL, load_calendar
from cchc.organizations.models import Assignment, Official
from cchc.organizations.roles import role_of
from cchc.records.dates import format_date
from cchc.records.words import say


@dataclass(frozen=True, slots=True)
class ShownVisit:
    """One visit in words, and what ought to be looked at again."""

    visit: Visit
    half: str
    place: str
    warnings: Sequence[str]


def shown_visits(found: Schedule, round_: Round, *, judged: bool) -> list[ShownVisit]:
    """In the order of the schedule; whoever sees the whole round sees what is doubtful too (`judged`)."""
    together = meeting(found.visits) if judged else {}
    return [
        _shown(one, _doubts(one, found, round_, together.get(one.pk, ())) if judged else ()) for one in found.visits
    ]


def shown_team(team: Sequence[Assignment], council: Collection[Official]) -> list[tuple[str, str]]:
    """By name what each does in the field team, the post they hold, and whether they sit in the council."""
    members, language = {one.pk for one in council}, current_language()
    return [
        (
            one.official.name,
            ", ".join(
                part
                for part in (
                    getattr(one, "post", None), getattr(one, "unit_name", None),
                    role_of(one.duty).name.in_language(language),
                    _("member of the council") if one.official_id in members else "",
                )
                if part
            ),
        )
        for one in team
    ]  # fmt: skip


def half_of(visit: Visit) -> str:
    """Morning, afternoon or the whole day."""
    return HALVES[visit.half].in_language(current_language())


def place_of(visit: Visit) -> str:
    """Where; the unit's office unless another place is named."""
    return visit.place or AT_THE_OFFICE.in_language(current_language())


def said_of(visit: Visit) -> str:
    """Day, half and place on one line."""
    language = current_language()
    return f"{format_date(visit.visit_on, language)}, {half_of(visit)}, {place_of(visit)}"


def _shown(visit: Visit, warnings: Sequence[str]) -> ShownVisit:
    return ShownVisit(visit, half_of(visit), place_of(visit), warnings)


def _doubts(visit: Visit, found: Schedule, round_: Round, others: Sequence[str]) -> list[str]:
    """The timetable may have been moved since, and two units may wait for the team at the same time."""
    doubts = [_("at the same time as %(units)s") % {"units": ", ".join(others)}] if others else []
    if found.phase is None:
        return [_("the timetable has no field check any more"), *doubts]
    calendar = load_calendar(getattr(visit, "calendar", None) or NATIONAL)
    wrong = wrong_with(visit.sheet.name, visit.visit_on, found.phase, round_.assessed_from, calendar)
    return doubts if wrong is None else [say(wrong.message, current_language()), *doubts]
