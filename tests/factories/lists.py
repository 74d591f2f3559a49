"""Lists of a month for tests, made the real way: a dossier left lying since October with whoever is to be named."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from cchc.dossiers.actions.intake import receive
from cchc.dossiers.actions.working import take_up
from cchc.organizations.models import Official, Unit
from cchc.oversight.actions.lists import draft_list, notify_list
from cchc.oversight.models import MonthlyList
from cchc.procedures.models import Procedure
from tests.factories.dossiers import intake, step_of
from tests.factories.organizations import BY_TESTS, TESTER, TODAY

OCTOBER: Final = date(2026, 10, 1)
LONG_LATE: Final = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)


def list_of_october(unit: Unit, procedure: Procedure, person: Official, *, is_notified: bool = False) -> MonthlyList:
    """Names the person with one dossier."""
    by = {"actor": TESTER, "now": LONG_LATE}
    dossier = receive(**by, unit=unit, procedure=procedure, intake=intake(procedure), receiver=person)
    step = step_of(dossier, "receive")
    if step.holder_id is None:
        take_up(**by, step=step, official=person, expected_version=step.dossier.version)
    list_ = draft_list(**BY_TESTS, unit=unit, month=OCTOBER)
    if is_notified:
        given = {"expected_version": list_.version, "number": "15/TB-UBND", "noticed_on": TODAY}
        list_ = notify_list(**BY_TESTS, list_=list_, **given)
    return list_
