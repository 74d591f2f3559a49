"""Sheets that wait for somebody, sheets by words, sheets of a unit."""

from __future__ import annotations

from django.db.models import Case, Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value, When

from cchc.assessments.council import FINAL
from cchc.assessments.models import (
    Answer,
    Charge,
    Motion,
    Opinion,
    OpinionAsked,
    Phase,
    Presence,
    Question,
    Round,
    Sheet,
    Vote,
)
from cchc.assessments.permissions import APPRAISER, FILLERS, ROUND
from cchc.assessments.queries.scope import seated_rounds, visible_sheets
from cchc.assessments.queries.sheets import calendar_on
from cchc.assessments.states import APPRAISING, DELIBERATING, EXPLAINED, EXPLAINING, FILLING, REAPPRAISING, SELF_SCORING
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer
from cchc.records.search import fold

_MOST: int = 100


def to_fill_in(viewer: Viewer) -> QuerySet[Sheet]:
    """Those of the very units over which the viewer holds a role that fills sheets in, as long as units write; each
    with `ends_on`, the last day, and `calendar`. The first to end first.
    """
    held = {hold.unit for hold in viewer.holds if hold.role in FILLERS}
    found = Sheet.objects.filter(unit__in=held, state=FILLING, round__state=SELF_SCORING)
    last = Phase.objects.filter(round=OuterRef("round"), phase="self").values("ends_on")[:1]
    told = found.annotate(ends_on=Subquery(last), calendar=calendar_on(viewer.day)).select_related("round")
    return told.order_by("ends_on", "pk")[:_MOST]


def to_explain(viewer: Viewer) -> QuerySet[Sheet]:
    """Those of the same units that still owe explanations while units explain; each with `ends_on` and `calendar`."""
    held = {hold.unit for hold in viewer.holds if hold.role in FILLERS}
    asked = Question.objects.filter(sheet=OuterRef("pk"), answered_at=None, taken_back_at=None)
    found = Sheet.objects.filter(unit__in=held, round__state=EXPLAINING).exclude(state=EXPLAINED)
    last = Phase.objects.filter(round=OuterRef("round"), phase="explanation").values("ends_on")[:1]
    told = found.filter(Exists(asked)).annotate(ends_on=Subquery(last), calendar=calendar_on(viewer.day))
    return told.select_related("round").order_by("ends_on", "pk")[:_MOST]


def to_appraise(viewer: Viewer) -> QuerySet[Round]:
    """Rounds under appraisal in which the viewer is charged with something today; each with `ends_on`."""
    keys = [int(key) for key in viewer.assigned(APPRAISER, ROUND) if key.isdecimal()]
    found = Round.objects.filter(pk__in=keys, state__in=(APPRAISING, REAPPRAISING))
    if viewer.official is None:
        return found.none()
    charged = Charge.objects.on(viewer.day).filter(round=OuterRef("pk"), official=viewer.acting)
    phase = Case(When(state=APPRAISING, then=Value("document1")), default=Value("document2"))
    last = Phase.objects.filter(round=OuterRef("pk"), phase=OuterRef("now")).values("ends_on")[:1]
    told = found.filter(Exists(charged)).annotate(now=phase).annotate(ends_on=Subquery(last))
    return told.order_by("ends_on", "pk")[:_MOST]


def slips_owed(viewer: Viewer) -> QuerySet[OpinionAsked]:
    """What the viewer was asked an opinion on as a member of the council, in person, and has given none yet: nothing
    about the own unit, nor what the council has settled meanwhile. Each with its round.
    """
    found = OpinionAsked.objects.filter(sheet__round__state=DELIBERATING)
    if viewer.official is None or viewer.principal is not None:
        return found.none()
    said = {"sheet": OuterRef("sheet"), "criterion": OuterRef("criterion")}
    given = Opinion.objects.filter(**said, given_by=viewer.official)
    settled = Answer.objects.filter(**said, stage=FINAL, version__gt=0)
    seated = found.filter(sheet__round__in=seated_rounds(viewer).order_by().values("pk"))
    owed = seated.exclude(sheet__unit__in=viewer.units).exclude(Exists(given)).exclude(Exists(settled))
    return owed.select_related("sheet__round").order_by("until", "pk")


def slips_by_round(viewer: Viewer) -> QuerySet[Round]:
    """The rounds of these, each with `owed`, how many slips, and `until`, their last day. The first to end first."""
    mine = Q(sheets__opinions_asked__in=slips_owed(viewer).order_by().values("pk"))
    asked = "sheets__opinions_asked"
    counted = Round.objects.filter(mine).annotate(owed=Count(asked), until=Min(f"{asked}__until"))
    return counted.order_by("until", "pk")[:_MOST]


def votes_owed(viewer: Viewer) -> QuerySet[Motion]:
    """What is put to the vote and waits for the viewer's own: as a member present in the session, or of the council
    where it is decided on slips; nothing about the own unit.
    """
    found = Motion.objects.filter(outcome="", sheet__round__state=DELIBERATING)
    if viewer.official is None or viewer.principal is not None:
        return found.none()
    present = Presence.objects.filter(session=OuterRef("session"), official=viewer.official)
    cast = Vote.objects.filter(motion=OuterRef("pk"), cast_by=viewer.official)
    seated = found.filter(sheet__round__in=seated_rounds(viewer).order_by().values("pk"))
    mine = seated.filter(Q(session=None) | Exists(present)).exclude(sheet__unit__in=viewer.units)
    return mine.exclude(Exists(cast)).select_related("sheet__round").order_by("pk")[:_MOST]


def search_sheets(viewer: Viewer, text: str) -> QuerySet[Sheet]:
    """By words of the unit's name, the newest first."""
    found = visible_sheets(viewer)
    for word in fold(text).split():
        found = found.filter(search_key__contains=word)
    return found.order_by("-pk")


def sheets_of_unit(viewer: Viewer, unit: Unit) -> QuerySet[Sheet]:
    """In every round in which it is scored and that the viewer may see, the newest first."""
    return visible_sheets(viewer).filter(unit=unit).select_related("round").order_by("-round__year", "-pk")
