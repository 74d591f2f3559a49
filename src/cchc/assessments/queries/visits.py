"""The visits of a round's field check, as far as the viewer sees the sheets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from cchc.assessments.models import Phase, Round, Sheet, Visit
from cchc.assessments.permissions import INSPECTORS, ROUND
from cchc.assessments.queries.scope import visible_sheets
from cchc.assessments.queries.sheets import calendar_on
from cchc.assessments.states import APPRAISING, EXPLAINING, PREPARING, REAPPRAISING, SELF_SCORING
from cchc.assessments.visits import FIELD, in_order
from cchc.interface.together import read_together
from cchc.organizations.models import Assignment, Posting
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse

AT_ONCE: Final = 20
"""How many units without a day are offered on one page."""
_AHEAD: Final = timedelta(days=7)
_MOST: Final = 100
_BEFORE_THE_COUNCIL: Final = (PREPARING, SELF_SCORING, APPRAISING, EXPLAINING, REAPPRAISING)


def standing_visits(viewer: Viewer) -> QuerySet[Visit]:
    """Those of sheets that the viewer may see; what was taken back is none."""
    seen = visible_sheets(viewer).order_by().values("pk")
    return Visit.objects.filter(taken_back_at=None, sheet__in=seen)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The visits of a round in their order, each with its sheet and `calendar`, by which its unit works (None: the
    country's); the days of the field check; who checks on site, with
    their posts; which units have no day yet.
    """

    visits: Sequence[Visit]
    phase: Phase | None
    team: Sequence[Assignment]
    without: Sequence[Sheet]


def schedule_of(viewer: Viewer, round_: Round) -> Schedule:
    """As far as the viewer may see it. One query."""
    visits = standing_visits(viewer).filter(sheet__round=round_).select_related("sheet").order_by("visit_on", "pk")
    visits = visits.annotate(calendar=calendar_on(viewer.day, "sheet__unit"))
    phases = Phase.objects.filter(round=round_, phase=FIELD).order_by("pk")
    held = Assignment.objects.not_over(viewer.day).filter(subject_type=ROUND, subject_id=str(round_.pk))
    team = _team(held.filter(duty__in=INSPECTORS), viewer.day)
    without = unplanned(viewer, round_)
    read_together(visits, phases, team, without)
    return Schedule(in_order(visits), next(iter(phases), None), list(team), list(without))


def _team(held: QuerySet[Assignment], day: date) -> QuerySet[Assignment]:
    """The head first, each with `post` and `unit_name` of the main post on that day."""
    main = Posting.objects.on(day).filter(is_main=True, official=OuterRef("official")).order_by("pk")
    named = main.annotate(unit_name=name_on(day)).values("unit_name")[:1]
    posted = held.annotate(post=Subquery(main.values("post")[:1]), unit_name=Subquery(named))
    return posted.select_related("official").order_by("-duty", "official__name", "pk")


def unplanned(viewer: Viewer, round_: Round) -> QuerySet[Sheet]:
    """Sheets whose unit has no day yet, in their order."""
    there = Visit.objects.filter(sheet=OuterRef("pk"), taken_back_at=None)
    return visible_sheets(viewer).filter(~Exists(there), round=round_).order_by("place")


def sheets_to_plan(viewer: Viewer, round_: Round, keys: Collection[int] = (), day: date | None = None) -> list[Sheet]:
    """For which sheets days are set on one page: these, or those visited on a day; else the first that have none.
    Each with its unit and visit.
    """
    found = visible_sheets(viewer).filter(round=round_).order_by("place")
    if keys:
        found = found.filter(pk__in=keys)
    elif day is not None:
        found = found.filter(visit__visit_on=day, visit__taken_back_at=None)
    else:
        found = unplanned(viewer, round_)[:AT_ONCE]
    return list(found.select_related("round", "unit", "visit"))


def get_visit(viewer: Viewer, number: int) -> Visit:
    """With its sheet and round. Raises `assessments.visit_not_found`."""
    found = standing_visits(viewer).select_related("sheet__round__organizer", "sheet__unit", "planned_by")
    visit = found.filter(pk=number).first()
    if visit is None:
        raise refuse("assessments.visit_not_found")
    return visit


def visits_ahead(viewer: Viewer) -> QuerySet[Visit]:
    """Those of the next seven days in rounds whose field team the viewer belongs to; the own unit, which they do not
    check, apart. The first first.
    """
    keys = {int(key) for duty in INSPECTORS for key in viewer.assigned(duty, ROUND) if key.isdecimal()}
    found = Visit.objects.filter(sheet__round__in=keys, sheet__round__state__in=_BEFORE_THE_COUNCIL)
    days = Q(visit_on__gte=viewer.day, visit_on__lte=viewer.day + _AHEAD)
    near = found.filter(days, taken_back_at=None).exclude(sheet__unit__in=viewer.units)
    told = near.annotate(calendar=calendar_on(viewer.day, "sheet__unit")).select_related("sheet__round")
    return told.order_by("visit_on", "-half", "pk")[:_MOST]


def visits_of_round(round_: Round) -> list[Visit]:
    """All of a round, for papers that its council writes."""
    found = Visit.objects.filter(sheet__round=round_, taken_back_at=None).select_related("sheet").order_by("pk")
    return in_order(found)
