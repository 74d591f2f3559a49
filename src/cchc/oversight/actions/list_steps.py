"""What every act at a list does: take it, unless it has changed since it was seen; keep it, with a line of its history
and an event in the chain.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from cchc.audit.actions import record, values_of
from cchc.audit.actors import Actor
from cchc.interface.durations import clock_time
from cchc.organizations.doers import done_by
from cchc.organizations.models import Official
from cchc.organizations.viewers import officials_behind
from cchc.oversight.audit_kinds_lists import OF_LISTS
from cchc.oversight.models import ListEntry, MonthlyList
from cchc.oversight.policies import may_become
from cchc.oversight.shown_lists_words import act_name, state_name
from cchc.oversight.states_lists import MONTHLY_LIST
from cchc.records.errors import DomainError, Message, refuse


def take(list_: MonthlyList, act: str, expected_version: int | None = None) -> MonthlyList:
    """The list, locked, ready for a step of its table. Raises `oversight.list_stale` for a reader who saw an older one,
    with what happened since; `oversight.not_in_state`.
    """
    related = MonthlyList.objects.select_for_update(of=("self",)).select_related("unit", "basis")
    locked = related.get(pk=list_.pk)
    if expected_version is not None and locked.version != expected_version:
        raise _stale(locked)
    may_become(locked, act).require()
    return locked


def keep(list_: MonthlyList, act: str, actor: Actor, now: datetime, before: dict[str, object], text: str = "") -> None:
    """It stands where the step of the table leads, a version on; its history and the chain say so."""
    list_.state = MONTHLY_LIST.after(list_.state, MONTHLY_LIST.step(act))
    list_.version += 1
    list_.save()
    enter(list_, act, actor, now, text)
    record(OF_LISTS[act], list_, before=before, after=values_of(list_), reason=text or None)


def enter(list_: MonthlyList, act: str, actor: Actor, now: datetime, text: str = "") -> None:
    """A line of the list's history."""
    done = done_by(actor, "done")
    ListEntry.objects.create(
        list=list_, at=now, act=act, state=list_.state, text=text, by=done["done_by"], by_as=done["done_as"]
    )


def doers_of(actor: Actor) -> set[int]:
    """The keys of who acts, and of whom they act for."""
    return {one.pk for one in officials_behind(actor) if one is not None}


def official_of(actor: Actor) -> Official:
    """Who acts. Raises `oversight.by_official` for what no official does."""
    official = officials_behind(actor)[0]
    if official is None:
        raise refuse("oversight.by_official")
    return official


def _stale(list_: MonthlyList) -> DomainError:
    last = ListEntry.objects.filter(list=list_).select_related("by").order_by("-pk")[0]
    who: object = last.by.name if last.by else Message("followups.the_system")
    return refuse(
        "oversight.list_stale", who=who, act=act_name(last.act), time=clock_time(last.at), day=localdate(last.at),
        state=state_name(list_.state),
    )  # fmt: skip
