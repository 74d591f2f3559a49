"""What is asked of a unit is a task of it: proposals to be answered, papers laid for approval; the answer ends it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
import time_machine

from cchc.audit.models import AuditEvent
from cchc.followups.actions import tasks as actions
from cchc.followups.actions.approvals import lay_before
from cchc.followups.actions.assigning import assign_follow_up
from cchc.followups.actions.nightly import note_reminders
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Difficulty, Task, TaskEntry
from cchc.followups.queries.missing import MissingSearch, missing
from cchc.followups.queries.reminders import next_reminders
from cchc.followups.queries.tasks import TaskSearch, find_tasks, get_task, tasks_of, to_follow, to_work_on
from cchc.followups.rules import rules_on
from cchc.followups.shown import offered_steps, shown_tasks
from cchc.followups.subjects import known_subjects
from cchc.interface.hosting.desk import read_desk
from cchc.notices.models import Notice
from cchc.notices.said import said
from cchc.organizations.actions.people import transfer_official
from cchc.organizations.models import Account
from cchc.organizations.viewers import actor_of, viewer_of
from cchc.papers.actions.approvals import ask_approval, decide_approval
from cchc.papers.actions.issuing import withdraw_paper
from cchc.papers.models import ApprovalRequest
from cchc.records.errors import DomainError
from tests.factories import papers
from tests.factories.clients import client_of
from tests.factories.followups import directive, step, task
from tests.factories.organizations import BY_TESTS, NOW, TESTER, TODAY, grant, official, unit, unsaved_account

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def given(people) -> Task:
    return task(people.commune, people.chairman, people.office)


def propose(given, people, text="Cho dùng chung máy quét", kind="proposal", **more) -> Difficulty:
    now = Task.objects.get(pk=given.pk)
    return actions.raise_difficulty(
        actor=actor_of(people.clerk), now=NOW, task=now, expected_version=now.version, kind=kind, text=text, **more
    )


def asked_by(subject) -> Task:
    return tasks_of(subject).get()


def seen_by(person, day=TODAY):
    known = Account.objects.filter(official=person).first()
    return viewer_of(known or unsaved_account(person), day)


def refused(act) -> str:
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code


def steps_for(person, asked) -> list[str]:
    viewer = seen_by(person)
    return [link.text for link in offered_steps(viewer, get_task(viewer, asked.pk))]


@pytest.mark.requirement(110, 117)
@pytest.mark.parametrize("kind", ["proposal", "difficulty"])
def test_a_proposal_is_a_task_of_the_unit_that_follows_with_a_deadline_and_somebody_named(given, people, kind):
    raised = propose(given, people, kind=kind, deadline=Deadline(TODAY, working_days=2))
    asked = asked_by(raised)
    assert (asked.owner, asked.watcher, asked.leader) == (people.office, people.commune, people.office_head)
    assert (asked.what, asked.state, asked.due_at.date()) == ("Cho dùng chung máy quét", "given", date(2026, 11, 26))
    told = Notice.objects.get(kind="followups.difficulty_raised")
    assert told.recipient == people.office_head and told.due_at == asked.due_at
    assert "Hạn trả lời: 17:00, 26/11/2026" in said(told, "vi").body
    assert told.subject_id == str(asked.pk), "it leads to what is to be answered"


def test_without_a_deadline_the_rules_say_until_when(given, people):
    by_rule = asked_by(propose(given, people))
    assert by_rule.working_days == rules_on(TODAY).value.answer == 5
    paper = papers.issued(people.commune)
    assert asked_by(lay_before(**BY_TESTS, paper=paper, to=people.province)).working_days == 10


def test_what_went_well_is_no_task_and_has_no_deadline(given, people):
    assert not tasks_of(propose(given, people, kind="advantage")).exists()
    late = partial(propose, given, people, kind="advantage", deadline=Deadline(TODAY, working_days=2))
    assert refused(late) == "followups.advantage_without_answer"
    passed = partial(propose, given, people, deadline=Deadline(TODAY - 7 * DAY, due_on=TODAY - 3 * DAY))
    assert refused(passed) == "followups.deadline_passed"
    assert Difficulty.objects.count() == 1, "nothing is raised without its task"


@pytest.mark.requirement(110)
def test_who_is_assigned_answers_by_name_else_nobody_who_asks(given, people):
    expert = official("vp2", "Đinh Thị Xuân", people.office)
    assign_follow_up(**BY_TESTS, subject=given, official=expert, starts_on=TODAY, ends_on=None, reason="Chuyên môn")
    asked = asked_by(propose(given, people))
    assert asked.leader == expert
    assert asked in Task.objects.filter(to_work_on(seen_by(expert)))
    again = task(people.commune, people.chairman, people.office)
    own = actions.raise_difficulty(
        actor=actor_of(people.office_head), now=NOW, task=again, expected_version=1, kind="proposal", text="Tập huấn"
    )
    assert asked_by(own).leader is None


@pytest.mark.requirement(62, 110)
def test_who_works_under_the_unit_that_follows_sees_what_they_are_assigned_to_answer(people):
    below = official("xm2", "Y Thu", people.commune)
    sent = directive(people.province, [people.other], people.province)
    given = task(people.other, people.other_chairman, people.province, subject=sent)
    assign_follow_up(**BY_TESTS, subject=sent, official=below, starts_on=TODAY, ends_on=None, reason="Chuyên môn")
    raised = actions.raise_difficulty(
        actor=actor_of(people.other_chairman), now=NOW, task=given, expected_version=1, kind="proposal", text="Tập huấn"
    )
    viewer = seen_by(below)
    assert get_task(viewer, asked_by(raised).pk).leader == below
    assert steps_for(below, asked_by(raised))[0] == "Trả lời"


@pytest.mark.requirement(62, 117)
def test_the_answer_is_its_proof_and_ends_it_once(given, people):
    raised = propose(given, people)
    asked = asked_by(raised)
    assert steps_for(people.officer, asked) == ["Trả lời", "Tiếp nhận nhiệm vụ"]
    for name in ("claim", "verify", "withdraw", "raise_difficulty", "answer"):
        done = partial(actions.take_step, **BY_TESTS, task=asked, step=name, expected_version=1, text="Xong")
        assert refused(done) == "followups.ends_by_answer"
    actions.answer_difficulty(actor=actor_of(people.officer), now=NOW, difficulty=raised, answer="Đồng ý, từ tháng 12")
    asked.refresh_from_db()
    assert (asked.state, asked.closed_at, asked.done_on, asked.heard_by) == ("verified", NOW, TODAY, None)
    last = TaskEntry.objects.filter(task=asked).latest("pk")
    assert (last.step, last.text, last.by) == ("answer", "Đồng ý, từ tháng 12", people.officer)
    assert [one.chip for one in shown_tasks([asked], NOW)] == [("ok", "Đúng hạn")]
    assert AuditEvent.objects.filter(kind="followups.task_answer", subject_id=str(asked.pk)).exists()
    assert steps_for(people.officer, asked) == []


def test_a_task_that_is_done_knows_no_answer(given):
    assert refused(partial(step, given, "answer")) == "followups.not_in_state"


@pytest.mark.requirement(62)
def test_it_stands_on_the_board_on_the_desk_and_in_the_missing_list(given, people):
    asked = asked_by(propose(given, people, deadline=Deadline(TODAY, working_days=1)))
    officer, clerk = seen_by(people.officer), seen_by(people.clerk)
    assert asked in find_tasks(officer, TaskSearch(mine="do"), NOW)
    assert asked in find_tasks(clerk, TaskSearch(mine="follow"), NOW)
    assert asked not in Task.objects.filter(to_follow(officer)), "nobody waits for the own answer"
    (item,) = [one for kind, one in read_desk(officer, NOW).items if kind.code == "followups.to_do"]
    assert (item.title, item.due) == (asked.what, asked.due_at)
    assert item.note == "Khó khăn, đề xuất khi thực hiện nhiệm vụ · Văn phòng UBND tỉnh"
    late = asked.due_at + DAY
    rows = missing(officer, MissingSearch(people.office), late)
    assert [(row.kind, row.since, row.person) for row in rows] == [("unanswered", asked.due_at, "Phạm Quốc Bình")], (
        "once, not a second time for not having been acknowledged"
    )
    rows = missing(clerk, MissingSearch(people.office), late)
    assert [row.kind for row in rows] == ["unanswered"], "whoever asked is told"
    neighbour = seen_by(people.other_chairman)
    assert missing(neighbour, MissingSearch(people.office), late) == [], "a neighbour is not told (decision 18)"


@pytest.mark.requirement(62)
def test_it_is_reminded_of_urged_and_escalated(given, people):
    asked = asked_by(propose(given, people, deadline=Deadline(TODAY, working_days=2)))
    asked_late = asked.due_at + 14 * DAY
    batch = next_reminders(0, asked_late)
    whom = {(one.rule, one.recipient) for one in batch.reminders if one.task == asked.pk}
    head, asker = people.office_head.pk, people.chairman.pk
    assert whom == {
        ("overdue", head), ("overdue_to_head", head), ("overdue_to_watcher", asker), ("unheard", head)
    }  # fmt: skip
    note_reminders(actor=TESTER, now=asked_late, reminders=batch.reminders)
    assert Notice.objects.filter(kind="followups.task_overdue", recipient=people.office_head).exists()
    step(asked, "urge", "Đề nghị sớm trả lời", actor=actor_of(people.clerk))
    assert Notice.objects.get(kind="followups.task_urged").recipient == people.office_head


@pytest.mark.requirement(115, 117)
def test_the_unit_that_asks_urges_and_gives_more_time_and_answers_nothing(given, people):
    raised = propose(given, people)
    asked = asked_by(raised)
    assert steps_for(people.clerk, asked) == ["Đôn đốc", "Đổi thời hạn"]
    assert steps_for(people.office_head, asked) == ["Trả lời", "Tiếp nhận nhiệm vụ", "Đổi lãnh đạo phụ trách"]
    page = client_of(people.clerk)
    assert page.get(f"/kho-khan/{raised.pk}/tra-loi/").status_code == 403
    assert page.get(f"/nhiem-vu/{asked.pk}/hoan-thanh/").status_code == 403
    assert page.post(f"/nhiem-vu/{asked.pk}/don-doc/", {"version": 1, "text": "Sớm"}).status_code == 302
    moved = {"version": 2, "due_on": "15/12/2026", "working_days": "", "due_time": "", "reason": "Chưa gấp"}
    assert page.post(f"/nhiem-vu/{asked.pk}/doi-han/", moved).status_code == 302
    asked.refresh_from_db()
    assert asked.due_on == date(2026, 12, 15)


@pytest.mark.requirement(117)
def test_the_head_of_the_unit_asked_names_who_answers_where_nobody_is_named(people):
    """Who heads the province is not noted at a posting; the role says who acts as its head."""
    head, expert = (official(code, name, people.province) for code, name in (("ct", "Y Ngọc"), ("cv", "Y Hoa")))
    grant(head, "unit_head", people.province)
    asked = asked_by(propose(task(people.commune, people.chairman, people.province), people))
    assert asked.leader is None
    assert head in told_of("followups.difficulty_raised"), "who decides there is told"
    page = client_of(head)
    assert "chưa phân công" in page.get(f"/nhiem-vu/{asked.pk}/").content.decode()
    assert "chưa phân công" in page.get("/nhiem-vu/").content.decode()
    named = {"version": 1, "leader": expert.code, "reason": "Đúng chuyên môn"}
    assert client_of(people.clerk).post(f"/nhiem-vu/{asked.pk}/doi-lanh-dao/", named).status_code == 403
    assert page.post(f"/nhiem-vu/{asked.pk}/doi-lanh-dao/", named).status_code == 302
    asked.refresh_from_db()
    assert asked.leader == expert
    assert TaskEntry.objects.filter(task=asked).latest("pk").text == "– → Y Hoa. Đúng chuyên môn"
    assert Notice.objects.get(kind="followups.task_led").recipient == expert


@pytest.fixture
def chairman_of_province(people):
    person = official("ct", "Trần Văn Thành", people.province, post="Chủ tịch", is_head=True)
    grant(person, "unit_head", people.province)
    return person


@pytest.fixture
def laid(people, chairman_of_province) -> ApprovalRequest:
    paper = papers.issued(people.commune)
    by = actor_of(people.clerk)
    return lay_before(
        actor=by, now=NOW, paper=paper, to=people.province, deadline=Deadline(TODAY, due_on=date(2026, 12, 1))
    )


@pytest.mark.requirement(120)
def test_a_paper_laid_for_approval_is_a_task_of_the_unit_that_decides(laid, people, chairman_of_province):
    asked = asked_by(laid)
    assert (asked.owner, asked.watcher, asked.leader) == (people.province, people.commune, chairman_of_province)
    assert (asked.what, asked.due_on) == (laid.paper.title, date(2026, 12, 1))
    told = Notice.objects.get(kind="followups.approval_asked")
    assert (told.recipient, told.due_at) == (chairman_of_province, asked.due_at)
    (shown,) = shown_tasks([asked], NOW)
    assert shown.subject.text == "01/BC-UBND" and shown.subject_kind == "Văn bản trình phê duyệt"
    assert steps_for(chairman_of_province, asked)[0] == "Quyết định"
    assert "Quyết định" not in steps_for(people.clerk, asked)


@pytest.mark.requirement(120)
@pytest.mark.parametrize(("verdict", "name"), [("approved", "approve"), ("refused", "refuse")])
def test_the_decision_ends_it_whoever_decides(laid, people, chairman_of_province, verdict, name):
    decision = papers.issued(people.province) if verdict == "approved" else None
    decide_approval(
        actor=actor_of(chairman_of_province), now=NOW + 10 * DAY, request=laid, verdict=verdict, words="Theo kế hoạch",
        decision=decision,
    )  # fmt: skip
    asked = asked_by(laid)
    last = TaskEntry.objects.filter(task=asked).latest("pk")
    assert (asked.state, last.step, last.by) == ("verified", name, chairman_of_province)
    if decision:
        assert last.text == "01/BC-UBND, 23/11/2026. Theo kế hoạch" and asked.done_on == TODAY
        assert shown_tasks([asked], NOW)[0].chip == ("forgotten", "Thực hiện đúng hạn, báo cáo chậm")
    else:
        assert last.text == "Theo kế hoạch" and asked.done_on == TODAY + 10 * DAY


@pytest.mark.requirement(120)
def test_a_decision_of_before_it_was_asked_proves_no_day(people, chairman_of_province):
    early = papers.issued(people.province, TODAY - DAY)
    laid = lay_before(**BY_TESTS, paper=papers.issued(people.commune), to=people.province)
    decide_approval(
        actor=actor_of(chairman_of_province), now=NOW, request=laid, verdict="approved", words="", decision=early
    )
    assert asked_by(laid).done_on == TODAY


@pytest.mark.requirement(120)
def test_what_is_asked_with_a_paper_that_no_longer_stands_is_withdrawn_and_its_leader_told(laid, chairman_of_province):
    withdraw_paper(**BY_TESTS, paper=laid.paper, reason="Sai số liệu")
    asked = asked_by(laid)
    assert (asked.state, asked.done_on) == ("withdrawn", None)
    assert Notice.objects.get(kind="followups.task_withdrawn").recipient == chairman_of_province


@pytest.mark.requirement(120)
def test_no_request_is_without_a_task_whoever_makes_it(people):
    """By the rules, and led by nobody where the head is not known or may not decide."""
    asked = asked_by(ask_approval(**BY_TESTS, paper=papers.issued(people.commune), to=people.province))
    assert (asked.leader, asked.working_days) == (None, 10)
    own = ask_approval(actor=actor_of(people.office_head), now=NOW, paper=papers.issued(people.other), to=people.office)
    assert asked_by(own).leader is None, "who asks does not decide"


def told_of(kind: str) -> list:
    return [one.recipient for one in Notice.objects.filter(kind=kind).order_by("pk")]


@pytest.mark.requirement(62, 120)
def test_where_no_head_is_known_those_are_told_who_may_decide_there(people):
    """By a role over that very unit; neither who made the paper nor who works where it was made."""
    agency = unit("so", people.province, "department", "Sở Hai")
    vice, chair = (official(code, name, agency) for code, name in (("pc", "Y Vinh"), ("tq", "A Bình")))
    for person, role in ((vice, "signing_leader"), (vice, "unit_head"), (chair, "approving_authority")):
        grant(person, role, agency)
    grant(people.clerk, "signing_leader", agency)
    grant(people.chairman, "approving_authority", agency)
    laid = lay_before(actor=actor_of(people.chairman), now=NOW, paper=papers.issued(people.commune), to=agency)
    asked = asked_by(laid)
    assert asked.leader is None
    assert set(told_of("followups.approval_asked")) == {vice, chair}, "each once"
    step(asked, "urge", "Đề nghị sớm quyết định", actor=actor_of(people.clerk))
    assert set(told_of("followups.task_urged")) == {vice, chair}
    late = next_reminders(0, asked.due_at + DAY).reminders
    assert {one.recipient for one in late if one.rule == "overdue"} == {vice.pk, chair.pk}
    named = {"version": 2, "leader": vice.code, "reason": "Phụ trách lĩnh vực"}
    assert client_of(people.clerk).post(f"/nhiem-vu/{asked.pk}/doi-lanh-dao/", named).status_code == 403
    assert client_of(chair).post(f"/nhiem-vu/{asked.pk}/doi-lanh-dao/", named).status_code == 302
    assert told_of("followups.task_led") == [vice]


@pytest.mark.requirement(62, 120)
def test_the_page_says_when_nobody_could_be_told(people):
    agency = unit("so", people.province, "department", "Sở Hai")
    grant(people.chairman, "unit_head", people.commune)
    page, paper = client_of(people.chairman), papers.issued(people.commune)
    wanted = {"to": agency.code, "due_on": "", "working_days": "5", "due_time": ""}
    said = "Chưa có ai nhận được thông báo: chưa ghi người đứng đầu của Sở Hai"
    answer = page.post(f"/van-ban/{paper.pk}/trinh-phe-duyet/", wanted, follow=True)
    assert answer.redirect_chain and said in answer.content.decode()
    asked = Task.objects.get(subject_type="papers.ApprovalRequest")
    urged = page.post(f"/nhiem-vu/{asked.pk}/don-doc/", {"version": 1, "text": "Sớm"}, follow=True)
    assert urged.redirect_chain and said in urged.content.decode()
    deputy = official("pc", "Y Vinh", agency)
    grant(deputy, "signing_leader", agency)
    urged = page.post(f"/nhiem-vu/{asked.pk}/don-doc/", {"version": 2, "text": "Sớm"}, follow=True)
    assert urged.redirect_chain and said not in urged.content.decode()


@pytest.mark.requirement(120)
def test_nothing_is_laid_with_a_deadline_that_has_passed(people):
    paper, gone = papers.issued(people.commune), Deadline(TODAY - 9 * DAY, due_on=TODAY - 3 * DAY)
    lay = partial(lay_before, **BY_TESTS, paper=paper, to=people.province, deadline=gone)
    assert refused(lay) == "followups.deadline_passed"
    assert not ApprovalRequest.objects.exists() and not Task.objects.exists()


@pytest.mark.requirement(62, 120)
def test_until_when_is_told_to_those_alone_who_see_the_task(laid, people, chairman_of_province):
    """The paper and that it was laid are known to all who are signed in (decision 17), how late it is not (18)."""
    page = f"/van-ban/{laid.paper_id}/"
    for person, sees in ((people.clerk, True), (chairman_of_province, True), (people.other_chairman, False)):
        shown = client_of(person).get(page).content.decode()
        assert "Trình tỉnh Mẫu" in shown and "Chờ quyết định" in shown
        assert (f"/nhiem-vu/{asked_by(laid).pk}/" in shown) is sees


@pytest.mark.requirement(120)
def test_who_moves_away_from_the_unit_that_asks_does_not_decide(laid, people):
    """Who drafted, issued or asked stays a party after a transfer to the unit that decides."""
    transfer_official(
        **BY_TESTS, official=people.clerk, unit=people.province, post="Phó Chủ tịch", starts_on=TODAY + DAY
    )
    grant(people.clerk, "signing_leader", people.province)
    viewer = seen_by(people.clerk, TODAY + DAY)
    assert "Quyết định" not in [link.text for link in offered_steps(viewer, get_task(viewer, asked_by(laid).pk))]


@pytest.mark.requirement(110, 120)
def test_a_deadline_is_asked_for_on_the_pages(given, people, chairman_of_province, django_assert_max_num_queries):
    clerk, paper = client_of(people.clerk), papers.issued(people.commune)
    step(given, "acknowledge", "")
    raising = f"/nhiem-vu/{given.pk}/kho-khan/"
    assert "5 ngày làm việc" in clerk.get(raising).content.decode()
    typed = {"version": 2, "kind": "proposal", "text": "Tập huấn", "due_on": "", "working_days": "3", "due_time": ""}
    assert clerk.post(raising, typed | {"due_on": "30/11/2026"}).status_code == 422, "a day or days, not both"
    assert clerk.post(raising, typed).status_code == 302
    asked = asked_by(Difficulty.objects.get())
    assert asked.working_days == 3
    assert f"/nhiem-vu/{asked.pk}/" in clerk.get(f"/nhiem-vu/{given.pk}/").content.decode()
    with django_assert_max_num_queries(13):
        assert clerk.get(f"/nhiem-vu/{asked.pk}/").status_code == 200
    laying = f"/van-ban/{paper.pk}/trinh-phe-duyet/"
    assert "10 ngày làm việc" in clerk.get(laying).content.decode()
    typed = {"to": people.province.code, "due_on": "", "working_days": "", "due_time": "10:30"}
    assert clerk.post(laying, typed).status_code == 422, "an hour of no day"
    assert clerk.post(laying, typed | {"due_on": "04/12/2026"}).status_code == 302
    assert asked_by(ApprovalRequest.objects.get()).due_time == "10:30"
    head = client_of(chairman_of_province)
    with django_assert_max_num_queries(13):
        assert "Quyết định" in head.get(f"/nhiem-vu/{asked_by(ApprovalRequest.objects.get()).pk}/").content.decode()


def test_kinds_of_what_is_asked_are_listed_by_this_room_for_rooms_before_it():
    answerable = {label for label, subject in known_subjects().items() if subject.answering is not None}
    assert answerable == {"followups.Difficulty", "papers.ApprovalRequest"}
