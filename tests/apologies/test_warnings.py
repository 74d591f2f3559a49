"""Who is told before an appointment, and of a letter that was not sent: once each; what stands on a desk."""

from __future__ import annotations

import pytest

from cchc.apologies.actions.warning import note_warnings
from cchc.apologies.desk import letters, owed
from cchc.apologies.duty import About, Why
from cchc.apologies.models import Warned
from cchc.apologies.queries.warnings import next_late, next_near
from cchc.apologies.rules import rules_on
from cchc.apologies.warning import warning_due
from cchc.dossiers.actions.ending import stop
from cchc.dossiers.actions.pausing import suspend
from cchc.dossiers.models import Dossier
from cchc.interface.actions import request_job
from cchc.interface.hosting.desk import DeskItem, Urgency
from cchc.interface.together import answer_all
from cchc.notices.models import Notice
from cchc.organizations.models import Official
from cchc.organizations.viewers import viewer_of
from cchc.worktime import Calendar
from tests.factories.apologies import approved, drafted, mistaken, sent_for, signed, underway
from tests.factories.dossiers import Desk, at, now_of, received
from tests.factories.jobs import do_job
from tests.factories.organizations import BY_TESTS, unsaved_account

pytestmark = pytest.mark.django_db


def told(reading, when: str) -> list[tuple[str, int]]:
    return sorted((one.rule, one.recipient) for one in reading(0, at(when)).warnings)


def noted(reading, when: str) -> int:
    return note_warnings(**BY_TESTS | {"now": at(when)}, warnings=reading(0, at(when)).warnings)


@pytest.mark.parametrize(
    ("until", "rule"),
    [
        ("11 08:00", None), ("11 08:01", "before_3"), ("13 08:00", "before_3"), ("13 08:01", "before_1"),
        ("17 00:00", "before_1"),
    ],
)  # fmt: skip
def test_the_nearest_warning_that_is_reached(until: str, rule: str | None):
    rules = rules_on(at("1 08:00").date()).value
    assert warning_due(Calendar.load("vn"), rules, at("16 08:00"), at(until)) == rule


@pytest.mark.requirement(89)
@pytest.mark.requirement(62)
def test_holder_and_heads_are_told_on_the_morning_three_days_and_one_day_before(desk: Desk):
    dossier = underway(desk)
    people = sorted([desk.settler.pk, desk.one_stop_head.pk, desk.head.pk])
    assert told(next_near, "10 07:15") == []
    assert told(next_near, "11 07:15") == [("before_3", one) for one in people]
    assert noted(next_near, "11 07:15") == 3
    assert told(next_near, "11 09:00") == told(next_near, "12 07:15") == [], "once"
    assert told(next_near, "13 07:15") == [("before_1", one) for one in people]
    assert told(next_near, "16 08:01") == [], "what is missed is no longer near"
    notice = Notice.objects.get(recipient=desk.settler, kind="apologies.appointment_near")
    assert notice.due_at == at("13 08:00")
    assert Warned.objects.filter(dossier=dossier, about_at=at("16 08:00")).count() == 3


def test_nobody_is_told_where_the_limit_leaves_no_day_before(desk: Desk):
    dossier = received(desk, when="11 08:00")
    assert dossier.due_at == at("12 08:00")
    assert told(next_near, "11 08:01") == told(next_near, "12 07:15") == [] == told(next_late, "12 08:00")
    assert told(next_late, "12 08:01") == [("late", desk.head.pk)]


def test_whoever_gets_it_the_day_before_is_told_once(desk: Desk):
    underway(desk)
    assert {rule for rule, _ in told(next_near, "13 07:15")} == {"before_1"}


def test_another_appointment_is_told_of_anew(desk: Desk):
    dossier = underway(desk)
    noted(next_near, "13 07:15")
    sent_for(desk, dossier, "13 07:30", new_due_at=at("20 17:00"))
    assert told(next_near, "16 07:15") == []
    assert {rule for rule, _ in told(next_near, "17 07:15")} == {"before_3"}


def test_nobody_is_told_of_what_waits_for_others_has_ended_or_was_told_to_its_owner(desk: Desk):
    waits, over, said = (underway(desk) for _ in range(3))
    reason = {"reason_code": "other", "reason": "Chờ"}
    suspend(**desk.as_(desk.head, "10 08:00"), dossier=waits, expected_version=waits.version, **reason)
    stop(**desk.as_(desk.head, "10 08:00"), dossier=over, expected_version=over.version, **reason)
    sent_for(desk, said, "11 08:00")
    assert told(next_near, "13 07:15") == []


def test_what_ended_between_reading_and_telling_is_left_out(desk: Desk):
    dossier = underway(desk)
    found = next_near(0, at("13 07:15")).warnings
    now = now_of(dossier)
    reason = {"reason_code": "other", "reason": "Không đủ điều kiện"}
    stop(**desk.as_(desk.head, "13 07:15"), dossier=now, expected_version=now.version, **reason)
    assert note_warnings(**BY_TESTS | {"now": at("13 07:16")}, warnings=found) == 0


@pytest.mark.requirement(62)
def test_the_head_of_the_unit_is_told_of_a_letter_that_was_not_sent_in_time(desk: Desk):
    dossier = underway(desk)
    signed(desk, approved(desk, drafted(desk, dossier, "12 09:00"), "12 09:00"), "12 09:00")
    assert told(next_late, "13 08:00") == []
    assert told(next_late, "13 08:01") == [("late", desk.head.pk)]
    assert noted(next_late, "16 07:20") == 1 and told(next_late, "17 07:20") == []
    assert Notice.objects.get(kind="apologies.letter_late").recipient == desk.head


def test_a_mistake_is_escalated_too_and_a_sent_letter_is_not(desk: Desk):
    first, second = underway(desk), underway(desk)
    mistaken(desk, first, "3 08:00")
    mistake = mistaken(desk, second, "3 08:00")
    sent_for(desk, second, "5 08:00", About(Why.MISTAKE, mistake.pk))
    late = next_late(0, at("9 07:20")).warnings
    assert [(one.dossier, one.owed_by) for one in late] == [(first.pk, at("6 08:00"))]


@pytest.mark.parametrize(("kind", "number"), [("apologies.warn", 3), ("apologies.escalate", 0)])
def test_the_jobs_tell_everybody_once_however_often_they_run(desk: Desk, today, kind: str, number: int):
    underway(desk)
    today.move_to(at("13 07:15"))
    for _ in range(2):
        job = request_job(**BY_TESTS | {"now": at("13 07:15")}, kind=kind)
        assert do_job(job).state == "finished"
        assert Warned.objects.count() == number


def items(kind, person: Official, when: str) -> list[DeskItem]:
    viewer = viewer_of(unsaved_account(person), at(when).date())
    (found,) = answer_all(kind.gather(viewer, at(when)))
    return list(found)


@pytest.mark.requirement(89)
@pytest.mark.parametrize(
    ("when", "urgency"),
    [("11 07:59", None), ("11 08:00", Urgency.SOON), ("13 07:59", Urgency.TODAY), ("13 08:01", Urgency.OVERDUE)],
)
def test_what_is_owed_stands_on_the_desk_of_holder_and_heads(desk: Desk, when: str, urgency: Urgency | None):
    dossier = underway(desk)
    for person in (desk.settler, desk.head, desk.one_stop_head):
        found = items(owed, person, when)
        assert [one.urgency for one in found] == [urgency] * bool(urgency)
        for one in found:
            assert "Gửi văn bản xin lỗi trước 08:00, 13/11/2026" in one.title and one.url == f"/ho-so/{dossier.pk}/"
    for person in (desk.second_settler, desk.stranger, desk.signer):
        assert items(owed, person, when) == []


def test_a_letter_on_its_way_stands_with_whoever_comes_next(desk: Desk):
    letter = drafted(desk, underway(desk), "12 09:00")
    assert items(owed, desk.settler, "12 10:00") == []

    def waits_for() -> set[str]:
        people = (desk.settler, desk.one_stop_head, desk.head, desk.signer, desk.receiver)
        return {person.code for person in people if items(letters, person, "12 10:00")}

    assert waits_for() == {"mc1", "ct1"}
    letter = approved(desk, letter, "12 09:10")
    assert waits_for() == {"ky1", "ct1"}
    signed(desk, letter, "12 09:20")
    assert waits_for() == {"tn1", "mc1"}
    assert Dossier.objects.get().extensions == 0
