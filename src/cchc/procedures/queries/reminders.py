"""Who has to be reminded of procedures that wait for a review, and of drafts that nobody published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.timezone import localdate, make_aware

from cchc.interface.together import answer, made_of
from cchc.notices.models import Notice
from cchc.organizations.models import Ancestry, RoleGrant
from cchc.organizations.models.dated import during
from cchc.procedures.models import Procedure, ProcedureVersion, Review
from cchc.procedures.notice_kinds import WAITING
from cchc.procedures.permissions import KEEPERS
from cchc.procedures.reviewing import reviewed_since
from cchc.procedures.states import DRAFT, PUBLISHED


@dataclass(frozen=True, slots=True)
class Waiting:
    """An official, by key, and how many procedures and drafts wait in the catalogues that they keep."""

    official: int
    reviews: int
    drafts: int


def keepers_to_remind(now: datetime) -> Sequence[Waiting]:
    """Those who keep a catalogue in which something waits and who heard nothing in this month. Four queries."""
    day = localdate(now)
    reviews, drafts = _numbers(due_for_review(day), "keeper"), _numbers(_drafts(), "procedure__keeper")
    told = _told(day)
    found = dict[int, Waiting]()
    for official, units in _keepers(day, reviews.keys() | drafts.keys()).items():
        waiting = Waiting(official, sum(reviews[one] for one in units), sum(drafts[one] for one in units))
        if official not in told:
            found[official] = waiting
    return [found[official] for official in sorted(found)]


def due_for_review(day: date) -> QuerySet[Procedure]:
    """In force since before the span of reviews and not reviewed in it, as the catalogue's filter has it."""
    since = reviewed_since(day)
    holds = ProcedureVersion.objects.filter(
        during(day), procedure=OuterRef("pk"), state=PUBLISHED, starts_on__lte=since
    )
    reviewed = Review.objects.filter(procedure=OuterRef("pk"), reviewed_on__gt=since)
    return Procedure.objects.filter(Exists(holds.order_by()), ~Exists(reviewed.order_by()))


def _drafts() -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(state=DRAFT)


def _numbers(found: QuerySet[Any], keeper: str) -> Counter[int]:
    rows = found.order_by().values_list(keeper).annotate(number=Count("pk"))
    return answer(made_of(rows, lambda pairs: Counter(dict(pairs))))


def _keepers(day: date, units: Iterable[int]) -> Mapping[int, set[int]]:
    """By official the units whose catalogues they keep, directly or from above."""
    over = Ancestry.objects.filter(during(day), descendant__in=list(units)).order_by("pk")
    links = list(over.values_list("ancestor", "descendant"))
    grants = RoleGrant.objects.filter(during(day), role__in=KEEPERS, unit__in={above for above, _ in links})
    found = dict[int, set[int]]()
    for official, unit, covers in grants.order_by("pk").values_list("official", "unit", "covers_subtree"):
        kept = {below for above, below in links if above == unit and (covers or below == unit)}
        if kept:
            found.setdefault(official, set()).update(kept)
    return found


def _told(day: date) -> set[int]:
    """Who heard of it since the first of the month."""
    begins = make_aware(datetime.combine(day.replace(day=1), time.min))
    told = Notice.objects.filter(kind=WAITING, created_at__gte=begins).order_by("pk")
    return set(told.values_list("recipient", flat=True))
