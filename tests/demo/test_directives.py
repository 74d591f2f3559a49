"""Sample directives: all marked, and something for every desk that follows or does."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import localtime

from cchc.demo.directives import Sample
from cchc.demo.province import load_sample_province
from cchc.followups.models import Addressee, Difficulty, Directive, Task
from cchc.followups.queries.directives import missing
from cchc.followups.queries.tasks import TaskSearch, count_tasks
from cchc.interface.hosting.desk import read_desk
from cchc.organizations.models import Account
from cchc.organizations.viewers import viewer_of
from tests.factories.organizations import NOW, TODAY

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-cua-ban-mau"
AT_WORK = (
    "kiemsoat",
    "chutichxa",
    "cchcxa",
    "chutichrve",
    "cchcrve",
    "chutichkoi",
    "giamdochcc",
    "motcua",
    "giaiquyet",
    "tiepnhan",
)


@pytest.fixture(scope="module", autouse=True)
def demonstration(filled_once):
    with time_machine.travel(NOW, tick=False):
        load_sample_province(NOW, dict.fromkeys(AT_WORK, PASSWORD))
        yield


def seen_by(username):
    return viewer_of(Account.objects.get(username=username), TODAY)


def test_every_directive_and_task_is_marked_in_its_words():
    assert Directive.objects.filter(is_sample=False).count() == 0
    assert all("(mẫu)" in one.number and "(mẫu)" in one.title for one in Directive.objects.order_by("pk"))
    assert all("(mẫu)" in one.what for one in Task.objects.order_by("pk")), "places are real: lists of tasks say so too"


@pytest.mark.parametrize("day", range(7))
def test_people_work_in_office_hours_whenever_the_demonstration_is_set_up(day):
    sample = Sample(NOW + timedelta(days=day, hours=11))  # after midnight
    moments = [localtime(sample.ago(days)) for days in (9, 6, 5, 4, 4, 3, 2, 2, 1, 1)]
    assert moments == sorted(moments) and len(set(moments)) == len(moments)
    assert all(one.weekday() < 5 and 7 <= one.hour < 12 for one in moments)
    assert sample.ago(0) <= sample.now


def test_some_are_done_some_overdue_one_waits_one_was_sent_back():
    assert set(Task.objects.values_list("state", flat=True).order_by("pk")) >= {
        "given", "acknowledged", "in_progress", "done_claimed", "returned", "verified",
    }  # fmt: skip
    counts = count_tasks(seen_by("kiemsoat"), TaskSearch(), NOW)
    assert counts.overdue >= 2 and counts.waiting == 1 and counts.unheard >= 2
    assert Difficulty.objects.filter(answered_at=None).count() == 1
    assert Difficulty.objects.filter(answered_at__isnull=False).count() == 1
    assert Addressee.objects.filter(acknowledged_at=None, heard_by__lt=NOW).exists()


@pytest.mark.parametrize("username", AT_WORK)
def test_every_desk_that_follows_or_does_has_something(username):
    items = read_desk(seen_by(username), NOW).items
    assert [kind.code for kind, _ in items if kind.code.startswith("followups.")]


def test_the_missing_list_has_all_three_kinds():
    rows, _ = missing(seen_by("kiemsoat"), None, NOW)
    assert {row.kind for row in rows} == {"unread", "unposted", "silent"}
