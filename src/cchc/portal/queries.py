"""Everything the public pages read, the same for every viewer. The number of queries does not grow with rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from django.db.models import Count, Q, QuerySet

from cchc.portal.models import PublishedResult, PublishedRound
from cchc.records.errors import refuse
from cchc.records.search import fold, sort_key

Order = Literal["rank", "name"]
PAGE_SIZE: Final = 100
_ORDER_FIELDS: Final[dict[Order, str]] = {"rank": "by_rank", "name": "by_name"}


def current_rounds(year: int | None = None) -> QuerySet[PublishedRound]:
    """Newest year first, then by title; each with `units` and `misprints` counted."""
    rounds = PublishedRound.objects.filter(is_current=True)
    if year is not None:
        rounds = rounds.filter(year=year)
    counted = rounds.annotate(units=Count("results"), misprints=Count("results", filter=~Q(results__disagreements=[])))
    return counted.order_by("-year", "title_vi", "slug")


def years() -> list[int]:
    """The years that have a published round, newest first."""
    found = PublishedRound.objects.filter(is_current=True).values_list("year", flat=True)
    return list(found.distinct().order_by("-year"))


def newest_round() -> PublishedRound | None:
    """What the home page opens on: the newest year; of several, the one published last."""
    return newest_rounds().first()


def newest_rounds() -> QuerySet[PublishedRound]:
    """The rounds in force, the newest year first; of several, the one published last; samples after all others."""
    return PublishedRound.objects.filter(is_current=True).order_by("is_sample", "-year", "-published_at", "-pk")


def get_round(slug: str, version: int | None = None) -> PublishedRound:
    """The round in force, or the version asked for. Raises `portal.round_not_found`."""
    chosen = Q(is_current=True) if version is None else Q(version=version)
    try:
        return PublishedRound.objects.get(chosen, slug=slug)
    except PublishedRound.DoesNotExist:
        raise refuse("portal.round_not_found", slug=slug) from None


def versions(published: PublishedRound) -> list[PublishedRound]:
    """All versions of the round, newest first."""
    return list(PublishedRound.objects.filter(slug=published.slug).order_by("-version"))


def same_series(published: PublishedRound) -> list[PublishedRound]:
    """Rounds in force of the same series, one per year, oldest first, this one's year included."""
    series = PublishedRound.objects.filter(series=published.series, is_current=True)
    return list(series.order_by("year", "slug"))


def year_before(published: PublishedRound) -> list[tuple[int, list[Decimal]]]:
    """The newest earlier year of the same series that has a round in force, with its indexes; empty when none has."""
    earlier = PublishedRound.objects.filter(series=published.series, is_current=True, year__lt=published.year)
    found = earlier.order_by("-year", "slug").first()
    if found is None:
        return []
    return [(found.year, list(found.results.order_by("pk").values_list("index", flat=True)))]


def get_result(published: PublishedRound, unit: str) -> PublishedResult:
    """One unit of the round by its slug. Raises `portal.unit_not_found`."""
    try:
        return published.results.get(slug=unit)
    except PublishedResult.DoesNotExist:
        raise refuse("portal.unit_not_found", unit=unit) from None


def other_years(result: PublishedResult) -> list[PublishedResult]:
    """The same unit in the other rounds of the series, oldest first."""
    same = PublishedResult.objects.filter(
        round__series=result.round.series, round__is_current=True, unit_name=result.unit_name
    )
    others = same.exclude(round__slug=result.round.slug)
    return list(others.select_related("round").order_by("round__year", "round__slug"))


@dataclass(frozen=True, slots=True)
class Headline:
    """A round in numbers: `bands` counts units by band id, `groups` names its groups in order."""

    units: int
    bands: dict[str, int]
    misprints: int
    groups: tuple[str, ...]


def headline(published: PublishedRound) -> Headline:
    """What the first sentence of a round says."""
    counted = published.results.values("band", "group").annotate(
        units=Count("pk"), misprints=Count("pk", filter=~Q(disagreements=[]))
    )
    rows = list(counted.order_by("group", "band"))
    bands: dict[str, int] = {}
    for row in rows:
        bands[row["band"]] = bands.get(row["band"], 0) + row["units"]
    groups = tuple(sorted({row["group"] for row in rows if row["group"]}, key=sort_key))
    return Headline(sum(bands.values()), bands, sum(row["misprints"] for row in rows), groups)


def group_size(result: PublishedResult) -> int:
    """How many units are ranked against this one, itself included."""
    return PublishedResult.objects.filter(round=result.round, group=result.group).count()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked of a ranking.

    `misprinted`: only units with a printed figure that does not follow. `after`, `before`: the unit at a page's edge.
    `called_so`: keys of results that the text means by a name of today.
    """

    group: str = ""
    text: str = ""
    misprinted: bool = False
    order: Order = "rank"
    after: str = ""
    before: str = ""
    called_so: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of a ranking; `total` counts every match on all pages."""

    results: tuple[PublishedResult, ...]
    total: int
    has_previous: bool
    has_next: bool


def matching(published: PublishedRound, asked: Asked) -> QuerySet[PublishedResult]:
    """All results of the round that match, in the order asked for. Each knows its round without a query."""
    results = published.results.all()
    if asked.group:
        results = results.filter(group=asked.group)
    if asked.text:
        results = results.filter(Q(search_key__contains=fold(asked.text)) | Q(pk__in=asked.called_so))
    if asked.misprinted:
        results = results.exclude(disagreements=[])
    return results.order_by(_ORDER_FIELDS[asked.order])


def misprinted(published: PublishedRound, limit: int) -> list[PublishedResult]:
    """The first `limit` units, by rank, with a printed figure that does not follow."""
    return list(matching(published, Asked(misprinted=True))[:limit])


def around_unit(result: PublishedResult, reach: int = 3) -> list[PublishedResult]:
    """The unit with up to `reach` units ranked before and after it in its group."""
    group = result.round.results.filter(group=result.group)
    before = list(group.filter(by_rank__lt=result.by_rank).order_by("-by_rank")[:reach])
    after = group.filter(by_rank__gt=result.by_rank).order_by("by_rank")[:reach]
    return [*reversed(before), result, *after]


def result_page(published: PublishedRound, asked: Asked, size: int = PAGE_SIZE) -> ResultPage:
    """The page after or before a unit, found by its key: as quick at the end of 3,321 units as at the start."""
    matches = matching(published, asked)
    cut = _Cut(published, asked)
    found = list(cut.apply(matches)[: size + 1])
    more, found = len(found) > size, found[:size]
    if cut.backwards:
        found.reverse()
    return ResultPage(
        tuple(found),
        total=matches.count(),
        has_previous=more if cut.backwards else cut.is_placed,
        has_next=cut.is_placed if cut.backwards else more,
    )


class _Cut:
    """Where a page starts, or ends when it is read backwards. An unknown unit means the first page."""

    def __init__(self, published: PublishedRound, asked: Asked) -> None:
        self._field = _ORDER_FIELDS[asked.order]
        self.backwards = bool(asked.before)
        self._key = self._find_key(published, asked.before or asked.after)
        self.is_placed = self._key is not None
        self.backwards = self.backwards and self.is_placed

    def _find_key(self, published: PublishedRound, unit: str) -> str | None:
        if not unit:
            return None
        keys = published.results.filter(slug=unit).order_by("pk").values_list(self._field, flat=True)
        return keys.first()

    def apply(self, matches: QuerySet[PublishedResult]) -> QuerySet[PublishedResult]:
        if self._key is None:
            return matches
        if self.backwards:
            return matches.filter(**{f"{self._field}__lt": self._key}).order_by(f"-{self._field}")
        return matches.filter(**{f"{self._field}__gt": self._key})
