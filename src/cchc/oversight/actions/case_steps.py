"""What every act at a case does: take it, unless it has changed since it was seen; keep it, with a line of its history
and an event in the chain.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from cchc.audit.actions import record, values_of
from cchc.audit.actors import Actor
from cchc.interface.durations import clock_time
from cchc.organizations.doers import done_by
from cchc.oversight.audit_kinds_cases import OF_CASES
from cchc.oversight.models import CaseEntry, ResponsibilityCase
from cchc.oversight.policies import may_case_become
from cchc.oversight.shown_cases_words import case_act, case_state
from cchc.oversight.states_cases import RESPONSIBILITY_CASE
from cchc.records.errors import DomainError, Message, refuse


def take(case: ResponsibilityCase, act: str, expected_version: int | None = None) -> ResponsibilityCase:
    """The case, locked, ready for a step of its table. Raises `oversight.case_stale` for a reader who saw an older one,
    with what happened since; `oversight.case_not_in_state`.
    """
    related = ResponsibilityCase.objects.select_for_update(of=("self",)).select_related("unit", "official")
    locked = related.get(pk=case.pk)
    if expected_version is not None and locked.version != expected_version:
        raise _stale(locked)
    may_case_become(locked, act).require()
    return locked


def keep(
    case: ResponsibilityCase, act: str, actor: Actor, now: datetime, before: dict[str, object], text: str = ""
) -> None:
    """It stands where the step of the table leads, a version on; its history and the chain say so."""
    case.state = RESPONSIBILITY_CASE.after(case.state, RESPONSIBILITY_CASE.step(act))
    case.version += 1
    case.save()
    enter(case, act, actor, now, text)
    record(OF_CASES[act], case, before=before, after=values_of(case), reason=text or None)


def enter(case: ResponsibilityCase, act: str, actor: Actor, now: datetime, text: str = "") -> None:
    """A line of the case's history."""
    done = done_by(actor, "done")
    CaseEntry.objects.create(
        case=case, at=now, act=act, state=case.state, text=text, by=done["done_by"], by_as=done["done_as"]
    )


def _stale(case: ResponsibilityCase) -> DomainError:
    last = CaseEntry.objects.filter(case=case).select_related("by").order_by("-pk")[0]
    who: object = last.by.name if last.by else Message("followups.the_system")
    return refuse(
        "oversight.case_stale", who=who, act=case_act(last.act), time=clock_time(last.at), day=localdate(last.at),
        state=case_state(case.state),
    )  # fmt: skip
