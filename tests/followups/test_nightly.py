"""What happens by itself: reminders, escalation, deadlines counted anew; each person is told once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cchc.audit.queries import events_of
from cchc.followups.actions.nightly import note_reminders, recount_deadlines
from cchc.followups.models import Task, TaskEntry
from cchc.followups.queries.reminders import next_recounted, next_reminders
from cchc.followups.queries.tasks import history_of
from cchc.interface.jobs.schedule import known_schedule
from cchc.notices.models import Notice
from cchc.notices.said import said
from cchc.organizations.actions.units import choose_calendar
from tests.factories.followups import claimed, task
from tests.factories.organizations import BY_TESTS, NOW, TESTER, TODAY

DAY = timedelta(days=1)


def told(now) -> list[tuple[str, str]]:
    """Remind as the job does; whom of what."""
    batch = next_reminders(0, now)
    note_reminders(actor=TESTER, now=now, reminders=batch.reminders)
    keys = {one.rule: one.recipient for one in batch.reminders}
    return [(rule, TaskEntry.objects.filter(recipient=key).first().recipient.code) for rule, key in keys.items()]


@pytest.mark.django_db
@pytest.mark.requirement(62)
def test_the_leader_then_the_head_then_the_watchers_head_each_once(people):
    given = task(people.commune, people.clerk, people.office)
    claimed(task(people.other, people.other_chairman, people.office))
    due = given.due_at
    assert told(NOW) == []
    assert told(due - 20 * timedelta(hours=1)) == [("last_day", "xm1"), ("unheard", "xm1")]
    assert told(due + DAY) == [("overdue", "xm1")]
    assert told(due + DAY) == []
    assert told(due + 14 * DAY) == [("overdue_to_head", "xm0"), ("overdue_to_watcher", "vp0")]
    assert Task.objects.get(pk=given.pk).version == 1, "a reminder makes nobody's form stale"
    assert [event.kind for event in events_of(given)].count("followups.task_reminded") == 5
    assert history_of(given)[0].recipient == people.office_head


@pytest.mark.django_db
def test_a_task_reported_done_in_between_is_not_reminded_of(people):
    given = task(people.commune, people.chairman, people.office)
    late = given.due_at + DAY
    batch = next_reminders(0, late)
    assert len(batch.reminders) == 2
    claimed(given, now=late)
    assert note_reminders(actor=TESTER, now=late, reminders=batch.reminders) == 0


@pytest.mark.django_db
def test_nobody_is_made_up_where_no_head_is_known(people):
    given = task(people.commune, people.chairman, people.province)
    batch = next_reminders(0, given.due_at + 14 * DAY)
    assert batch.without_recipient == 1
    assert {one.rule for one in batch.reminders} == {"overdue", "overdue_to_head", "unheard"}


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 6])
def test_any_number_of_tasks_takes_the_same_questions(people, size, django_assert_max_num_queries):
    for number in range(size):
        task(people.commune, people.chairman, people.office, f"Việc {number}")
    with django_assert_max_num_queries(4):
        next_reminders(0, NOW + 60 * DAY)


@pytest.mark.django_db
def test_deadlines_follow_the_calendar_in_force_while_a_task_runs(people):
    given, closed = (task(people.commune, people.chairman, people.office) for _ in range(2))
    claimed(closed)
    assert next_recounted(0, NOW) == ([], given.pk)
    choose_calendar(**BY_TESTS, unit=people.commune, calendar="vn-example-commune", starts_on=TODAY)
    moved, last = next_recounted(0, NOW)
    assert moved == [given.pk] and next_recounted(last, NOW) == ((), None)
    assert recount_deadlines(**BY_TESTS, tasks=moved) == 1
    now = Task.objects.get(pk=given.pk)
    assert now.due_at != given.due_at and (now.calendar, now.version) == ("vn-example-commune", 2)
    assert history_of(now)[0].by is None and history_of(now)[0].step == "recount"
    heard = Notice.objects.get(kind="followups.task_deadline_moved")
    assert heard.recipient == people.chairman and "Đơn vị làm việc theo lịch khác" in said(heard, "vi").body
    assert next_recounted(0, NOW)[0] == []
    assert recount_deadlines(**BY_TESTS, tasks=[closed.pk]) == 0


def test_all_stand_in_the_schedule():
    ours = {(one.kind, one.at.isoformat(), one.weekdays) for one in known_schedule() if "followups" in one.kind}
    assert ours == {
        ("followups.recount", "01:15:00", (0, 1, 2, 3, 4, 5, 6)),
        ("followups.remind", "07:30:00", (0, 1, 2, 3, 4)),
        ("followups.remind_unread", "07:35:00", (0, 1, 2, 3, 4)),
        ("followups.remind_unposted", "07:40:00", (0, 1, 2, 3, 4)),
    }
