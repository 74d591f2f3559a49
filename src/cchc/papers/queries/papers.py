"""Papers, from what the viewer may see: whatever was issued, and the drafts of units for which one writes or issues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cchc.organizations.models import Placement, Unit
from cchc.organizations.queries.units import name_on, placed_on, within
from cchc.organizations.viewers import Viewer
from cchc.papers.models import NumberSeries, Paper, PaperState
from cchc.papers.rights import DRAFTERS, ISSUERS
from cchc.records.errors import refuse
from cchc.records.search import fold

_NEVER_ISSUED = (PaperState.DRAFT.value, PaperState.DISCARDED.value)


def drafting_units(viewer: Viewer) -> QuerySet[Placement]:
    """The units for which the viewer may draft: those in which one works, and those over which one directly holds a
    role of drafters; as they are called today, in the order of names.
    """
    held = within(viewer.units_held(*DRAFTERS), viewer.day)
    direct = [hold.unit for hold in viewer.holds if hold.role in DRAFTERS]
    return placed_on(viewer.day).filter(held, unit__in=[*viewer.units, *direct]).select_related("unit")


@dataclass(frozen=True, slots=True)
class PaperSearch:
    """What is sought: words without regard to tone marks, kind, state, year of issue, of which unit and below."""

    text: str = ""
    kind: str = ""
    state: str = ""
    year: int | None = None
    under: Unit | None = None


def visible_papers(viewer: Viewer) -> QuerySet[Paper]:
    """The newest first, each with its unit."""
    if not viewer.is_signed_in:
        return Paper.objects.none()
    own_drafts = within(viewer.units_held(*DRAFTERS, *ISSUERS), viewer.day)
    seen = ~Q(state__in=_NEVER_ISSUED) | own_drafts
    return Paper.objects.filter(seen).select_related("unit").order_by("-pk")


def search_papers(viewer: Viewer, asked: PaperSearch) -> QuerySet[Paper]:
    """The visible ones that fit, each with `unit_name` of the viewer's day."""
    found = visible_papers(viewer).annotate(unit_name=name_on(viewer.day))
    for word in fold(asked.text).split():
        found = found.filter(search_key__contains=word)
    exact = {"kind": asked.kind, "state": asked.state, "year": asked.year}
    found = found.filter(**{field: value for field, value in exact.items() if value})
    if asked.under is not None:
        found = found.filter(within(Q(ancestor=asked.under), viewer.day))
    return found


def papers_about(viewer: Viewer, things: Q) -> QuerySet[Paper]:
    """The visible ones about a thing (`things`: a condition on `vocabulary` and `about`), without those discarded; the
    newest first, each with `unit_name`.
    """
    return search_papers(viewer, PaperSearch()).filter(things).exclude(state=PaperState.DISCARDED.value)


def after(found: QuerySet[Paper], last: Paper | None) -> QuerySet[Paper]:
    """The rest of the list behind `last`."""
    return found if last is None else found.filter(pk__lt=last.pk)


def get_paper(number: int) -> Paper:
    """The paper with its unit; `permissions` say who may see it. Raises `papers.paper_not_found`."""
    found = Paper.objects.select_related("unit", "replaced_by", "template").filter(pk=number).first()
    if found is None:
        raise refuse("papers.paper_not_found")
    return found


def papers_replaced_by(paper: Paper) -> QuerySet[Paper]:
    """The papers in whose place this one stands."""
    return paper.replaces.order_by("pk")


def could_replace(paper: Paper) -> QuerySet[Paper]:
    """The issued papers of the same unit, the newest first."""
    issued = Paper.objects.filter(unit=paper.unit_id, state=PaperState.ISSUED.value)
    return issued.exclude(pk=paper.pk).order_by("-issued_on", "-number")


def series_of(unit: Unit, symbol: str, year: int) -> NumberSeries | None:
    """How far the numbers have come; None before the first."""
    return NumberSeries.objects.filter(unit=unit, symbol=symbol, year=year).first()


def years_of(viewer: Viewer) -> list[int]:
    """The years in which visible papers were issued, the newest first."""
    years = visible_papers(viewer).filter(year__isnull=False).order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


def gaps_in(series: NumberSeries, most: int = 50) -> list[int]:
    """Numbers of a series that no paper here has: given elsewhere."""
    used = set(
        Paper.objects.filter(unit=series.unit_id, symbol=series.symbol, year=series.year, number__isnull=False)
        .order_by("number")
        .values_list("number", flat=True)
    )
    return [number for number in range(1, series.last + 1) if number not in used][:most]


def day_of(paper: Paper, today: date) -> date:
    """The day by which a paper's bases are judged: its own, for a draft today."""
    return paper.issued_on or today
