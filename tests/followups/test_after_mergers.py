"""A unit goes into another: its tasks and directives are carried on by whoever answers for the successor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine

from cchc.followups.models import Addressee, Task
from cchc.followups.permissions import may_acknowledge, may_follow, may_work_on
from cchc.followups.queries.directives import own_addressees, to_acknowledge
from cchc.followups.queries.missing import MissingSearch, missing
from cchc.followups.queries.reminders import next_reminders
from cchc.followups.queries.scope import visible_tasks
from cchc.followups.queries.tasks import TaskSearch, find_tasks, get_task, to_follow, to_work_on
from cchc.followups.states import VERIFIED
from cchc.organizations.actions.units import choose_calendar, reorganize
from cchc.organizations.calendars import calendars_of
from cchc.organizations.models import Official, Unit
from cchc.organizations.viewers import Viewer, viewer_of
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.followups import claimed, directive, step, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit, unsaved_account
from tests.followups.conftest import People

pytestmark = pytest.mark.django_db
DECISION = Source("Nghị quyết 1/NQ-UBTVQH16")
YESTERDAY = TODAY - timedelta(days=1)


@dataclass(frozen=True)
class Merger:
    """The commune went, by way of a unit that is gone too, into the successor, which has a head."""

    given: Task
    successor: Unit
    head: Official


def turn(old: list[Unit], new: list[Unit], kind: str = "merger") -> None:
    reorganize(
        **BY_TESTS, kind=kind, predecessors=old, successors=new, effective_on=TODAY, source=DECISION
    )  # fmt: skip


def seen_by(person: Official) -> Viewer:
    return viewer_of(unsaved_account(person), TODAY)


@pytest.fixture
def merger(people: People) -> Merger:
    given = task(people.commune, people.clerk, people.office)
    between = unit("xa-giua", people.province, name="xã Giữa")
    successor = unit("xa-moi", people.province, name="xã Mới")
    head = official("xn0", "A Thu", successor, post="Chủ tịch", is_head=True)
    grant(head, "unit_head", successor)
    reorganize(
        **BY_TESTS, kind="merger", predecessors=[people.commune], successors=[between], effective_on=YESTERDAY,
        source=DECISION,
    )  # fmt: skip
    turn([between], [successor])
    return Merger(given, successor, head)


@pytest.mark.requirement(4)
@pytest.mark.requirement(62)
def test_the_head_of_the_successor_finishes_the_task(people, merger):
    viewer = seen_by(merger.head)
    assert get_task(viewer, merger.given.pk).owner_name == "xã Ẵng Một", "the last name of the unit that is gone"
    assert may_work_on(viewer, merger.given)
    assert list(Task.objects.filter(to_work_on(viewer))) == [merger.given]
    claimed(merger.given)
    officer = seen_by(people.officer)
    assert may_follow(officer, merger.given) and list(Task.objects.filter(to_follow(officer))) == [merger.given]
    assert step(merger.given, "verify", "").state == VERIFIED


def test_nobody_else_gets_it_and_nobody_follows_the_own_work_by_a_merger(people, merger):
    other = seen_by(people.other_chairman)
    assert not visible_tasks(other).exists() and not may_work_on(other, merger.given)
    grant(merger.head, "unit_head", people.office)
    viewer = seen_by(merger.head)
    assert may_follow(viewer, merger.given).refusal.code == "followups.own_task_not_allowed"
    assert not Task.objects.filter(to_follow(viewer)).exists()


def test_a_unit_that_is_there_keeps_its_tasks_when_a_part_of_it_goes_elsewhere(people):
    given = task(people.commune, people.clerk, people.office)
    turn([people.commune], [people.commune, people.other], "split")
    grant(people.other_chairman, "unit_head", people.other)
    viewer = seen_by(people.other_chairman)
    assert not visible_tasks(viewer).exists() and not may_work_on(viewer, given)


def test_what_the_gone_unit_follows_its_successor_follows(people):
    given = task(people.commune, people.clerk, people.office)
    new = unit("so-moi", people.province, "department", "Sở Mới")
    person = official("sm0", works_in=new)
    grant(person, "procedure_control_officer", new)
    turn([people.office], [new])
    viewer = seen_by(person)
    assert may_follow(viewer, given) and list(Task.objects.filter(to_follow(viewer))) == [given]
    assert get_task(viewer, given.pk).watcher_name == "Văn phòng UBND tỉnh"


@pytest.mark.requirement(62)
def test_the_head_of_the_successor_is_reminded_not_the_one_of_the_unit_that_is_gone(people, merger):
    late = next_reminders(0, merger.given.due_at + timedelta(days=20)).reminders
    assert merger.head.pk in {one.recipient for one in late}
    assert people.chairman.pk not in {one.recipient for one in late}


def test_lists_of_the_successor_hold_what_the_gone_unit_owes(people, merger):
    viewer, after = seen_by(people.officer), NOW + timedelta(days=60)
    assert list(find_tasks(viewer, TaskSearch(under=merger.successor), NOW)) == [merger.given]
    (row,) = missing(viewer, MissingSearch(merger.successor), after)
    assert (row.kind, row.unit_name) == ("silent", "xã Ẵng Một")
    assert missing(viewer, MissingSearch(people.other), after) == []


def test_the_successor_takes_note_of_what_was_sent_to_the_gone_unit(people):
    sent = directive(people.office, [people.commune])
    turn([people.commune], [people.other])
    grant(people.other_chairman, "unit_head", people.other)
    viewer, addressee = seen_by(people.other_chairman), Addressee.objects.get()
    assert list(to_acknowledge(viewer)) == list(own_addressees(viewer, sent)) == [addressee]
    assert may_acknowledge(viewer, people.commune)


def test_deadlines_go_on_by_the_calendar_of_what_stood_above(people):
    choose_calendar(**BY_TESTS, unit=people.province, calendar="vn-example-commune", starts_on=YESTERDAY)
    turn([people.commune], [], "dissolution")
    assert calendars_of([people.commune.pk, people.other.pk], TODAY)[people.commune.pk].id == "vn-example-commune"


def test_mergers_cost_a_list_a_fixed_number_of_questions(people, merger, django_assert_num_queries):
    viewer = seen_by(people.officer)
    with django_assert_num_queries(3):  # once: whom the viewer supervises, what is gone and who carries it on
        assert find_tasks(viewer, TaskSearch(), NOW).count() == len(find_tasks(viewer, TaskSearch(), NOW)) == 1


@pytest.mark.requirement(4)
@pytest.mark.long
def test_a_merger_on_the_site_then_a_transfer_then_the_successor_finishes_the_task(people, settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    given = task(people.commune, people.chairman, people.office)
    administrator = official("quan-tri", works_in=people.province)
    grant(administrator, "administrator", people.province, covers_subtree=True)
    grant(people.other_chairman, "unit_head", people.other)
    decided = {"predecessors": "xa-mot", "starts_on": "23/11/2026", "source_document": "Nghị quyết 1/NQ-UBTVQH16"}
    with time_machine.travel(NOW, tick=False):
        client = client_of(administrator)
        page = client.post("/don-vi/xa-hai/nhap-vao/", decided)
        assert "1 nhiệm vụ chưa kết thúc do đơn vị thực hiện." in page.content.decode()
        fates = {line.key: line.initial or "moves:xa-hai" for line in page.context["form"].lines}
        sure = decided | fates | {"buoc": "xac-nhan", "reason": "Theo nghị quyết"}
        assert client.post("/don-vi/xa-hai/nhap-vao/", sure).status_code == 302

        form = client.get("/can-bo/xm1/dieu-dong/").context["form"]
        seen = {bound.name: bound.value() for bound in form if bound.name != "is_head" and bound.value() is not None}
        moved = seen | {"unit": "van-phong", "post": "Chuyên viên", "starts_on": "24/11/2026"}
        assert client.post("/can-bo/xm1/dieu-dong/", moved).status_code == 302
        assert worked(people.clerk) == [("xa-mot", YESTERDAY), ("xa-hai", TODAY), ("van-phong", None)]

        successor = client_of(people.other_chairman)
        address = f"/nhiem-vu/{given.pk}/"
        said = successor.get(address).content.decode()
        assert "xã Ẵng Một" in said and "Đơn vị kế thừa:" in said and ">xã Hai</a>" in said
        assert successor.post(f"{address}tiep-nhan/", {"version": 1}).status_code == 302
        proof = {"version": 2, "proof": "Báo cáo 12/BC-UBND", "done_on": "23/11/2026"}
        assert successor.post(f"{address}hoan-thanh/", proof).status_code == 302
        assert client_of(people.officer).post(f"{address}xac-minh/", {"version": 3}).status_code == 302
    assert Task.objects.get().state == VERIFIED


def worked(person: Official) -> list[tuple[str, date | None]]:
    """Where somebody worked, until when."""
    return [(one.unit.code, one.ends_on) for one in person.postings.select_related("unit").order_by("starts_on")]
