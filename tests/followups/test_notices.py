"""Leaders are told of tasks given, urged and sent back; whoever a rule names is told of deadlines."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from cchc.followups.actions.nightly import note_reminders
from cchc.followups.actions.tasks import answer_difficulty, change_leader, move_deadline, raise_difficulty
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Task
from cchc.followups.queries.reminders import next_reminders
from cchc.notices.models import Notice
from cchc.notices.said import page_of_notice, said
from cchc.organizations.actions.people import transfer_official
from cchc.organizations.viewers import actor_of
from tests.factories.followups import claimed, step, task
from tests.factories.organizations import BY_TESTS, TESTER, TODAY

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    """Of tasks: the roles of the people in these tests are told of too."""
    notices = Notice.objects.filter(kind__startswith="followups.").order_by("pk")
    return [(one.recipient.code, one.kind.removeprefix("followups.task_")) for one in notices]


@pytest.mark.requirement(62)
def test_the_leader_is_told_in_words_with_the_deadline(people):
    given = task(
        people.commune, people.chairman, people.office, "Công khai danh sách", actor=actor_of(people.officer),
        deadline=Deadline(TODAY, due_on=date(2026, 11, 27)), legal_basis="CV 2624",
    )  # fmt: skip
    notice = Notice.objects.get(kind="followups.task_given")
    vi, en = said(notice, "vi"), said(notice, "en")
    assert (told(), notice.due_at) == ([("xm0", "given")], given.due_at)
    assert vi.subject == "Nhiệm vụ được giao: Công khai danh sách" and en.subject.startswith("A task for you")
    for words in ("xã Ẵng Một", "CV 2624", "24:00, 27/11/2026", "Nguyễn Thị Hoa"):
        assert words in vi.body
    assert page_of_notice(notice, "vi") == f"/nhiem-vu/{given.pk}/"


@pytest.mark.requirement(62)
def test_what_others_ask_for_reaches_the_leader_and_own_steps_nobody(people):
    given = task(people.commune, people.chairman, people.office)
    step(given, "urge", "Khẩn trương", actor=actor_of(people.officer))
    claimed(given)
    step(given, "send_back", "Thiếu phụ lục")
    step(given, "withdraw", "Văn bản đã được thay thế")
    assert [one for one in told() if one[0] == "xm0"] == [
        ("xm0", "given"), ("xm0", "urged"), ("xm0", "sent_back"), ("xm0", "withdrawn"),
    ]  # fmt: skip
    urged = said(Notice.objects.get(kind="followups.task_urged"), "vi").body
    assert "Khẩn trương" in urged and "Nguyễn Thị Hoa" in urged


@pytest.mark.requirement(62)
@pytest.mark.parametrize(
    ("taken", "kind", "text"), [("verify", "verified", ""), ("send_back", "sent_back", "Thiếu phụ lục")]
)
def test_whoever_reported_it_done_hears_the_verdict_with_the_leader(people, taken, kind, text):
    """Both the deputy who reported it and the head in whose place that was; each once."""
    given = task(people.commune, people.chairman, people.office)
    claimed(given, actor=actor_of(people.clerk, people.other_chairman))
    step(given, taken, text, actor=actor_of(people.officer))
    verdicts = [one for one in told() if one[1] == kind]
    assert sorted(verdicts) == [("xh0", kind), ("xm0", kind), ("xm1", kind)]
    words = said(Notice.objects.filter(kind=f"followups.task_{kind}").earliest("pk"), "vi").body
    assert "Nguyễn Thị Hoa" in words and (text or "Ý kiến: —") in words
    alone = task(people.commune, people.chairman, people.office, "Việc khác")
    claimed(alone, actor=actor_of(people.chairman))
    step(alone, "verify", "Đủ")
    assert [one for one in told() if one[1] == "verified"][-1:] == [("xm0", "verified")]
    assert len(told()) == len(verdicts) + 5, "given twice, reported done twice, and the second verdict"


@pytest.mark.requirement(62)
def test_reminders_are_notices_of_three_sorts(people):
    given = task(people.commune, people.chairman, people.office)
    for now in (given.due_at - timedelta(hours=20), given.due_at + timedelta(days=14)):
        note_reminders(actor=TESTER, now=now, reminders=next_reminders(0, now).reminders)
    assert told()[1:] == [
        ("xm0", "due_soon"), ("xm0", "unheard"), ("xm0", "overdue"), ("xm0", "overdue"), ("vp0", "overdue"),
    ]  # fmt: skip


def words_of(kind: str) -> str:
    """What the notice of that kind says."""
    return said(Notice.objects.get(kind=f"followups.{kind}"), "vi").body


def in_calendars() -> set[tuple[str, datetime]]:
    """Which notices bring a calendar entry, and for when."""
    found = Notice.objects.filter(kind__startswith="followups.").exclude(due_at=None).order_by("pk")
    return {(one.kind.removeprefix("followups.task_"), one.due_at) for one in found}


@pytest.mark.requirement(62)
def test_who_leads_from_now_on_and_who_led_so_far_are_told(people):
    given = task(people.commune, people.chairman, people.office)
    changed = change_leader(
        **BY_TESTS, task=given, expected_version=given.version, leader=people.clerk, reason="Đi học dài hạn"
    )
    assert told()[1:] == [("xm1", "led"), ("xm0", "handed_over")]
    assert "Đi học dài hạn" in words_of("task_led") and "17:00, 08/12/2026" in words_of("task_led")
    assert "Lê Văn Ba" in words_of("task_handed_over")
    assert in_calendars() == {("given", given.due_at), ("led", given.due_at)}
    change_leader(**BY_TESTS, task=changed, expected_version=changed.version, leader=people.clerk, reason="Như cũ")
    assert len(told()) == 3, "nothing new to anybody"


@pytest.mark.requirement(62)
def test_the_leader_is_told_of_a_moved_deadline_with_both_dates(people):
    given = task(people.commune, people.chairman, people.office, deadline=Deadline(TODAY, due_on=date(2026, 11, 27)))
    moved = move_deadline(
        **BY_TESTS, task=given, expected_version=given.version, deadline=Deadline(TODAY, due_on=date(2026, 12, 4)),
        reason="Lũ lụt",
    )  # fmt: skip
    assert told()[1:] == [("xm0", "deadline_moved")]
    for part in ("Thời hạn cũ: 24:00, 27/11/2026", "Thời hạn mới: 24:00, 04/12/2026", "Lũ lụt"):
        assert part in words_of("task_deadline_moved")
    assert ("deadline_moved", moved.due_at) in in_calendars()


@pytest.mark.requirement(62)
def test_what_is_to_be_verified_reaches_who_gave_it_or_the_head_when_they_are_gone(people):
    by_officer = {"actor": actor_of(people.officer)}
    claimed(task(people.commune, people.chairman, people.office, **by_officer), actor=actor_of(people.clerk))
    assert told() == [("xm0", "given"), ("vp1", "claimed")]
    for part in ("Báo cáo 12/BC-UBND", "23/11/2026", "Lê Văn Ba"):
        assert part in words_of("task_claimed")
    other = task(people.other, people.other_chairman, people.office, **by_officer)
    transfer_official(**BY_TESTS, official=people.officer, unit=people.commune, post="Chuyên viên", starts_on=TODAY)
    claimed(other)
    assert told()[2:] == [("xh0", "given"), ("vp0", "claimed")]


def test_nobody_is_told_where_nobody_is_known_to_follow(people):
    claimed(task(people.commune, people.chairman, people.province))
    assert told() == [("xm0", "given")]


@pytest.mark.requirement(62)
def test_a_difficulty_reaches_who_follows_and_its_answer_who_raised_it_and_the_leader(people):
    given = step(
        task(people.commune, people.chairman, people.office), "urge", "Nhanh lên", actor=actor_of(people.officer)
    )
    raised = raise_difficulty(
        actor=actor_of(people.clerk), now=BY_TESTS["now"], task=Task.objects.get(pk=given.pk),
        expected_version=given.version, kind="difficulty", text="Thiếu máy quét",
    )  # fmt: skip
    answer_difficulty(**BY_TESTS, difficulty=raised, answer="Đã cấp hai máy")
    assert sorted(told()[2:]) == [
        ("vp1", "followups.difficulty_raised"),
        ("xm0", "followups.difficulty_answered"), ("xm1", "followups.difficulty_answered"),
    ]  # fmt: skip
    assert "Thiếu máy quét" in words_of("difficulty_raised") and "Lê Văn Ba" in words_of("difficulty_raised")
    vi = said(Notice.objects.filter(kind="followups.difficulty_answered").first(), "vi")
    assert "Thiếu máy quét" in vi.body and "Đã cấp hai máy" in vi.body
