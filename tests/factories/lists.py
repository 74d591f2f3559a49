"""Lists of a month for tests, made the real way: a dossier left lying since October with whoever is to be named."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from cchc.dossiers.actions.intake import receive
from cchc.dossiers.actions.working import take_up
from cchc.organizations.models import Official, Unit
from cchc.organizations.viewers import actor_of
from cchc.oversight.actions.lists import approve_list, close_replies, draft_list, notify_list
from cchc.oversight.actions.publishing import freeze_list, publish_list, put_forward
from cchc.oversight.models import MonthlyList
from cchc.procedures.models import Procedure
from tests.factories.dossiers import intake, step_of
from tests.factories.organizations import BY_TESTS, TESTER, TODAY
from tests.factories.papers import basis

OCTOBER: Final = date(2026, 10, 1)
LONG_LATE: Final = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)


def list_of_october(
    unit: Unit, procedure: Procedure, person: Official, *, is_notified: bool = False, **drafted: datetime
) -> MonthlyList:
    """Names the person with one dossier."""
    by = {"actor": TESTER, "now": LONG_LATE}
    dossier = receive(**by, unit=unit, procedure=procedure, intake=intake(procedure), receiver=person)
    step = step_of(dossier, "receive")
    if step.holder_id is None:
        take_up(**by, step=step, official=person, expected_version=step.dossier.version)
    list_ = draft_list(**(BY_TESTS | drafted), unit=unit, month=OCTOBER)
    if is_notified:
        given = {"expected_version": list_.version, "number": "15/TB-UBND", "noticed_on": TODAY}
        list_ = notify_list(**BY_TESTS, list_=list_, **given)
    return list_


def frozen_list(unit: Unit, procedure: Procedure, person: Official, keeper: Official, second: Official) -> MonthlyList:
    """Nobody replied to it; two persons froze it a week later."""
    drafted_at = datetime(2026, 11, 6, 2, 0, tzinfo=UTC)
    list_ = list_of_october(unit, procedure, person, now=drafted_at)
    notice = {"number": "15/TB-UBND", "noticed_on": drafted_at.date()}
    list_ = notify_list(actor=TESTER, now=drafted_at, list_=list_, expected_version=list_.version, **notice)
    later = drafted_at + timedelta(days=10)
    steps = ((close_replies, person), (approve_list, second), (put_forward, keeper), (freeze_list, second))
    for act, by in steps:
        list_ = act(actor=actor_of(by, day=later.date()), now=later, list_=list_, expected_version=list_.version)
    return list_


def published_list(list_: MonthlyList) -> MonthlyList:
    """What was frozen stands on the public page."""
    given = {"basis": basis(list_.unit), "decision_number": "20/QĐ-UBND", "decided_on": TODAY}
    return publish_list(**BY_TESTS, list_=list_, expected_version=list_.version, **given)
