"""Tasks: given, reported, verified by others, with all that happened in their history."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial

import pytest

from cchc.audit.actors import Actor
from cchc.audit.queries import events_of
from cchc.followups.actions import tasks as actions
from cchc.followups.actions.giving import Order, give_tasks
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Task, TaskEntry
from cchc.followups.queries.tasks import difficulties_of, get_difficulty, history_of, only, unanswered
from cchc.followups.shown import shown_history, shown_tasks, why_due
from cchc.followups.states import OPEN, TASK
from cchc.notices.models import Notice
from cchc.organizations.actions.people import post_official
from cchc.organizations.actions.units import choose_calendar
from cchc.organizations.viewers import actor_of, viewer_of
from cchc.records.errors import DomainError
from cchc.records.words import say, say_next_step
from tests.factories.clients import client_of
from tests.factories.followups import ABOUT, claimed, step, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, unit, unsaved_account

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def given(people) -> Task:
    return task(people.commune, people.chairman, people.office)


def refused(act) -> str:
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code.removeprefix("followups.")


@pytest.mark.requirement(57)
def test_one_text_becomes_a_task_of_each_unit_led_by_its_head(people):
    order = Order("Công khai danh sách", Deadline(TODAY, working_days=5), people.office, "CV 2624")
    made = give_tasks(**BY_TESTS, subject=ABOUT, order=order, owners=[people.commune, people.other, people.commune])
    assert [(one.owner, one.leader) for one in made] == [
        (people.commune, people.chairman),
        (people.other, people.other_chairman),
    ]
    assert {(one.subject_type, one.subject_id, one.state) for one in made} == {(*ABOUT, "given")}
    assert [entry.text for entry in history_of(made[0])] == ["Công khai danh sách"]


def test_what_cannot_be_given_is_refused_whole(people):
    def give(owners, watcher=people.office, what="Việc", deadline=None):
        return lambda: give_tasks(
            **BY_TESTS,
            subject=ABOUT,
            order=Order(what, deadline or Deadline(TODAY, working_days=1), watcher),
            owners=owners,
        )

    headless = unit("phong", people.commune)
    assert refused(give([])) == "nobody_to_do_it"
    assert refused(give([people.commune], what=" ")) == "nothing_said"
    assert refused(give([people.office])) == "watches_itself"
    assert refused(give([people.commune], watcher=headless)) == "watches_itself"
    past = Deadline(date(2026, 11, 2), due_on=date(2026, 11, 20))
    assert refused(give([people.commune], deadline=past)) == "deadline_passed"
    assert not Task.objects.exists()


def test_a_deadline_follows_the_calendar_of_the_owner(people):
    choose_calendar(**BY_TESTS, unit=people.commune, calendar="vn-example-commune", starts_on=TODAY)
    dues = {
        one.calendar: one.due_at
        for one in (
            task(owner, leader, people.office)
            for owner, leader in ((people.commune, people.chairman), (people.other, people.other_chairman))
        )
    }
    assert set(dues) == {"vn", "vn-example-commune"} and len(set(dues.values())) == 2


@pytest.mark.requirement(57)
def test_from_giving_to_verification(given, people):
    step(given, "acknowledge", "")
    step(given, "report", "Đã rà soát 12/20")
    claimed_at = NOW + HOUR
    now = Task.objects.get(pk=given.pk)
    clerk = actor_of(people.clerk)
    actions.claim_done(actor=clerk, now=claimed_at, task=now, expected_version=3, proof="BC 12", done_on=TODAY)
    now.refresh_from_db()
    assert (now.state, now.claimed_at, now.claimed_by, now.heard_by) == ("done_claimed", claimed_at, people.clerk, None)
    step(given, "send_back", "Thiếu phụ lục")
    now.refresh_from_db()
    assert (now.state, now.claimed_at, now.claimed_by, now.done_on) == ("returned", None, None, None)
    now = actions.claim_done(
        actor=clerk, now=claimed_at, task=now, expected_version=now.version, proof="BC 12, PL 1", done_on=TODAY
    )
    step(given, "verify", "")
    now.refresh_from_db()
    assert (now.state, now.closed_at, now.due_at) == ("verified", NOW, given.due_at)
    lines = shown_history(history_of(now))
    assert [line.entry.step for line in lines] == [
        "verify", "claim", "send_back", "claim", "report", "acknowledge", "give",
    ]  # fmt: skip
    assert lines[1].entry.by == people.clerk and lines[1].entry.done_on == TODAY
    assert [event.kind.split("_", 1)[1] for event in events_of(now)] == [
        "given", "acknowledge", "report", "claim", "send_back", "claim", "verify",
    ]  # fmt: skip


@pytest.mark.parametrize("state", [state.id for state in TASK.states])
@pytest.mark.parametrize("name", ["acknowledge", "report", "urge", "verify", "send_back", "withdraw"])
def test_a_step_is_taken_exactly_from_the_states_of_the_table(given, state, name):
    with_state(given, state)
    allowed = state in TASK.step(name).sources
    code = None
    try:
        after = actions.take_step(**BY_TESTS, task=given, step=name, expected_version=1, text="x")
    except DomainError as error:
        code = error.code
    if allowed:
        assert code is None and after.state == TASK.after(state, TASK.step(name))
    else:
        assert code == "followups.not_in_state" and Task.objects.get(pk=given.pk).version == 1


def with_state(given: Task, state: str) -> None:
    from cchc.audit.testing import unrecorded_for_tests

    with unrecorded_for_tests():
        Task.objects.filter(pk=given.pk).update(state=state)


def test_words_are_asked_for_where_somebody_else_needs_them(given):
    assert refused(lambda: step(given, "urge", " \n")) == "nothing_said"
    step(given, "acknowledge", "")
    assert refused(lambda: step(given, "report", "")) == "nothing_said"
    late = TODAY + timedelta(days=1)

    def act(day, proof):
        return lambda: actions.claim_done(**BY_TESTS, task=given, expected_version=2, proof=proof, done_on=day)

    assert refused(act(late, "BC")) == "day_to_come"
    assert refused(act(TODAY, "")) == "nothing_said"


def test_nothing_was_done_before_the_day_from_which_its_time_counts(people):
    start = TODAY - timedelta(days=3)
    given = task(people.commune, people.chairman, people.office, deadline=Deadline(start, working_days=10))
    with pytest.raises(DomainError) as refusal:
        claimed(given, done_on=start - timedelta(days=1))
    told = refusal.value.problems[0].message
    assert refusal.value.code == "followups.done_before_start"
    assert "20/11/2026" in say(told, "vi") and "trước ngày" in say_next_step(told, "vi")
    now = Task.objects.get(pk=given.pk)
    assert now.claimed_at is None
    by = {"expected_version": now.version, "proof": "Báo cáo 12/BC-UBND", "done_on": start}
    assert actions.claim_done(**BY_TESTS, task=now, **by).done_on == start


@pytest.mark.requirement(62)
def test_of_two_who_act_the_second_is_told_what_the_first_one_did(given, people):
    step(given, "acknowledge", "Giao anh Ba", actor=actor_of(people.chairman))
    with pytest.raises(DomainError) as refusal:
        actions.take_step(**BY_TESTS, task=given, step="acknowledge", expected_version=1, text="Tôi nhận")
    told = refusal.value.problems[0].message.params
    assert refusal.value.code == "followups.task_stale"
    assert (told["who"], str(told["step"]), str(told["state"])) == (
        "Trần Văn Dũng", "Tiếp nhận nhiệm vụ", "Đã tiếp nhận",
    )  # fmt: skip
    assert "Giao anh Ba" in str(told["said"])
    assert TaskEntry.objects.filter(task=given).count() == 2


def test_another_deadline_keeps_the_old_one_in_the_history(given):
    moved = actions.move_deadline(
        **BY_TESTS, task=given, expected_version=1, deadline=Deadline(TODAY, working_days=20), reason="Mưa lũ"
    )
    assert moved.due_at > given.due_at and moved.working_days == 20
    newest, oldest = shown_history(history_of(moved))
    assert (newest.due_before, oldest.due_before) == (given.due_at, None)
    passed = Deadline(date(2026, 11, 2), due_on=date(2026, 11, 20))

    def act():
        actions.move_deadline(**BY_TESTS, task=given, expected_version=2, deadline=passed, reason="x")

    assert refused(act) == "deadline_passed"


def test_another_leader_answers_for_it(given, people):
    changed = actions.change_leader(**BY_TESTS, task=given, expected_version=1, leader=people.clerk, reason="Điều động")
    assert changed.leader == people.clerk
    assert history_of(changed)[0].text == "Trần Văn Dũng → Lê Văn Ba. Điều động"


@pytest.mark.requirement(70, 93)
def test_difficulties_are_answered_once(given, people):
    raised = actions.raise_difficulty(
        **BY_TESTS, task=given, expected_version=1, kind="difficulty", text="Chưa có chữ ký số"
    )
    assert Task.objects.get(pk=given.pk).state == "given"
    answered = actions.answer_difficulty(
        actor=actor_of(people.officer), now=NOW, difficulty=raised, answer="Cấp trong tháng 12"
    )
    assert answered.answered_by == people.officer
    with pytest.raises(DomainError) as refusal:
        actions.answer_difficulty(**BY_TESTS, difficulty=raised, answer="Khác")
    assert refusal.value.problems[0].message.params == {"who": "Nguyễn Thị Hoa", "text": "Cấp trong tháng 12"}


@pytest.mark.requirement(93)
def test_an_advantage_is_kept_and_waits_for_no_answer(given, people):
    raised = actions.raise_difficulty(
        **BY_TESTS, task=given, expected_version=1, kind="advantage", text="Dân mang đủ bản gốc"
    )
    viewer = viewer_of(unsaved_account(people.officer), TODAY)
    assert not unanswered(viewer).exists() and not Notice.objects.filter(kind="followups.difficulty_raised").exists()
    assert [one.text for one in difficulties_of(only(given))] == ["Dân mang đủ bản gốc"]
    assert refused(lambda: get_difficulty(viewer, raised.pk)) == "difficulty_not_found"
    answer = partial(actions.answer_difficulty, **BY_TESTS, difficulty=raised, answer="Ghi nhận")
    assert refused(answer) == "difficulty_not_found"


def test_who_acts_for_another_stands_beside_them(given, people):
    deputy = Actor("official", people.clerk.code, people.clerk.name, people.chairman.code)
    step(given, "acknowledge", "", actor=deputy)
    line = history_of(given)[0]
    assert (line.by, line.principal) == (people.clerk, people.chairman)


@pytest.mark.requirement(62)
def test_how_a_task_stands_is_said_in_working_time(given, people):
    def chip(**minutes):
        return shown_tasks([Task.objects.get(pk=given.pk)], given.due_at + timedelta(**minutes))[0].chip

    assert [chip(minutes=m)[0] for m in (-60 * 24 * 10, -30, 0, 60 * 24 * 4)] == ["ok", "soon", "soon", "overdue"]
    late = given.due_at + timedelta(days=7)
    claimed(given, now=late, done_on=TODAY)
    assert chip()[0] == "forgotten"
    step(given, "verify", "")
    assert chip() == ("forgotten", "Thực hiện đúng hạn, báo cáo chậm")


def test_late_is_late_when_the_proof_says_so_too(given):
    late = given.due_at + timedelta(days=7)
    claimed(given, now=late, done_on=late.date())
    assert shown_tasks([Task.objects.get(pk=given.pk)], late)[0].chip[0] == "overdue"


def test_done_in_time_stays_in_time_however_late_it_is_verified(given):
    claimed(given)
    step(given, "verify", "", now=given.due_at + timedelta(days=30))
    assert shown_tasks([Task.objects.get(pk=given.pk)], NOW)[0].chip[0] == "ok"


@pytest.mark.requirement(62)
def test_every_date_says_why(people):
    by_days = why_due(task(people.commune, people.chairman, people.office))
    assert by_days.adds_up and by_days.limit == 10 * 480
    off = next(day for day in by_days.days if day.on == date(2026, 11, 24))
    assert off.minutes == 0 and off.reason and off.source
    by_day = why_due(
        task(people.commune, people.chairman, people.office, deadline=Deadline(TODAY, due_on=date(2026, 11, 28)))
    )
    assert by_day.adds_up and "28/11/2026" in by_day.rule and "30/11/2026" in by_day.rule
    assert "148.5" in by_day.rule_source


def test_open_states_are_those_that_are_not_final():
    assert set(OPEN) == {state.id for state in TASK.states} - set(TASK.final)


@pytest.mark.requirement(56)
def test_each_line_says_the_post_of_its_day_and_older_ones_the_name_alone(people):
    given = task(people.commune, people.chairman, people.office, actor=actor_of(people.officer))
    step(given, "urge", "Khẩn trương", actor=Actor("official", "vp1", "Nguyễn Thị Hoa"))
    post_official(**BY_TESTS, official=people.officer, unit=people.other, post="Phó Chủ tịch", starts_on=TODAY)
    step(given, "urge", "Lần hai", actor=actor_of(people.officer, people.office_head))
    page = client_of(people.office_head).get(f"/nhiem-vu/{given.pk}/").content.decode()
    last, middle, first = re.findall(r"</time> · (.*?)\s+· ", page)
    assert last == "Nguyễn Thị Hoa, Phó Chủ tịch, xã Hai (thay Phạm Quốc Bình, Chánh Văn phòng, Văn phòng UBND tỉnh)"
    assert (middle, first) == ("Nguyễn Thị Hoa", "Nguyễn Thị Hoa, Chuyên viên, Văn phòng UBND tỉnh")


@pytest.mark.requirement(56)
def test_a_difficulty_its_answer_and_a_claim_say_the_posts_of_their_day(people):
    given = task(people.commune, people.chairman, people.office)
    step(given, "acknowledge")
    raised = actions.raise_difficulty(
        actor=actor_of(people.clerk), now=NOW, task=given, expected_version=2, kind="difficulty", text="Mạng yếu"
    )
    actions.answer_difficulty(actor=actor_of(people.officer), now=NOW, difficulty=raised, answer="Nâng cấp tháng 12")
    actions.claim_done(
        actor=actor_of(people.clerk), now=NOW, task=given, expected_version=3, proof="BC 12/BC-UBND", done_on=TODAY
    )
    for moved in (people.officer, people.clerk):
        post_official(**BY_TESTS, official=moved, unit=people.other, post="Phó Chủ tịch", starts_on=TODAY)
    page = client_of(people.office_head).get(f"/nhiem-vu/{given.pk}/").content.decode()
    assert "Nguyễn Thị Hoa, Chuyên viên, Văn phòng UBND tỉnh" in page
    assert page.count("Lê Văn Ba, Chuyên viên, xã Ẵng Một") >= 4, "raised and claimed, each in the history too"
    assert "xã Hai" not in page.split("<main", 1)[1]
    step(given, "send_back", "Chưa đủ", actor=actor_of(people.office_head))
    given.refresh_from_db()
    assert (given.claimed_by, given.claimed_as) == (None, "")
