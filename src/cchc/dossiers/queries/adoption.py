"""How far units use the system in a period: what they received by which way, what on paper, which procedures rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import make_aware

from cchc.dossiers.models import Channel, Dossier, PaperVolume
from cchc.dossiers.periods import Period
from cchc.dossiers.permissions import READERS, held_in_offices
from cchc.dossiers.queries.lines import Lines, reading_lines
from cchc.dossiers.queries.scope import visible_dossiers
from cchc.dossiers.queries.targets import targets_held
from cchc.dossiers.targets import Distance, Target, distance
from cchc.dossiers.thresholds import Thresholds
from cchc.interface.together import Reads, all_of, made_of, number_of
from cchc.organizations.kinds import unit_kinds
from cchc.organizations.models import Placement
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import name_on, within
from cchc.organizations.viewers import Viewer
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.queries.catalogue import ProcedureSearch, find_procedures

_DAY: Final = timedelta(days=1)
NONE_AT_ALL, BELOW = "khong-co", "duoi-nguong"
NO_TARGET, MISSED = "chua-co-chi-tieu", "chua-dat-chi-tieu"
LISTS: Final = ("", NONE_AT_ALL, BELOW, NO_TARGET, MISSED)


@dataclass(frozen=True, slots=True)
class Use:
    """What a unit received: on the system by each channel; on paper, None where nothing was noted, and whether that is
    said of every month that has begun (`is_whole`). `code` is empty for all units together. `target` is that of the
    year in which the period lies, with the `distance` to it.
    """

    pk: int
    code: str
    name: str
    by_channel: Mapping[str, int] = field(default_factory=dict)
    paper: int | None = None
    is_whole: bool = False
    target: Target | None = None
    distance: Distance | None = None

    @property
    def number(self) -> int:
        """How many stand on the system."""
        return sum(self.by_channel.values())

    @property
    def direct(self) -> int:
        """At the counter."""
        return self.by_channel.get(str(Channel.DIRECT), 0)

    @property
    def online(self) -> int:
        """Online."""
        return self.by_channel.get(str(Channel.ONLINE), 0)

    @property
    def post(self) -> int:
        """By public post."""
        return self.by_channel.get(str(Channel.POST), 0)

    @property
    def online_share(self) -> Fraction | None:
        """Of what stands on the system; None of nothing."""
        return Fraction(self.online, self.number) if self.number else None

    @property
    def post_share(self) -> Fraction | None:
        """The same by post."""
        return Fraction(self.post, self.number) if self.number else None

    @property
    def system_share(self) -> Fraction | None:
        """Of all that was received; None where not every month says what came on paper, or nothing came."""
        if self.paper is None or not self.is_whole or not self.number + self.paper:
            return None
        return Fraction(self.number, self.number + self.paper)


@dataclass(frozen=True, slots=True)
class OfLevel:
    """Procedures in force of an online level, and what was received by them."""

    online: str
    procedures: int
    number: int
    came_online: int


@dataclass(frozen=True, slots=True)
class Adoption:
    """The report: a line for each unit, all of them together, online levels, and how many procedures rest."""

    units: Sequence[Use]
    total: Use
    levels: Sequence[OfLevel]
    unused: int

    @property
    def without_any(self) -> Sequence[Use]:
        """Units that received nothing on the system."""
        return [one for one in self.units if not one.number]

    @property
    def without_target(self) -> Sequence[Use]:
        """Units for which no target of the year is set."""
        return [one for one in self.units if one.target is None]

    @property
    def missed(self) -> Sequence[Use]:
        """Units that stand below the target of the year."""
        return [one for one in self.units if one.distance is not None and one.distance.is_missed]

    def below(self, thresholds: Thresholds) -> Sequence[Use]:
        """Units that received something and stand below one of these."""
        return [one for one in self.units if one.number and marks_of(one, thresholds)]


def marks_of(use: Use, thresholds: Thresholds) -> frozenset[str]:
    """Below which thresholds it stands; of a share that nobody knows nothing is said, nor of what has a target."""
    shares = {"system": use.system_share, "post": use.post_share}
    shares["online"] = use.online_share if use.target is None else None
    return frozenset(name for name, share in shares.items() if share is not None and share < getattr(thresholds, name))


def adoption(viewer: Viewer, period: Period) -> Reads[Adoption]:
    """Of the bodies in the viewer's scope, and of offices whose body is not in it, those that received nothing first;
    all is read in one question.
    """
    day = min(period.last, viewer.day)
    received = received_in(viewer, period)
    named = received.order_by().annotate(called=name_on(day))
    counts = named.values_list("unit", "unit__code", "called", "channel").annotate(number=Count("pk"))
    held = viewer.units_held(*READERS)
    papers = PaperVolume.objects.filter(within(held, viewer.day), month__range=(period.first, period.last))
    noted = papers.order_by("unit", "month", "-pk").values_list("unit", "month", "number")
    gathered = all_of([
        reading_lines(viewer, received.order_by().values("unit"), day), made_of(counts, list),
        made_of(noted, _newest), _levels(viewer, received), number_of(unused_procedures(viewer, period)),
        targets_held(viewer, READERS, period.first.year),
    ])  # fmt: skip
    return gathered.made(lambda found: _report(*found, period=period, today=viewer.day))


def received_in(viewer: Viewer, period: Period) -> QuerySet[Dossier]:
    """Received in the period by units of the viewer's scope, refused ones not."""
    begins, ends = (make_aware(datetime.combine(day, time.min)) for day in (period.first, period.last + _DAY))
    in_scope = within(viewer.units_held(*READERS), viewer.day)
    return visible_dossiers(viewer).filter(in_scope, received_at__gte=begins, received_at__lt=ends)


def unused_procedures(viewer: Viewer, period: Period) -> QuerySet[Procedure]:
    """In force today, of a level that bodies in scope have, and nothing was received by them in the period."""
    levels = {dated.value.level for dated in unit_kinds().values()} - {None}
    used = received_in(viewer, period).filter(procedure_version__procedure=OuterRef("pk")).order_by()
    kinds = _bodies_of(viewer).order_by().values("kind")
    of_level = Q(pk__in=())
    for level in sorted(str(one) for one in levels):
        having = [id_ for id_, dated in unit_kinds().items() if dated.value.level == level]
        of_level |= Q(level=level) & Exists(kinds.filter(kind__in=having))
    return find_procedures(viewer, ProcedureSearch()).filter(of_level, ~Exists(used))


def _bodies_of(viewer: Viewer) -> QuerySet[Placement]:
    """Bodies in scope, and those of the offices over which alone a role is held."""
    levelled = [id_ for id_, dated in unit_kinds().items() if dated.value.level]
    of_offices = Q(unit__in=sorted({body for _, body in held_in_offices(viewer)}))
    wanted = within(viewer.units_held(*READERS), viewer.day) | of_offices
    return Placement.objects.filter(during(viewer.day), wanted, kind__in=levelled)


def _levels(viewer: Viewer, received: QuerySet[Dossier]) -> Reads[Sequence[OfLevel]]:
    in_force = find_procedures(viewer, ProcedureSearch()).order_by().values("holding")
    procedures = ProcedureVersion.objects.filter(pk__in=in_force).order_by().values_list("online")
    dossiers = received.order_by().values_list("procedure_version__online", "channel")
    both = all_of([
        made_of(procedures.annotate(number=Count("pk")), list),
        made_of(dossiers.annotate(number=Count("pk")), list),
    ])  # fmt: skip
    return both.made(lambda found: _of_levels(*found))


def _of_levels(procedures: Iterable[Any], dossiers: Iterable[Any]) -> Sequence[OfLevel]:
    counted, came = Counter[str](), Counter[str]()
    for online, channel, number in dossiers:
        counted[online] += number
        came[online] += number if channel == Channel.ONLINE else 0
    there = dict(procedures)
    names = sorted(there.keys() | counted.keys())
    return [OfLevel(one, there.get(one, 0), counted[one], came[one]) for one in names]


def _newest(rows: Iterable[tuple[int, date, int]]) -> Mapping[int, Mapping[date, int]]:
    """By unit, the newest number of each month."""
    known = defaultdict[int, dict[date, int]](dict)
    for unit, month, number in rows:
        known[unit].setdefault(month, number)
    return known


def _report(
    lines: Lines, counts: Sequence[tuple[int, str, str, str, int]], papers: Mapping[int, Mapping[date, int]],
    levels: Sequence[OfLevel], unused: int, targets: Mapping[int, Target], *, period: Period, today: date,
) -> Adoption:  # fmt: skip
    of_line = defaultdict[int, Counter[str]](Counter)
    for unit, code, called, channel, number in counts:
        of_line[lines.line_of(unit, code, called)][channel] += number
    begun = sum(month <= today for month in period.months)
    uses = [_use(key, said, of_line[key], papers.get(key, {}), begun) for key, said in lines.known.items()]
    units = [_held_against(one, targets.get(one.pk), period, today) for one in uses]
    of_all = Counter[str]()
    for channels in of_line.values():
        of_all += channels
    on_paper = [one.paper for one in units if one.paper is not None]
    paper = sum(on_paper) if on_paper else None
    total = Use(0, "", "", of_all, paper, is_whole=all(one.is_whole for one in units))
    return Adoption(sorted(units, key=_worst), total, levels, unused)


def _use(
    key: int, said: tuple[str, str], channels: Mapping[str, int], noted: Mapping[date, int], begun: int
) -> Use:  # fmt: skip
    code, name = said
    return Use(key, code, name, channels, sum(noted.values()) if noted else None, len(noted) == begun)


def _held_against(use: Use, target: Target | None, period: Period, today: date) -> Use:
    if target is None:
        return use
    found = distance(target, use.online, use.number, is_year=period.is_year, is_over=period.last < today)
    return replace(use, target=target, distance=found)


def _worst(use: Use) -> tuple[bool, Fraction, int, str]:
    """Nothing received first, then by how little of all stands on the system, then by how little there is."""
    share = use.system_share
    return (bool(use.number), Fraction(1) if share is None else share, use.number, use.name)
