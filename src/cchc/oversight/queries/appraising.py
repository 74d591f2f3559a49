"""The figures of a stretch of months by official and unit, and the rows that each of them counts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from cchc.interface.together import Reads, answer_all, made_of
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.units import name_on, within
from cchc.oversight.appraising import Figures
from cchc.oversight.consequences import commendations
from cchc.oversight.models import (
    DelayVerdict,
    KeptShare,
    ListedItem,
    ListedOfficial,
    ListVersion,
    MonthlyList,
    Outcome,
    ResponsibilityCase,
)
from cchc.oversight.queries.charges import ZONE
from cchc.oversight.states_cases import STANDS
from cchc.oversight.states_cases import WITHDRAWN as CASE_WITHDRAWN
from cchc.oversight.states_lists import WITHDRAWN
from cchc.records.months import bounds

Key = tuple[int | None, int | None]
"""An official, None for nobody in person; a unit."""
NO_MEASURE: Final = "none"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A unit with all below it as the tree stands on `day`, from the first of one month to the end of another."""

    unit: Unit
    first: date
    last: date
    day: date

    def under(self, column: str = "unit") -> Q:
        """What lies in the unit or below it."""
        return within(Q(ancestor=self.unit), self.day, column)

    def moments(self, column: str) -> Q:
        """What happened in these months."""
        begins, ends = bounds(self.first, ZONE)[0], bounds(self.last, ZONE)[1]
        return Q(**{f"{column}__gte": begins, f"{column}__lt": ends})


@dataclass(frozen=True, slots=True)
class Appraised:
    """One official in one unit, or one unit with all that is counted there."""

    name: str
    code: str
    sort_key: str
    unit_name: str
    unit_code: str
    figures: Figures


def _found(finding: str = "") -> Exists:
    verdicts = DelayVerdict.objects.filter(kept=OuterRef("dossier"), is_current=True)
    return Exists(verdicts.filter(finding=finding) if finding else verdicts)


def shares_in(stretch: Stretch) -> QuerySet[KeptShare]:
    """What holders had in these months, with `is_real`, `is_forgotten` and `is_judged`."""
    shares = KeptShare.objects.filter(stretch.under(), month__gte=stretch.first, month__lte=stretch.last)
    return shares.annotate(is_real=_found("real"), is_forgotten=_found("forgotten"), is_judged=_found())


SHARES: Final[Mapping[str, tuple[Q, str]]] = {
    "dossiers": (Q(is_main=True), ""),
    "steps": (Q(steps__gt=0), "steps"),
    "late_steps": (Q(late_steps__gt=0), "late_steps"),
    "overdue": (Q(is_overdue=True), ""),
    "real": (Q(is_overdue=True, is_real=True), ""),
    "forgotten": (Q(is_overdue=True, is_forgotten=True), ""),
    "undecided": (Q(is_overdue=True, is_judged=False), ""),
    "slow": (Q(is_slow=True), ""),
    "minutes": (Q(late_minutes__gt=0), "late_minutes"),
}
"""By figure the shares that it counts, and the column that is added up."""


def listed_in(stretch: Stretch) -> QuerySet[ListedOfficial]:
    """Whom lists of these months name that were published, with what stays on them."""
    published = ListedOfficial.objects.filter(stretch.under("list__unit"), official__isnull=False)
    months = published.filter(list__month__gte=stretch.first, list__month__lte=stretch.last)
    stays = ListedItem.objects.filter(listed=OuterRef("pk")).exclude(outcome__in=[Outcome.ACCEPTED, Outcome.POSTPONED])
    return months.filter(Exists(stays), list__published_at__isnull=False).exclude(list__state=WITHDRAWN)


def accepted_in(stretch: Stretch) -> QuerySet[ListedItem]:
    """Entries of lists of these months that were left out after a reply."""
    items = ListedItem.objects.filter(stretch.under("listed__list__unit"), outcome=Outcome.ACCEPTED)
    months = items.filter(listed__list__month__gte=stretch.first, listed__list__month__lte=stretch.last)
    return months.exclude(listed__list__state=WITHDRAWN)


def _corrected(stretch: Stretch) -> QuerySet[ListVersion]:
    """The newest versions of lists with errata."""
    lists = MonthlyList.objects.filter(stretch.under(), month__gte=stretch.first, month__lte=stretch.last)
    later = ListVersion.objects.filter(list=OuterRef("list"), number__gt=OuterRef("number"))
    counted = lists.exclude(state=WITHDRAWN).order_by().values("pk")
    return ListVersion.objects.filter(~Exists(later), list__in=counted, number__gt=1).order_by("list")


def struck_in(stretch: Stretch) -> QuerySet[ListedItem]:
    """Entries of published lists of these months that an erratum struck out. Two queries."""
    places = [
        Q(listed__list=version.list_id, listed__place=one["official"], place=one["entry"])
        for version in _corrected(stretch)
        for one in json.loads(version.content)["errata"]
        if one["struck"]
    ]
    if not places:
        return ListedItem.objects.none()
    condition = Q()
    for one in places:
        condition |= one
    return ListedItem.objects.filter(condition)


def cases_in(stretch: Stretch) -> Mapping[str, QuerySet[ResponsibilityCase]]:
    """By figure: opened in these months and not withdrawn; concluded in them with a measure, with a commendation."""
    cases = ResponsibilityCase.objects.filter(stretch.under())
    done, honours = cases.filter(stretch.moments("concluded_at"), state__in=STANDS), commendations()
    return {
        "cases": cases.filter(stretch.moments("opened_at")).exclude(state=CASE_WITHDRAWN),
        "measures": done.exclude(measure__in=[*honours, NO_MEASURE]),
        "commendations": done.filter(measure__in=honours),
    }


def _counts(stretch: Stretch) -> Iterator[tuple[str, QuerySet[Any]]]:
    """By name of a figure, rows of official, unit and number."""
    shares = shares_in(stretch).order_by().values_list("official", "unit")
    for name, (condition, column) in SHARES.items():
        what = Sum(column) if column else Count("pk")
        yield name, shares.filter(condition).annotate(number=what).order_by("official", "unit")
    lists = listed_in(stretch).order_by().values_list("official", "unit")
    yield "lists", lists.annotate(number=Count("pk")).order_by("official", "unit")
    accepted = accepted_in(stretch).order_by().values_list("listed__official", "listed__unit")
    yield "accepted", accepted.annotate(number=Count("pk")).order_by("listed__official", "listed__unit")
    struck = struck_in(stretch).order_by().values_list("listed__official", "listed__unit")
    yield "struck", struck.annotate(number=Count("pk")).order_by("listed__official", "listed__unit")
    for name, cases in cases_in(stretch).items():
        rows = cases.order_by().values_list("official", "unit")
        yield name, rows.annotate(number=Count("pk")).order_by("official", "unit")


def figures_of(stretch: Stretch) -> Mapping[Key, Figures]:
    """By official and unit; under no official what nobody had in person, and cases about a unit. A few questions for
    any number of rows.
    """
    counts = dict(_counts(stretch))
    found = defaultdict[Key, dict[str, int]](dict)
    for name, rows in zip(counts, answer_all(*(made_of(rows, list) for rows in counts.values())), strict=True):
        for official, unit, number in rows:
            found[official, unit][name] = number
    return {key: Figures(**values) for key, values in found.items()}


def reading_lines(stretch: Stretch, figures: Mapping[Key, Figures]) -> Reads[tuple[list[Appraised], list[Appraised]]]:
    """Officials from A to Z, one line for each unit; units by name, each with all that is counted there, of whomever.
    Two reads.
    """
    people = Official.objects.filter(pk__in={key for key, _ in figures if key}).order_by("sort_key", "code")
    named = Unit.objects.filter(pk__in={unit for _, unit in figures if unit}).order_by("code")
    units = named.annotate(said=name_on(stretch.day, "pk"))
    return Reads([people, units], lambda: (_officials(people, units, figures), _units(units, figures)))


def _officials(people: Iterable[Official], units: Iterable[Any], figures: Mapping[Key, Figures]) -> list[Appraised]:
    places = {one.pk: (one.said or one.code, one.code) for one in units}
    of = defaultdict[int, list[tuple[str, str, Figures]]](list)
    for (official, unit), one in figures.items():
        if official is not None:
            of[official].append((*places.get(unit or 0, ("", "")), one))
    return [
        Appraised(one.name, one.code, one.sort_key, name, code, counted)
        for one in people
        for name, code, counted in sorted(of[one.pk], key=lambda line: line[:2])
    ]


def _units(units: Iterable[Any], figures: Mapping[Key, Figures]) -> list[Appraised]:
    of = defaultdict[int, Figures](Figures)
    for (_official, unit), one in figures.items():
        if unit is not None:
            of[unit] += one
    lines = [Appraised(one.said or one.code, "", "", "", one.code, of[one.pk]) for one in units]
    return sorted(lines, key=lambda line: (line.name, line.unit_code))


def shares_behind(stretch: Stretch, figure: str, official: str, unit: str) -> QuerySet[KeptShare]:
    """Exactly those that a figure of `SHARES` counts, the newest first; of an official and a unit, or of a unit."""
    found = shares_in(stretch).filter(SHARES[figure][0], **_whose(official, unit))
    return found.select_related("dossier", "official").order_by("-pk")


def others_behind(stretch: Stretch, figure: str, official: str, unit: str) -> QuerySet[Any]:
    """The rows of any other figure, the newest first: who is listed, entries of lists, or cases."""
    if figure == "lists":
        listed = listed_in(stretch).filter(**_whose(official, unit))
        return listed.select_related("list__unit", "official").order_by("-pk")
    if figure in {"accepted", "struck"}:
        items = accepted_in(stretch) if figure == "accepted" else struck_in(stretch)
        found = items.filter(**_whose(official, unit, "listed__"))
        return found.select_related("listed__list", "listed__official").order_by("-pk")
    cases = cases_in(stretch)[figure].filter(**_whose(official, unit))
    return cases.select_related("unit", "official").order_by("-pk")


def _whose(official: str, unit: str, through: str = "") -> dict[str, str]:
    asked = {f"{through}official__code": official, f"{through}unit__code": unit}
    return {name: code for name, code in asked.items() if code}
