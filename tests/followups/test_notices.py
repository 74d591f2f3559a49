"""Leaders are told of tasks given, urged and sent back; whoever a rule names is told of deadlines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cchc.followups.actions.nightly import note_reminders
from cchc.followups.deadlines import Deadline
from cchc.followups.queries.reminders import next_reminders
from cchc.notices.models import Notice
from cchc.notices.said import page_of_notice, said
from cchc.organizations.viewers import actor_of
from tests.factories.followups import claimed, step, task
from tests.factories.organizations import TESTER, TODAY

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    """Of tasks: the roles of the people in these tests are told of too."""
    notices = Notice.objects.filter(kind__startswith="followups.").order_by("pk")
    return [(one.recipient.code, one.kind.removeprefix("followups.task_")) for one in notices]


@pytest.mark.requirement(62, 84)
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
    assert told() == [("xm0", "given"), ("xm0", "urged"), ("xm0", "sent_back")]
    urged = said(Notice.objects.get(kind="followups.task_urged"), "vi").body
    assert "Khẩn trương" in urged and "Nguyễn Thị Hoa" in urged


@pytest.mark.requirement(62)
def test_reminders_are_notices_of_three_sorts(people):
    given = task(people.commune, people.chairman, people.office)
    for now in (given.due_at - timedelta(hours=20), given.due_at + timedelta(days=14)):
        note_reminders(actor=TESTER, now=now, reminders=next_reminders(0, now).reminders)
    assert told()[1:] == [
        ("xm0", "due_soon"), ("xm0", "unheard"), ("xm0", "overdue"), ("xm0", "overdue"), ("vp0", "overdue"),
    ]  # fmt: skip
