"""The page of leaders, its rows, reminders, and late dossiers reported up."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.audit.recording import unguarded
from cchc.dossiers.actions import pausing
from cchc.dossiers.actions.reminding import escalate, remind
from cchc.dossiers.actions.standing_in import note_absence
from cchc.dossiers.models import Dossier, DossierEvent, Escalation, Reminder, StepInstance
from cchc.dossiers.queries import leading
from cchc.dossiers.queries.leading import (
    FLOWS,
    KINDS,
    OPEN,
    OVERDUE,
    SOON,
    TODAY,
    WAITING,
    AskedRows,
    conditions,
    find_led_dossiers,
    find_led_steps,
    flowing,
    next_to_escalate,
    tallying,
    weeks_until,
)
from cchc.dossiers.rules import rules_on
from cchc.dossiers.terms import calendar_of
from cchc.interface.hosting.desk import urgency_of
from cchc.interface.together import answer
from cchc.notices.models import Notice
from cchc.records.errors import DomainError
from tests.dossiers.test_permissions import looking
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, at, completed, now_of, received, settled, step_of, taken
from tests.factories.organizations import BY_TESTS, grant, official

pytestmark = [pytest.mark.django_db]
NOW = at("23 08:00")


@pytest.fixture
def held(desk: Desk, today: None) -> Dossier:
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    taken(desk, dossier, "settle", desk.settler, "23 09:00")
    return now_of(dossier)


def due(dossier: Dossier, moment: datetime, step: str = "settle") -> StepInstance:
    found = step_of(dossier, step)
    with unguarded():
        StepInstance.objects.filter(pk=found.pk).update(due_at=moment)
    return found


def told(kind: str) -> list[str]:
    found = Notice.objects.filter(kind=f"dossiers.{kind}").order_by("pk")
    return list(found.values_list("recipient__code", flat=True))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 18 * 24 * 60))
def test_every_kind_is_told_as_the_desk_tells_it(held: Dossier, minute: int):
    due_at = NOW - timedelta(days=7) + timedelta(minutes=minute)
    step = due(held, due_at)
    minutes = calendar_of(held).elapsed_minutes(NOW, due_at)
    expected = {"overdue": OVERDUE, "today": TODAY, "soon": SOON}.get(urgency_of(due_at, NOW, minutes).value)
    which = conditions([held.calendar], NOW)
    found = {kind for kind in KINDS if StepInstance.objects.filter(which[kind], pk=step.pk).exists()}
    assert found == {OPEN} | ({expected} if expected else set())


def test_what_waits_for_others_is_no_more_than_that(desk: Desk, held: Dossier):
    due(held, at("19 08:00"))
    pausing.suspend(
        **desk.as_(desk.head, "23 09:10"), dossier=held, expected_version=held.version, reason_code="dispute",
        reason="Có đơn",
    )  # fmt: skip
    (one,) = answer(tallying(looking(desk.head), NOW))
    assert one.numbers == {OPEN: 1, OVERDUE: 0, TODAY: 0, SOON: 0, WAITING: 1}


def test_every_number_has_exactly_its_rows(desk: Desk, held: Dossier):
    for number in range(6):
        dossier = received(desk)
        completed(desk, dossier, "receive", desk.receiver, "23 08:30")
        if number % 2:
            taken(desk, dossier, "settle", [desk.settler, desk.second_settler][number % 4 == 1], "23 09:00")
        due(dossier, at(f"{18 + 2 * number} 10:00") if number < 6 else NOW)
    viewer = looking(desk.head)
    tallies = answer(tallying(viewer, NOW))
    for one in tallies:
        for kind in KINDS:
            asked = AskedRows(kind, one.code or leading.QUEUE, "" if one.code else "xa-mot")
            assert find_led_steps(viewer, asked, NOW).count() == one.numbers[kind], (one, kind)
    assert sum(one.numbers[OPEN] for one in tallies) == 7
    assert not answer(tallying(looking(desk.stranger), NOW))


def test_the_weeks_against_counting_by_hand(desk: Desk, today: None):
    moments = ["19 08:00", "20 09:00", "23 08:00", "25 08:00"]
    for number, when in enumerate(moments):
        dossier = settled(desk, received(desk, when="19 08:00"), "19 09:00")
        with unguarded():
            Dossier.objects.filter(pk=dossier.pk).update(
                received_at=at(when), settled_at=at(when) + timedelta(hours=number),
                ended_at=at(when) + timedelta(hours=number), due_at=at(when) + timedelta(hours=2, minutes=-number),
                first_due_at=at(when) - timedelta(days=1),
            )  # fmt: skip
    now = at("26 08:00")
    weeks = answer(flowing(looking(desk.head), now))
    assert [week for week, _ in weeks] == weeks_until(now) and weeks[-1][0] == date(2026, 11, 23)
    rows = [one for one in Dossier.objects.order_by("pk") if one.received_at and one.settled_at]
    for week, counts in weeks:

        def inside(moment: datetime, week: date = week) -> bool:
            return week <= moment.astimezone(NOW.tzinfo).date() < week + timedelta(days=7)

        done = [one for one in rows if one.settled_at and inside(one.settled_at)]
        expected = Counter(
            nhan=sum(inside(one.received_at) for one in rows if one.received_at), xong=len(done),
            tre=sum(one.is_settled_late for one in done),
        )  # fmt: skip
        expected["dung-han"] = expected["xong"] - expected["tre"]
        assert dict(counts) == {flow: expected[flow] for flow in FLOWS}
        for flow in FLOWS:
            assert find_led_dossiers(looking(desk.head), AskedRows(week=week, flow=flow)).count() == counts[flow]


@pytest.mark.parametrize(("seconds", "late"), [(59, False), (60, True)])
def test_on_time_is_told_to_the_minute(desk: Desk, today: None, seconds: int, late: bool):
    dossier = settled(desk, received(desk))
    with unguarded():
        moment = at("25 08:00") + timedelta(seconds=seconds)
        Dossier.objects.filter(pk=dossier.pk).update(settled_at=moment, ended_at=moment, due_at=at("25 08:00"))
    counts = dict(answer(flowing(looking(desk.head), at("26 08:00"))))[date(2026, 11, 23)]
    assert (counts["dung-han"], counts["tre"]) == (int(not late), int(late)) == (
        int(not now_of(dossier).is_settled_late), int(now_of(dossier).is_settled_late),
    )  # fmt: skip


@pytest.mark.requirement(89)
def test_the_page_has_the_worst_first_and_every_number_leads_to_its_rows(desk: Desk, held: Dossier):
    due(held, at("19 08:00"))
    other = received(desk)
    completed(desk, other, "receive", desk.receiver, "23 08:30")
    taken(desk, other, "settle", desk.second_settler, "23 09:00")
    due(other, at("30 16:00"))
    head = client_of(desk.head)
    page = head.get("/ho-so/lanh-dao/").content.decode()
    assert page.index(desk.settler.name) < page.index(desk.second_settler.name), "who has something overdue is first"
    assert "/ho-so/lanh-dao/dong/?xem=qua-han&amp;nguoi=gq1" in page
    rows = head.get("/ho-so/lanh-dao/dong/?xem=qua-han&nguoi=gq1").content.decode()
    assert held.code in rows and other.code not in rows
    week = head.get("/ho-so/lanh-dao/dong/?tuan=2026-11-23&gi=nhan").content.decode()
    assert held.code in week and other.code in week
    for nonsense in ("?xem=x&nguoi=%00&tuan=khong", "?tuan=2026-11-23&gi=x", "?don-vi=khong-co", "?sau=x"):
        assert head.get(f"/ho-so/lanh-dao/dong/{nonsense}").status_code == 200
    assert client_of(desk.settler).get("/ho-so/lanh-dao/").status_code == 403
    assert client_of(desk.settler).get("/ho-so/lanh-dao/dong/").status_code == 403


@pytest.mark.requirement(89)
def test_two_hundred_officials_cost_the_same_questions_as_one(desk: Desk, held: Dossier):
    client = client_of(desk.head)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/ho-so/lanh-dao/").status_code == 200
        return len(asked)

    questions()
    few = questions()
    people = [official(f"cb{number:03}", f"Cán bộ {number}", desk.commune) for number in range(200)]
    with unguarded():
        step = step_of(held, "settle")
        for turn, person in enumerate(people, 10):
            StepInstance.objects.create(
                dossier=step.dossier, step=step.step, turn=turn, place=step.place, name_vi=step.name_vi, role=step.role,
                unit=step.unit, limit_amount=1, limit_unit="working_days", state="held", holder=person,
                begun_at=step.begun_at, due_at=step.due_at,
            )  # fmt: skip
    assert questions() == few <= 9
    assert "Cán bộ 199" in client.get("/ho-so/lanh-dao/").content.decode()


def reminded(desk: Desk, dossier: Dossier, when: str = "23 10:00", text: str = "Sắp hết hạn") -> Reminder:
    return remind(**desk.as_(desk.head, when), step=step_of(dossier, "settle"), text=text)


@pytest.mark.requirement(62)
def test_a_holder_is_reminded_once_a_day_and_step(desk: Desk, held: Dossier):
    version = held.version
    made = reminded(desk, held)
    assert (made.holder, made.text, told("reminded")) == (desk.settler, "Sắp hết hạn", ["gq1"])
    assert now_of(held).version == version, "nobody's click becomes stale by it"
    assert DossierEvent.objects.filter(dossier=held, act="remind", text="Sắp hết hạn").count() == 1
    with pytest.raises(DomainError) as refused:
        reminded(desk, held, "23 16:00")
    assert refused.value.code == "dossiers.reminded_today" and told("reminded") == ["gq1"]
    reminded(desk, held, "25 08:00")
    assert Reminder.objects.count() == 2


def test_whoever_stands_in_is_reminded_too_and_nobody_where_nobody_holds(desk: Desk, held: Dossier):
    note_absence(
        **desk.as_(desk.settler, "23 08:00"), official=desk.settler, deputy=desk.second_settler, starts_on=NOW.date(),
        ends_on=NOW.date(), reason="Đi học",
    )  # fmt: skip
    reminded(desk, held)
    assert sorted(told("reminded")) == ["gq1", "gq2"]
    with pytest.raises(DomainError) as refused:
        remind(**desk.as_(desk.head, "23 10:00"), step=step_of(held, "sign"), text="Nhanh")
    assert refused.value.code == "dossiers.nobody_to_remind"


def test_a_click_reminds(desk: Desk, held: Dossier):
    head, step = client_of(desk.head), step_of(held, "settle")
    address = f"/ho-so/buoc/{step.pk}/nhac/"
    assert address in head.get("/ho-so/lanh-dao/dong/").content.decode()
    assert head.post(address, {"text": ""}).status_code == 422
    assert head.post(address, {"text": "Đề nghị xử lý"}).status_code == 302
    assert head.post(address, {"text": "Đề nghị xử lý"}).status_code == 422
    assert client_of(desk.settler).post(address, {"text": "Đề nghị xử lý"}).status_code == 403
    assert "Đề nghị xử lý" in client_of(desk.settler).get(f"/ho-so/{held.pk}/").content.decode()


def late_by(when: str) -> list[tuple[str, str]]:
    found, _last = next_to_escalate(0, at(when))
    return [(one.rule.id, one.rule.to) for one in found]


@pytest.mark.requirement(62)
@pytest.mark.parametrize(
    ("when", "rules"),
    [
        ("25 08:00", []),
        ("26 07:29", []),
        ("26 08:00", ["late_to_one_stop"]),
        ("30 07:59", ["late_to_one_stop"]),
        ("30 08:00", ["late_to_one_stop", "late_to_head"]),
    ],
)
def test_a_late_dossier_is_reported_by_working_days_past_its_appointment(
    desk: Desk, held: Dossier, when: str, rules: list[str]
):
    assert held.due_at == at("25 08:00")
    assert [rule for rule, _ in late_by(when)] == rules


def reported(when: str) -> int:
    found, _last = next_to_escalate(0, at(when))
    return escalate(**BY_TESTS | {"now": at(when)}, found=found)


@pytest.mark.requirement(62)
def test_each_level_once_for_each_appointment(desk: Desk, held: Dossier):
    assert reported("26 08:00") == 1 and reported("26 09:00") == 0
    assert told("escalated") == ["mc1"]
    assert reported("30 08:00") == 1 and told("escalated") == ["mc1", "ct1"]
    now = now_of(held)
    pausing.extend(
        **desk.as_(desk.head, "30 09:00"), dossier=now, expected_version=now.version, due_at=at("30 17:00"),
        reason_code="complex", reason="Cần xác minh",
    )  # fmt: skip
    assert late_by("30 16:00") == []
    late = datetime(2026, 12, 2, 8, tzinfo=NOW.tzinfo)
    found, _last = next_to_escalate(0, late)
    assert escalate(**BY_TESTS | {"now": late}, found=found) == 1, "another appointment begins anew"
    assert told("escalated") == ["mc1", "ct1", "mc1"]
    assert DossierEvent.objects.filter(dossier=held, act="escalate").count() == 3


def test_what_changed_meanwhile_and_whom_nobody_can_be_told_is_left(desk: Desk, held: Dossier):
    found, _last = next_to_escalate(0, at("26 08:00"))
    with unguarded():
        desk.one_stop_head.grants.all().delete()
    assert escalate(**BY_TESTS | {"now": at("26 08:00")}, found=found) == 0 and not Escalation.objects.exists()
    grant(desk.one_stop_head, "one_stop_head", desk.commune)
    pausing.suspend(
        **desk.as_(desk.head, "26 08:10"), dossier=held, expected_version=now_of(held).version, reason_code="dispute",
        reason="Có đơn",
    )  # fmt: skip
    assert escalate(**BY_TESTS | {"now": at("26 08:20")}, found=found) == 0, "it waits, and is late no more"


def test_it_stands_on_the_desks_of_those_told_until_it_is_over(desk: Desk, held: Dossier):
    def on_desk(person: Any) -> bool:
        return "Hồ sơ quá hạn được báo lên" in client_of(person).get("/ban-lam-viec/").content.decode()

    with time_machine.travel(at("26 08:00"), tick=False):
        assert not on_desk(desk.one_stop_head)
        reported("26 08:00")
        assert on_desk(desk.one_stop_head) and not on_desk(desk.head) and not on_desk(desk.settler)
        now = now_of(held)
        pausing.suspend(
            **desk.as_(desk.head, "26 08:10"), dossier=now, expected_version=now.version, reason_code="dispute",
            reason="Có đơn",
        )  # fmt: skip
        assert not on_desk(desk.one_stop_head)


def test_the_levels_are_dated_and_unverified():
    rule = rules_on(date(2026, 11, 30))
    assert [(one.id, one.working_days, one.to) for one in rule.value.escalate] == [
        ("late_to_one_stop", 1, "one_stop_head"), ("late_to_head", 3, "unit_head"),
    ]  # fmt: skip
    assert not rule.verification.verified
