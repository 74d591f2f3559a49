"""Entries that were left out of a list because who is named was away: those that still wait for a list, those that went
on into a later one.

Of an overdue dossier the minutes are of its whole life, so that the newest list which has it speaks for all before;
what somebody was slow with is of one month, and waits by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cchc.organizations.models import Unit
from cchc.oversight.charging import OVERDUE, Charge
from cchc.oversight.models import ListedItem, Outcome
from cchc.oversight.states_lists import WITHDRAWN

Mark = tuple[int | None, int | None, int | None, int | None, str]
"""Who, in which unit, with which dossier of our own or of a log, and the class."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """What is left over from earlier lists: entries to be listed now, and marks that a later list took over already."""

    waiting: Sequence[ListedItem]
    gone_on: frozenset[Mark]


def postponed_of(body: Unit, month: date) -> Postponed:
    """For the list of that month. Three queries."""
    live = ListedItem.objects.filter(listed__list__unit=body).exclude(listed__list__state=WITHDRAWN)
    live = live.select_related("listed__list", "origin__listed__list")
    carried = live.filter(is_of_month=False, origin__listed__list__month=month).order_by("pk")
    return Postponed(_waiting(live, month), frozenset(mark_of(one) for one in carried))


def _waiting(live: QuerySet[ListedItem], month: date) -> list[ListedItem]:
    """Of each dossier of each person the last entry, where that one was postponed in an earlier month."""
    postponed = list(live.filter(outcome=Outcome.POSTPONED).order_by("pk"))
    last = dict[tuple[Mark, date | None], ListedItem]()
    for one in _of_these(live, postponed):
        last[mark_of(one), None if one.klass == OVERDUE else month_of(one)] = one
    return [one for one in last.values() if one.outcome == Outcome.POSTPONED and one.listed.list.month < month]


def _of_these(live: QuerySet[ListedItem], postponed: Iterable[ListedItem]) -> Iterable[ListedItem]:
    """Every entry with the same people and dossiers, by month of its list."""
    officials = {one.listed.official_id for one in postponed}
    own, kept = {one.own_id for one in postponed}, {one.kept_id for one in postponed}
    same = live.filter(Q(own__in=own - {None}) | Q(kept__in=kept - {None}), listed__official__in=officials)
    return same.order_by("listed__list__month", "pk")


def mark_of(one: ListedItem) -> Mark:
    """Of an entry."""
    return (one.listed.official_id, one.listed.unit_id, *_dossier(one.own_id, one.kept_id), one.klass)


def mark_of_charge(one: Charge) -> Mark:
    """Of what is charged now."""
    return (one.official, one.unit, *_dossier(one.own, one.kept), one.klass)


def month_of(one: ListedItem) -> date:
    """Of which month an entry is, whichever list it stands in."""
    return (one.origin or one).listed.list.month


def _dossier(own: int | None, kept: int | None) -> tuple[int | None, int | None]:
    """A dossier of our own is known before it is kept."""
    return (own, None) if own is not None else (None, kept)
