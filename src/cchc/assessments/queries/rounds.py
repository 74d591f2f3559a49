"""Rounds: the list, one, its units, its charges, how far everybody is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cchc.assessments.models import Answer, Charge, FoundingPaper, Freeze, Phase, Question, Round, Sheet
from cchc.assessments.queries.scope import visible_rounds, visible_sheets
from cchc.assessments.states import appraised_at
from cchc.interface.together import read_together
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.scoring.criteria import CriteriaSet


@dataclass(frozen=True, slots=True)
class RoundSearch:
    """What the list shows: words, a state (empty: any)."""

    text: str = ""
    state: str = ""


def find_rounds(viewer: Viewer, asked: RoundSearch) -> QuerySet[Round]:
    """The newest first, each with `organizer_name` and `units`, how many it scores."""
    found = visible_rounds(viewer)
    for word in fold(asked.text).split():
        found = found.filter(search_key__contains=word)
    if asked.state:
        found = found.filter(state=asked.state)
    named = found.annotate(organizer_name=name_on(viewer.day, "organizer"), units=Count("sheets"))
    return named.order_by("-pk")


def newer_first(found: QuerySet[Round], last: Round | None) -> QuerySet[Round]:
    """The rest of the list behind `last`."""
    return found if last is None else found.filter(pk__lt=last.pk)


def get_round(viewer: Viewer, number: int) -> Round:
    """With its organizer and who opened it. Raises `assessments.round_not_found`."""
    found = visible_rounds(viewer).select_related("organizer", "opened_by")
    round_ = found.annotate(organizer_name=name_on(viewer.day, "organizer")).filter(pk=number).first()
    if round_ is None:
        raise refuse("assessments.round_not_found")
    return round_


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What a round that was laid out as another did not get from it: names of units, the set, how many charges."""

    units: Sequence[str]
    without_set: bool
    charges: int


def left_behind(made: Round, of: Round) -> LeftBehind:
    """Right after `made` was laid out as `of`."""
    there = Sheet.objects.filter(round=made).order_by().values("unit")
    gone = Sheet.objects.filter(round=of).exclude(unit__in=there).order_by("place").values_list("name", flat=True)
    held = Charge.objects.filter(round=of, ends_on=None).count() - Charge.objects.filter(round=made).count()
    return LeftBehind(list(gone), bool(of.criteria and not made.criteria), max(held, 0))


def sheets_of(viewer: Viewer, round_: Round) -> QuerySet[Sheet]:
    """Those that the viewer may see, in their order, each with `serial`, its number among them (units that were left
    out leave no gap), `answered`, how many criteria its unit has spoken about, and `asked`, how many of them it
    has to explain.
    """
    own = Answer.objects.filter(sheet=OuterRef("pk"), stage="self", version__gt=0)
    asked = Question.objects.filter(sheet=OuterRef("pk"), answered_at=None, taken_back_at=None)
    seen = visible_sheets(viewer).filter(round=round_)
    until = seen.filter(place__lte=OuterRef("place"))
    counted = seen.annotate(serial=_number(until, "round"), answered=_number(own), asked=_number(asked))
    return counted.select_related("unit").order_by("place")


def _number(found: QuerySet[Any], of: str = "sheet") -> Coalesce:
    """How many of them belong to a sheet, or to a round."""
    grouped = found.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), Value(0))


def after_place(found: QuerySet[Sheet], last: Sheet | None) -> QuerySet[Sheet]:
    """The rest of the units behind `last`."""
    return found if last is None else found.filter(place__gt=last.place)


def not_appraised(round_: Round, criteria: CriteriaSet) -> tuple[int, int]:
    """How many criteria in sheets nobody has appraised yet, of how many."""
    said = Answer.objects.filter(sheet__round=round_, stage__in=appraised_at("council"), version__gt=0)
    cells = Sheet.objects.filter(round=round_).count() * len(criteria.criteria)
    return cells - said.order_by().values("sheet", "criterion").distinct().count(), cells


def charges_of(round_: Round, day: date) -> QuerySet[Charge]:
    """Who appraises what from that day on, by criterion and group."""
    held = Charge.objects.not_over(day).filter(round=round_)
    return held.select_related("official", "sheet", "instead_of").order_by("code", "group", "pk")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside a round's units: timetable, founding papers, charges."""

    phases: Sequence[Phase]
    papers: Sequence[FoundingPaper]
    charges: Sequence[Charge]


def around(round_: Round, day: date, *, with_charges: bool) -> Around:
    """One query."""
    phases = Phase.objects.filter(round=round_).order_by("starts_on", "pk")
    papers = FoundingPaper.objects.filter(round=round_).order_by("pk")
    charges = charges_of(round_, day) if with_charges else Charge.objects.none()
    read_together(phases, papers, charges)
    return Around(list(phases), list(papers), list(charges))


def charges_on(round_: Round, day: date, viewer: Viewer) -> QuerySet[Charge]:
    """The viewer's own charges that hold on that day."""
    held = Charge.objects.on(day).filter(round=round_).order_by("pk")
    return held.none() if viewer.official is None else held.filter(official=viewer.acting)


def charges_today(round_: Round, day: date, viewer: Viewer) -> Sequence[Charge]:
    """The same, read."""
    return list(charges_on(round_, day, viewer))


def opening_units(viewer: Viewer) -> QuerySet[Unit]:
    """The units over which the viewer directly holds the seat that opens rounds."""
    from cchc.assessments.permissions import SECRETARY

    return Unit.objects.filter(pk__in={hold.unit for hold in viewer.holds if hold.role == SECRETARY}).order_by("pk")


def open_freeze(round_: Round) -> Freeze | None:
    """What was put forward and waits for a second person."""
    found = Freeze.objects.filter(round=round_, confirmed_at=None, withdrawn_at=None)
    return found.select_related("proposed_by", "round").order_by("pk").first()


def answers_of(sheets: Sequence[Sheet], *codes: str) -> QuerySet[Answer]:
    """What was said in these sheets, of certain criteria if asked, with who wrote it."""
    found = Answer.objects.filter(sheet__in=[sheet.pk for sheet in sheets])
    if codes:
        found = found.filter(criterion__in=codes)
    return found.select_related("written_by").order_by("pk")
