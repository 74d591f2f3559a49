"""Who is told that a dossier is expected to miss its appointment: once, again only when it has become worse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cchc.audit.recording import unguarded
from cchc.dossiers.actions.reminding import remind
from cchc.dossiers.models import Absence, Dossier
from cchc.notices.models import Notice
from cchc.oversight.actions.foretelling import tell_forecasts, tell_heads
from cchc.oversight.models import ForecastTold, StepForecast
from cchc.oversight.queries.foretelling import HEAD, next_to_tell
from tests.factories.dossiers import Desk, at, completed, received, step_of, taken
from tests.factories.organizations import TESTER
from tests.factories.oversight import foreseen

pytestmark = pytest.mark.requirement(62, 65)
HOLDERS, HEADS = "oversight.expected_late", "oversight.expected_late_of_unit"


@pytest.fixture
def late(desk: Desk) -> Dossier:
    """Held by the settler on Monday, due on Thursday (the 24th is off), expected a day's work later than that."""
    dossier = received(desk, when="23 08:00")
    completed(desk, dossier, "receive", desk.receiver, "23 08:10")
    taken(desk, dossier, "settle", desk.settler, "23 08:20")
    foreseen(at("23 09:00"))
    expect(dossier, 100)
    return dossier


def expect(dossier: Dossier, beyond: int, due: str = "26 17:00", **more: object) -> None:
    with unguarded():
        StepForecast.objects.filter(dossier=dossier).update(
            beyond_minutes=beyond, due_at=at(due), expected_at=at(due) + timedelta(days=1), **more
        )


def told(when: str) -> list[tuple[str, str]]:
    """Notices of a run of the job: kind and to whom."""
    before, after, heads = Notice.objects.count(), 0, dict[tuple[int, int], int]()
    while after is not None:
        found, after = next_to_tell(after, at(when))
        for one in found:
            if one.level == HEAD:
                heads[one.recipient, one.forecast.unit_id] = heads.get((one.recipient, one.forecast.unit_id), 0) + 1
        tell_forecasts(actor=TESTER, now=at(when), found=found)
    tell_heads(actor=TESTER, now=at(when), counted=heads)
    notices = Notice.objects.order_by("pk")[before:]
    return sorted((one.kind, one.recipient.code) for one in notices.select_related("recipient"))


def test_the_holder_is_told_once_and_again_only_when_worse(desk: Desk, late: Dossier):
    assert told("23 09:00") == [(HOLDERS, "gq1")], "the appointment is two working days away: no head yet"
    assert told("23 09:30") == []
    expect(late, 100 + 959)
    assert told("23 10:00") == []
    expect(late, 100 + 960)
    assert told("23 10:00") == [(HOLDERS, "gq1")]
    expect(late, 50)
    assert told("23 11:00") == [], "better is no news"
    notice = Notice.objects.filter(kind=HOLDERS).order_by("pk")[0]
    assert late.code in str(notice.parameters) and "Còn" in str(notice.parameters)


def test_what_is_in_time_overdue_waiting_or_no_longer_true_is_told_to_nobody(desk: Desk, late: Dossier):
    expect(late, 0)
    assert told("23 09:00") == []
    expect(late, 1, due="23 08:59")
    assert told("23 09:00") == [], "past its appointment others report it up"
    expect(late, 1, is_waiting=True)
    assert told("23 09:00") == []
    expect(late, 1, is_waiting=False, version=99)
    assert told("23 09:00") == [], "something happened since"


def test_heads_are_told_once_of_how_many_when_the_appointment_is_near(desk: Desk, late: Dossier):
    told("23 09:00")
    assert told("25 09:00") == [(HEADS, "mc1")]
    assert told("25 09:30") == []
    kept = ForecastTold.objects.order_by("pk").values_list("recipient__code", "level")
    assert list(kept) == [("gq1", "holder"), ("mc1", "head")]


def test_another_holder_is_told_too_and_whoever_stands_in(desk: Desk, late: Dossier):
    told("23 09:00")
    with unguarded():
        StepForecast.objects.filter(dossier=late).update(holder=desk.second_settler)
        Absence.objects.create(
            official=desk.second_settler, deputy=desk.settler, starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 23),
            reason="", noted_at=at("23 08:00"),
        )  # fmt: skip
    assert told("23 10:00") == [(HOLDERS, "gq1"), (HOLDERS, "gq2")]


def test_whoever_was_urged_today_is_not_told_the_same_day(desk: Desk, late: Dossier):
    remind(**desk.as_(desk.head, "23 08:50"), step=step_of(late, "settle"), text="Khẩn trương")
    foreseen(at("23 09:00"))
    expect(late, 100)
    assert told("23 09:00") == []
    assert told("25 07:40") == [(HOLDERS, "gq1"), (HEADS, "mc1")]


def test_two_runs_at_once_tell_once(desk: Desk, late: Dossier):
    found, _ = next_to_tell(0, at("23 09:00"))
    assert tell_forecasts(actor=TESTER, now=at("23 09:00"), found=found) == 1
    assert tell_forecasts(actor=TESTER, now=at("23 09:00"), found=found) == 0
