"""The nightly jobs as the worker does them, with real commits."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
import time_machine

from cchc.followups.models import TaskEntry
from cchc.followups.queries import reminders
from cchc.interface.actions import request_job
from cchc.interface.jobs.worker import work_once
from cchc.interface.models import Job
from tests.factories.followups import task
from tests.factories.organizations import NOW, TESTER
from tests.followups.conftest import people_of_a_province

DAY = timedelta(days=1)


@pytest.mark.requirement(62)
def test_the_jobs_run_in_batches_and_say_nothing_twice(committed_database, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 2)
    people = people_of_a_province()
    for number in range(5):
        task(people.commune, people.chairman, people.office, f"Việc {number}")
    late = NOW + 30 * DAY
    with time_machine.travel(late, tick=True):
        for key in ("one", "two"):
            request_job(actor=TESTER, now=late, kind="followups.remind", key=key)
            request_job(actor=TESTER, now=late, kind="followups.recount", key=key)
        while work_once("test", Event(), late + timedelta(minutes=1)):
            pass
    asked = Job.objects.filter(kind__startswith="followups", key__in=("one", "two")).order_by("pk")
    assert [job.state for job in asked] == ["finished"] * 4
    rules = list(TaskEntry.objects.exclude(rule="").values_list("rule", flat=True).order_by("rule"))
    assert rules == ["overdue"] * 5 + ["overdue_to_head"] * 5 + ["overdue_to_watcher"] * 5 + ["unheard"] * 5
