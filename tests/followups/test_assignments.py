"""Somebody is assigned to follow a directive or a task: sees it and takes the follower's steps, then and not after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from cchc.audit.canonical import read_canonical
from cchc.audit.models import AuditEvent
from cchc.followups.actions.assigning import assign_follow_up, end_follow_up
from cchc.followups.actions.tasks import raise_difficulty
from cchc.followups.models import Directive, Task
from cchc.followups.permissions import may_follow, may_follow_directive, may_urge, may_verify
from cchc.followups.queries.assigned import assignments_of
from cchc.followups.queries.scope import visible_directives, visible_tasks
from cchc.followups.queries.tasks import to_follow
from cchc.notices.models import Notice
from cchc.organizations.actions.people import post_official
from cchc.organizations.actions.rights import delegate, grant_role
from cchc.organizations.models import Assignment, Official, Unit
from cchc.organizations.viewers import Viewer, viewer_of
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.followups import claimed, directive, step, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit, unsaved_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.requirement(124)]
DAY = timedelta(days=1)
UNTIL = TODAY + 6 * DAY


@pytest.fixture
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def room(people) -> Unit:
    """A part of the office: who works there sees nothing of what the office follows."""
    return unit("phong-ks", people.office, name="Phòng Kiểm soát thủ tục hành chính")


@pytest.fixture
def specialist(room: Unit) -> Official:
    return official("cv7", "Hoàng Thị Mai", room)


@pytest.fixture
def made(people) -> Directive:
    return directive(people.province, [people.commune, people.other], people.office)


@pytest.fixture
def given(people, made: Directive) -> Task:
    return task(people.commune, people.chairman, people.office, subject=made)


def seen(person: Official, day: date = TODAY, principal: str = "") -> Viewer:
    return viewer_of(unsaved_account(person), day, principal, used_second_factor=True)


def assign(subject: Directive | Task, person: Official, starts_on: date = TODAY, ends_on: date | None = UNTIL):
    return assign_follow_up(
        **BY_TESTS, subject=subject, official=person, starts_on=starts_on, ends_on=ends_on, reason="Đúng lĩnh vực"
    )


def sees(viewer: Viewer) -> tuple[set[int], set[int]]:
    found = (visible_directives(viewer), visible_tasks(viewer))
    return tuple(set(one.values_list("pk", flat=True)) for one in found)  # type: ignore[return-value]


def test_it_counts_on_its_days_and_not_before_or_after(given, made, people, specialist):
    another = task(people.other, people.other_chairman, people.office, "Việc khác")
    assign(made, specialist, TODAY + DAY, UNTIL)
    for day, counts in ((TODAY, False), (TODAY + DAY, True), (UNTIL, True), (UNTIL + DAY, False)):
        viewer = seen(specialist, day)
        assert sees(viewer) == (({made.pk}, {given.pk}) if counts else (set(), set()))
        assert bool(may_follow(viewer, given)) is counts and bool(may_urge(viewer, given)) is counts
        assert bool(may_verify(viewer, given)) is counts and bool(may_follow_directive(viewer, made)) is counts
        assert set(Task.objects.filter(to_follow(viewer))) == ({given} if counts else set())
        assert not may_follow(viewer, another)


def test_one_task_alone_is_one_task_alone(given, made, people, specialist):
    sibling = task(people.other, people.other_chairman, people.office, subject=made)
    assign(given, specialist)
    viewer = seen(specialist)
    assert sees(viewer) == (set(), {given.pk})
    assert may_follow(viewer, given) and not may_follow(viewer, sibling) and not may_follow_directive(viewer, made)


def test_the_steps_of_who_follows_are_taken_by_pages(given, made, people, specialist):
    client = client_of(specialist)
    for address in (f"/van-ban-chi-dao/{made.pk}/", f"/nhiem-vu/{given.pk}/", f"/nhiem-vu/{given.pk}/don-doc/"):
        assert client.get(address).status_code == 404
    assign(made, specialist)
    page = client.get(f"/nhiem-vu/{given.pk}/").content.decode()
    assert "Đôn đốc" in page and "Rút nhiệm vụ" in page and "Báo cáo hoàn thành" not in page
    urged = {"text": "Báo cáo trước thứ Sáu", "version": Task.objects.get(pk=given.pk).version}
    assert client.post(f"/nhiem-vu/{given.pk}/don-doc/", urged).status_code == 302
    now = claimed(given)
    verified = client.post(f"/nhiem-vu/{given.pk}/xac-minh/", {"text": "Đủ", "version": now.version})
    assert verified.status_code == 302 and Task.objects.get(pk=given.pk).state == "verified"
    assert client.get(f"/van-ban-chi-dao/{made.pk}/don-doc/").status_code == 200
    assert client.get(f"/van-ban-chi-dao/{made.pk}/giao-viec/").status_code == 403
    assert client.get(f"/van-ban-chi-dao/{made.pk}/phan-cong/").status_code == 403
    with time_machine.travel(NOW + 7 * DAY, tick=False):
        assert client_of(specialist).get(f"/nhiem-vu/{given.pk}/").status_code == 404


def test_nobody_verifies_what_the_own_unit_does_though_assigned_to_follow_it(people, specialist, made):
    own = task(people.office, people.office_head, people.province, subject=made)
    above = official("tinh1", works_in=people.province)
    assign(own, above)
    post_official(**BY_TESTS, official=above, unit=people.office, post="Biệt phái", starts_on=TODAY, is_main=False)
    assert may_follow(seen(above), own).refusal.code == "followups.own_task_not_allowed"
    done = claimed(task(people.commune, people.chairman, people.office))
    assign(done, specialist)
    done.claimed_by = specialist
    assert may_verify(seen(specialist), done).refusal.code == "followups.own_claim_not_allowed"


def test_whoever_moves_to_another_unit_follows_it_no_more(given, made, people, specialist):
    assign(made, specialist, ends_on=None)
    post_official(**BY_TESTS, official=specialist, unit=people.other, post="Phó Chủ tịch", starts_on=TODAY + DAY)
    assert may_follow(seen(specialist), given)
    later = seen(specialist, TODAY + DAY)
    assert later.duties and not may_follow(later, given) and given.pk not in sees(later)[1]
    with time_machine.travel(NOW + DAY, tick=False):
        for address in (f"/van-ban-chi-dao/{made.pk}/", "/can-bo/cv7/"):
            page = client_of(people.office_head).get(address).content.decode()
            assert "Đã chuyển công tác" in page and "Đang theo dõi" not in page


def test_a_deputy_has_it_in_everything_and_in_other_roles_not(given, made, people, specialist):
    assign(made, specialist)
    grant(specialist, "settling_official", people.commune)
    deputy = official("pho", works_in=people.office)
    days = {"starts_on": TODAY, "ends_on": UNTIL, "reason": "Nghỉ phép"}
    delegate(**BY_TESTS, principal=specialist, deputy=deputy, role="settling_official", **days)
    assert not may_follow(seen(deputy, principal="cv7"), given)
    delegate(**BY_TESTS, principal=specialist, deputy=deputy, **days)
    assert may_follow(seen(deputy, principal="cv7"), given) and not may_follow(seen(deputy), given)


def refusal(**given: object) -> str:
    with pytest.raises(DomainError) as caught:
        assign_follow_up(**(BY_TESTS | given))  # type: ignore[arg-type]
    return caught.value.problems[0].message.code


def test_what_is_no_assignment(made, people, specialist):
    whole = {"subject": made, "official": specialist, "starts_on": TODAY, "ends_on": UNTIL, "reason": "Đúng lĩnh vực"}
    assert refusal(**whole | {"reason": " "}) == "followups.nothing_said"
    assert refusal(**whole | {"ends_on": TODAY - DAY}) == "records.ends_before_start"
    assert refusal(**whole | {"official": people.clerk}) == "followups.assigned_elsewhere"
    assert refusal(**whole | {"starts_on": date(1990, 1, 1)}) == "followups.assigned_elsewhere"
    assign(made, specialist)
    assert refusal(**whole | {"starts_on": UNTIL}) == "organizations.days_taken"
    with pytest.raises(DomainError) as caught:
        grant_role(**BY_TESTS, official=specialist, role="follow_up_officer", unit=people.office, starts_on=TODAY)
    assert caught.value.problems[0].message.code == "organizations.role_at_objects"


def test_what_is_over_is_assigned_to_nobody_but_an_assignment_there_still_ends(given, people, specialist):
    held = assign(given, specialist)
    step(given, "withdraw", "Văn bản đã được thay thế")
    head, over = client_of(people.office_head), Task.objects.get(pk=given.pk)
    whole = {"official": people.officer, "starts_on": TODAY, "ends_on": None, "reason": "Đúng lĩnh vực"}
    assert refusal(subject=over, **whole) == "followups.nothing_to_follow"
    assert head.get(f"/nhiem-vu/{given.pk}/phan-cong/").status_code == 422
    page = head.get(f"/nhiem-vu/{given.pk}/").content.decode()
    assert f"/nhiem-vu/{given.pk}/phan-cong/" not in page and f"/phan-cong-theo-doi/{held.pk}/ket-thuc/" in page


def test_the_head_assigns_on_the_page_and_the_person_is_told(made, given, people, specialist):
    head = client_of(people.office_head)
    page = head.get(f"/van-ban-chi-dao/{made.pk}/").content.decode()
    assert f"/van-ban-chi-dao/{made.pk}/phan-cong/" in page and "Chưa phân công riêng ai" in page
    sent = {"official": "cv7", "starts_on": "23/11/2026", "ends_on": "29/11/2026", "reason": "Đúng lĩnh vực"}
    assert head.post(f"/van-ban-chi-dao/{made.pk}/phan-cong/", sent).status_code == 302
    for address in (f"/van-ban-chi-dao/{made.pk}/", f"/nhiem-vu/{given.pk}/"):
        page = head.get(address).content.decode()
        assert "Hoàng Thị Mai" in page and "Đúng lĩnh vực" in page and "Đang theo dõi" in page
    told = Notice.objects.get(recipient=specialist)
    assert told.kind == "followups.directive_assigned"
    assert "Theo dõi văn bản chỉ đạo 2624/UBND-TTHCC" in client_of(specialist).get("/thong-bao/").content.decode()
    again = head.post(f"/van-ban-chi-dao/{made.pk}/phan-cong/", sent)
    assert again.status_code == 422 and "Đúng lĩnh vực" in again.content.decode()
    own = head.post(f"/nhiem-vu/{given.pk}/phan-cong/", sent | {"official": people.office_head.code})
    assert own.status_code == 403 or "Không tự phân công" in own.content.decode()


def test_it_is_ended_at_once_or_taken_back_whole_and_the_person_is_told(made, given, people, specialist):
    head = client_of(people.office_head)
    running = assign(made, specialist, TODAY - 3 * DAY)
    to_come = assign(given, specialist, TODAY + DAY)
    assert f"/phan-cong-theo-doi/{running.pk}/ket-thuc/" in head.get(f"/van-ban-chi-dao/{made.pk}/").content.decode()
    ended = {"ends_on": "22/11/2026", "reason": "Chuyển việc"}
    assert head.post(f"/phan-cong-theo-doi/{running.pk}/ket-thuc/", ended | {"reason": ""}).status_code == 422
    assert head.post(f"/phan-cong-theo-doi/{running.pk}/ket-thuc/", ended).status_code == 302
    assert head.post(f"/phan-cong-theo-doi/{to_come.pk}/ket-thuc/", ended).status_code == 302
    assert Assignment.objects.get().ends_on == TODAY - DAY and not may_follow(seen(specialist), given)
    page = head.get(f"/van-ban-chi-dao/{made.pk}/").content.decode()
    assert "Đã kết thúc phân công" in page and f"/phan-cong-theo-doi/{running.pk}/" not in page
    kinds = set(Notice.objects.filter(recipient=specialist).values_list("kind", flat=True))
    assert {"followups.directive_unassigned", "followups.task_unassigned"} <= kinds
    assert head.get("/phan-cong-theo-doi/999/ket-thuc/").status_code == 404


def test_the_history_of_the_object_and_that_of_the_official_tell_it(made, people, specialist):
    auditor = official("kiem-toan", works_in=people.office)
    grant(auditor, "auditor", people.province, covers_subtree=True)
    given = assign(made, specialist)
    end_follow_up(**BY_TESTS, subject=made, assignment=given, ends_on=TODAY - DAY, reason="Giao nhầm")
    page = client_of(auditor).get(f"/nhat-ky/followups.Directive/{made.pk}/").content.decode()
    assert "Phân công người theo dõi" in page and "Thôi phân công người theo dõi" in page
    assert "Hoàng Thị Mai (cv7)" in page and "Giao nhầm" in page and "29/11/2026" in page
    assign(made, specialist)
    page = client_of(auditor).get(f"/nhat-ky/organizations.Official/{specialist.pk}/").content.decode()
    assert "Phân công cán bộ" in page and "Người được phân công theo dõi" in page
    assert "Văn bản chỉ đạo" in page and "followups.Directive" not in page.partition("<main")[2]
    event = AuditEvent.objects.select_related("payload").filter(kind="followups.follow_up_assigned").earliest("pk")
    assert event.personal and read_canonical(event.payload.body)["reason"] == "Đúng lĩnh vực"


def test_whoever_is_assigned_hears_of_what_waits_there_instead_of_whom_is_guessed(given, made, people, specialist):
    assign(made, specialist)
    now = step(given, "acknowledge", "")
    difficulty = {"task": now, "expected_version": now.version, "kind": "difficulty", "text": "Thiếu máy"}
    raise_difficulty(**BY_TESTS, **difficulty)
    recipients = Notice.objects.filter(kind="followups.difficulty_raised").values_list("recipient__code", flat=True)
    assert list(recipients) == ["cv7"]
    post_official(**BY_TESTS, official=specialist, unit=people.other, post="Phó Chủ tịch", starts_on=TODAY)
    claimed_now = Task.objects.get(pk=given.pk)
    assert claimed_now.state == "acknowledged"
    raise_difficulty(**BY_TESTS, **difficulty | {"task": claimed_now, "expected_version": claimed_now.version})
    assert set(recipients.all()) == {"cv7", people.office_head.code}


def test_the_desk_and_the_page_of_the_official_list_it(given, made, people, specialist, django_assert_max_num_queries):
    assign(made, specialist)
    assign(task(people.other, people.other_chairman, people.office, "Việc của xã Hai"), specialist, TODAY + DAY)
    assert [one.subject_type for one in assignments_of(specialist, TODAY)] == ["followups.Directive", "followups.Task"]
    desk = client_of(specialist).get("/ban-lam-viec/").content.decode()
    assert "Được phân công theo dõi" in desk and "Việc của xã Hai" not in desk and "2624/UBND-TTHCC" in desk
    page = client_of(people.office_head).get("/can-bo/cv7/").content.decode()
    assert "2624/UBND-TTHCC" in page and "Việc của xã Hai" in page and "Chưa đến ngày" in page
    outside = client_of(people.other_chairman).get("/can-bo/cv7/").content.decode()
    assert "2624/UBND-TTHCC" in outside, "it was sent to that commune too"
    stranger = official("la", works_in=unit("tinh-khac"))
    assert "2624/UBND-TTHCC" not in client_of(stranger).get("/can-bo/cv7/").content.decode()


@pytest.mark.parametrize("size", [1, 6])
def test_any_number_of_assignments_takes_the_same_questions(given, people, specialist, size, django_assert_num_queries):
    for number in range(size):
        paper = directive(people.province, [people.other], people.office, number=f"{number}/UBND")
        assign(paper, specialist)
        task(people.other, people.other_chairman, people.office, subject=paper)
    viewer = seen(specialist)
    with django_assert_num_queries(3):  # once: the units above, with what is gone
        assert len(visible_tasks(viewer)) == len(visible_directives(viewer)) == size


def test_the_public_and_strangers_are_told_nothing(made, people, specialist):
    given = assign(made, specialist)
    stranger = client_of(official("la", works_in=unit("tinh-khac")))
    for client in (Client(), stranger):
        for address in (f"/van-ban-chi-dao/{made.pk}/phan-cong/", f"/phan-cong-theo-doi/{given.pk}/ket-thuc/"):
            assert client.get(address).status_code in {403, 404}
