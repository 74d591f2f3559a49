"""What forms and ratings come to, by unit, month, topic, official. Months are those in which dossiers were handed in,
so that all numbers of a line are about the same dossiers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth
from django.utils.timezone import make_aware

from cchc.dossiers.models import Dossier, StepInstance
from cchc.dossiers.permissions import READERS
from cchc.dossiers.states import DONE, REGISTERED
from cchc.feedback.models import Rating, RatingAnswer, RatingHandOut
from cchc.feedback.results import Counts, Mean, in_blocks, shown_of
from cchc.feedback.states import TAKEN_IN
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.units import name_on, within
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse

_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or one month of it."""

    year: int
    month: int | None = None

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """From its first moment to the first one behind it, in Vietnam."""
        first = date(self.year, self.month or 1, 1)
        months = self.year * _MONTHS + (self.month or _MONTHS)
        return _midnight(first), _midnight(_first_of(months))

    @property
    def whole_year(self) -> Period:
        """The year that it lies in."""
        return Period(self.year)


def dossiers_in(viewer: Viewer, period: Period, *roles: str) -> QuerySet[Dossier]:
    """Handed in during the period to units in the viewer's scope, received or refused."""
    return handed_in(period).filter(within(viewer.units_held(*(roles or READERS)), viewer.day, "unit"))


def dossiers_of(unit: Unit, period: Period) -> QuerySet[Dossier]:
    """Those of one unit."""
    return handed_in(period).filter(unit=unit)


def handed_in(period: Period) -> QuerySet[Dossier]:
    """Those of all units."""
    first, behind = period.bounds
    return Dossier.objects.filter(submitted_at__gte=first, submitted_at__lt=behind).exclude(state=REGISTERED)


def get_named(code: str, day: date) -> Unit:
    """A unit with its `name` of that day. Raises `organizations.unit_not_found`."""
    found = Unit.objects.annotate(name=name_on(day, "pk")).filter(code=code).order_by("pk").first()
    if found is None:
        raise refuse("organizations.unit_not_found", code=code)
    found.name = found.name or found.code
    return found


def units_with(dossiers: QuerySet[Dossier]) -> Reads[frozenset[int]]:
    """Keys of the units that have any of these."""
    return made_of(dossiers.order_by("unit").values_list("unit", flat=True).distinct(), frozenset)


def counts_by_unit(dossiers: QuerySet[Dossier], day: date) -> Reads[list[tuple[Unit, Counts]]]:
    """Each unit that has any, with its `name` of that day, in the order of names."""
    counted = _counted(dossiers.order_by().values("unit", "unit__code").annotate(name=name_on(day, "unit")))

    def lines(rows: Iterable[Mapping[str, Any]]) -> list[tuple[Unit, Counts]]:
        found = []
        for row in rows:
            unit = Unit(pk=row["unit"], code=row["unit__code"])
            unit.name = row["name"] or row["unit__code"]
            found.append((unit, _counts(row)))
        return found

    return made_of(counted.order_by("name", "unit"), lines)


def counts_by_month(dossiers: QuerySet[Dossier]) -> Reads[dict[int, Counts]]:
    """By the number of the month, those without a dossier left out."""
    counted = _counted(dossiers.order_by().annotate(month=ExtractMonth("submitted_at")).values("month"))
    return made_of(counted.order_by("month"), lambda rows: {row["month"]: _counts(row) for row in rows})


def overall_by_unit(dossiers: QuerySet[Dossier], topic: str) -> Reads[dict[int, Mean]]:
    """What the answers to one topic come to, by the key of the unit."""
    of_topic = _answers(dossiers).filter(topic=topic)
    summed = of_topic.values_list("rating__dossier__unit").annotate(points=Sum("points"), number=Count("pk"))
    return made_of(summed.order_by("rating__dossier__unit"), _means)


def means_of(ratings: QuerySet[Rating]) -> Reads[dict[str, Mean]]:
    """By topic, of these ratings."""
    found = RatingAnswer.objects.filter(rating__in=ratings.values("pk"), points__isnull=False).order_by()
    summed = found.values_list("topic").annotate(points=Sum("points"), number=Count("pk"))
    return made_of(summed.order_by("topic"), _means)


def answers_of(ratings: QuerySet[Rating]) -> Reads[dict[tuple[str, str], int]]:
    """How often each answer was given, by topic and answer."""
    found = RatingAnswer.objects.filter(rating__in=ratings.values("pk")).order_by()
    counted = found.values_list("topic", "answer").annotate(number=Count("pk")).order_by("topic", "answer")
    return made_of(counted, lambda rows: {(topic, answer): number for topic, answer, number in rows})


def ratings_of(dossiers: QuerySet[Dossier]) -> QuerySet[Rating]:
    """In the order in which they were given."""
    return Rating.objects.filter(dossier__in=dossiers.order_by().values("pk")).order_by("pk")


def ratings_among(keys: Iterable[int]) -> QuerySet[Rating]:
    """Those with these keys."""
    return Rating.objects.filter(pk__in=sorted(keys)).order_by("pk")


def in_whole_blocks(ratings: QuerySet[Rating], block: int) -> QuerySet[Rating]:
    """Those that everybody may see in sums (`results.in_blocks`). One query for how many there are."""
    return ratings[: in_blocks(ratings.count(), block)]


@dataclass(frozen=True, slots=True)
class OfOfficial:
    """What is shown of an official: the keys of ratings of dossiers in which they completed a step, in whole blocks;
    empty where there are too few.
    """

    official: Official
    ratings: tuple[int, ...]


def by_official(unit: Unit, period: Period, block: int, only: Official | None = None) -> Reads[list[OfOfficial]]:
    """Officials who completed steps of dossiers of the unit that were rated, by name; `only` one of them. By whole
    years alone: of shorter spans one could be subtracted from another.
    """
    rated = dossiers_of(unit, period.whole_year).filter(rating__isnull=False)
    done = StepInstance.objects.filter(dossier__in=rated.order_by().values("pk"), state=DONE, holder__isnull=False)
    if only is not None:
        done = done.filter(holder=only)
    pairs = done.order_by().values_list("holder", "holder__code", "holder__name", "dossier__rating").distinct()

    def grouped(rows: Iterable[tuple[int, str, str, int]]) -> list[OfOfficial]:
        found = defaultdict[tuple[str, str, int], list[int]](list)
        for holder, code, name, rating in rows:
            found[name, code, holder].append(rating)
        return [
            OfOfficial(Official(pk=holder, code=code, name=name), tuple(shown_of(sorted(given), block)))
            for (name, code, holder), given in sorted(found.items())
        ]

    return made_of(pairs.order_by("holder", "dossier__rating"), grouped)


def points_of(officials: Iterable[OfOfficial]) -> Reads[dict[int, dict[str, Mean]]]:
    """By the key of each of them and topic, what the ratings that are shown come to."""
    wanted = {one.official.pk: set(one.ratings) for one in officials}
    keys = sorted(set().union(*wanted.values())) if wanted else []
    found = RatingAnswer.objects.filter(rating__in=keys, points__isnull=False)

    def summed(rows: Iterable[tuple[int, str, int]]) -> dict[int, dict[str, Mean]]:
        answers = list(rows)
        return {
            key: _sums((topic, points) for rating, topic, points in answers if rating in ratings)
            for key, ratings in wanted.items()
        }

    return made_of(found.order_by("pk").values_list("rating", "topic", "points"), summed)


def has_samples(period: Period, unit: Unit | None = None) -> bool:
    """Whether made-up dossiers are among those that were rated. One query."""
    found = handed_in(period) if unit is None else dossiers_of(unit, period)
    return found.filter(is_sample=True, rating__isnull=False).exists()


def words_in(ratings: QuerySet[Rating]) -> list[str]:
    """What owners wrote in these, apart from everything else they said, in the order of the alphabet."""
    found = Rating.objects.filter(pk__in=ratings.values("pk")).exclude(words="").order_by("words", "pk")
    return list(found.values_list("words", flat=True))


def listed(dossiers: QuerySet[Dossier], which: str) -> QuerySet[Dossier]:
    """The dossiers behind one number of a line, the newest first, each with whether a form went out, came back and it
    was rated, and its procedure.
    """
    marked = dossiers.annotate(**_marks()).select_related("procedure_version__procedure")
    return (marked.filter(**{which: True}) if which in _marks() else marked).order_by("-pk")


def listed_after(found: QuerySet[Dossier], last: Dossier | None) -> QuerySet[Dossier]:
    """What follows one of them."""
    return found if last is None else found.filter(pk__lt=last.pk)


def _marks() -> dict[str, Exists]:
    handed_out = RatingHandOut.objects.filter(dossier=OuterRef("pk"))
    return {
        "is_handed_out": Exists(handed_out),
        "is_taken_in": Exists(handed_out.filter(state=TAKEN_IN)),
        "is_rated": Exists(Rating.objects.filter(dossier=OuterRef("pk"))),
    }


def _counted(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    marks = _marks()
    return rows.annotate(
        dossiers=Count("pk"), handed_out=Count("pk", filter=Q(marks["is_handed_out"])),
        taken_in=Count("pk", filter=Q(marks["is_taken_in"])), rated=Count("pk", filter=Q(marks["is_rated"])),
    )  # fmt: skip


def _counts(row: Mapping[str, Any]) -> Counts:
    return Counts(row["dossiers"], row["handed_out"], row["taken_in"], row["rated"])


def _answers(dossiers: QuerySet[Dossier]) -> QuerySet[RatingAnswer]:
    keys = dossiers.order_by().values("pk")
    return RatingAnswer.objects.filter(rating__dossier__in=keys, points__isnull=False).order_by()


def _means(rows: Iterable[tuple[Any, int, int]]) -> dict[Any, Mean]:
    return {key: Mean(points, number) for key, points, number in rows}


def _sums(answers: Iterable[tuple[str, int]]) -> dict[str, Mean]:
    points, number = defaultdict[str, int](int), defaultdict[str, int](int)
    for topic, given in answers:
        points[topic] += given
        number[topic] += 1
    return {topic: Mean(points[topic], number[topic]) for topic in points}


def _first_of(months: int) -> date:
    """The first day of the month that so many months lie behind the year 0."""
    year, month = divmod(months, _MONTHS)
    return date(year, month + 1, 1)


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
