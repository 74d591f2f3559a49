"""Urging all who are behind with a directive; telling heads, then the unit that follows, who has not taken note."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cchc.audit.queries import events_of
from cchc.followups.actions.directives import note_posting
from cchc.followups.actions.urging import remind_of_directives, remind_to_post, urge_directive
from cchc.followups.models import Addressee, TaskEntry
from cchc.followups.permissions import may_acknowledge
from cchc.followups.queries.directives import behind_with
from cchc.followups.queries.reminders import next_unposted, next_unread
from cchc.notices.models import Notice
from cchc.organizations.actions.units import reorganize
from cchc.organizations.models import Official
from cchc.organizations.viewers import viewer_of
from cchc.records.errors import DomainError
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.followups import claimed, directive, step, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit, unsaved_account
from tests.followups.test_pages import seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = timedelta(days=1)


def told(kind):
    found = Notice.objects.filter(kind=f"followups.{kind}").order_by("pk")
    return sorted(found.values_list("recipient__code", flat=True))


@pytest.mark.requirement(68)
def test_heads_are_told_of_a_directive_that_is_sent(people):
    directive(people.province, [people.commune, people.other], people.office)
    assert told("directive_sent") == ["xh0", "xm0"]


@pytest.mark.requirement(62)
def test_all_who_are_behind_are_urged_at_once(people, today):
    made = directive(people.province, [people.commune, people.other], people.office)
    late = task(people.commune, people.chairman, people.office, "Chậm", subject=made)
    done = task(people.other, people.other_chairman, people.office, "Xong", subject=made)
    task(people.other, people.other_chairman, people.office, "Việc khác")
    claimed(done)
    Addressee.objects.get(unit=people.other)
    client_of(people.officer)
    today.move_to(NOW + 30 * DAY)
    officer = client_of(people.officer)
    address = f"/van-ban-chi-dao/{made.pk}/don-doc/"
    page = officer.get(address).content.decode()
    assert "2 đơn vị chưa tiếp nhận" in page and "1 nhiệm vụ quá hạn hoặc chưa báo cáo" in page
    assert officer.post(address, {"text": ""}).status_code == 422
    assert officer.post(address, {"text": "Báo cáo ngay trong tuần"}).status_code == 302
    assert told("directive_urged") == ["xh0", "xm0"] and told("task_urged") == ["xm0"]
    assert [one.task_id for one in TaskEntry.objects.filter(step="urge").order_by("pk")] == [late.pk]
    assert client_of(people.clerk).get(address).status_code == 403


def test_nobody_is_left_to_urge(people):
    made = directive(people.province, [people.commune])
    step(task(people.commune, people.chairman, people.office, subject=made), "acknowledge", "")
    clerk = client_of(people.clerk)
    assert clerk.post(f"/van-ban-chi-dao/{made.pk}/tiep-nhan/xa-mot/").status_code == 302
    client_of(people.officer)
    assert behind_with(seen_by(people.officer), made, NOW) == []
    with pytest.raises(DomainError) as caught:
        urge_directive(**BY_TESTS, directive=made, text="Khẩn trương", tasks=[])
    assert caught.value.code == "followups.nobody_to_urge"


@pytest.mark.requirement(62)
@pytest.mark.parametrize(("days", "late", "escalated"), [(0, 0, 0), (3, 0, 0), (4, 2, 0), (10, 2, 2)])
def test_a_directive_not_acknowledged_is_reminded_of_then_escalated_once(people, days, late, escalated):
    directive(people.province, [people.commune, people.other], people.office)
    now = NOW + days * DAY
    found = next_unread(0, now)
    assert (len(found.late), len(found.to_escalate)) == (late, escalated)
    if not late:
        assert found.last is None
        return
    by = BY_TESTS | {"now": now}
    for _ in range(2):
        remind_of_directives(**by, late=found.late, to_escalate=found.to_escalate)
    assert told("directive_unread") == sorted(["xh0", "xm0", "xm1"] + ["vp0"] * escalated)
    again = next_unread(0, now)
    assert (len(again.late), len(again.to_escalate)) == (0, 0)


def test_who_takes_note_between_is_not_told(people):
    made = directive(people.province, [people.commune], people.office)
    found = next_unread(0, NOW + 10 * DAY)
    client_of(people.clerk).post(f"/van-ban-chi-dao/{made.pk}/tiep-nhan/xa-mot/")
    later = BY_TESTS | {"now": NOW + 10 * DAY}
    assert remind_of_directives(**later, late=found.late, to_escalate=found.to_escalate) == 0
    assert told("directive_unread") == []


def posted(made, unit, now=NOW):
    given = {"place": "Trang thông tin điện tử", "link": "", "posted_on": now.date()}
    return note_posting(**(BY_TESTS | {"now": now}), directive=made, unit=unit, **given)


@pytest.mark.requirement(62)
@pytest.mark.parametrize(("days", "late"), [(0, 0), (4, 0), (5, 1), (10, 1)])
def test_heads_of_units_that_have_not_posted_in_working_time_are_told_once(people, days, late):
    made = directive(people.province, [people.commune, people.other], people.office, posting_wanted=True)
    directive(people.province, [people.commune], people.office, number="7/UBND")
    posted(made, people.other)
    now = NOW + days * DAY
    found = next_unposted(0, now)
    assert len(found.late) == late
    by = BY_TESTS | {"now": now}
    assert [remind_to_post(**by, late=found.late) for _ in range(2)] == [2 * late, 0]
    assert told("directive_unposted") == ["xm0", "xm1"] * late, "only where posting was wanted and is not noted"
    assert next_unposted(0, now).last is None


def test_who_posts_between_is_not_told_and_the_job_tells_the_rest(people, today):
    made = directive(people.province, [people.commune, people.other], people.office, posting_wanted=True)
    now = NOW + 10 * DAY
    found = next_unposted(0, now)
    posted(made, people.commune, now)
    assert remind_to_post(**(BY_TESTS | {"now": now}), late=found.late) == 1
    assert told("directive_unposted") == ["xh0"]
    (event,) = events_of(made).filter(kind="followups.posting_reminded")
    assert people.other.code in event.payload.body


def signed_in_as(code):
    return viewer_of(unsaved_account(Official.objects.get(code=code)), TODAY)


@pytest.mark.requirement(62)
@pytest.mark.parametrize("kind", ["directive_unread", "directive_unposted"])
def test_who_is_charged_with_it_in_the_unit_is_told_too_and_each_once(people, kind):
    """Reform and procedure-control officers who may acknowledge and post for it; the head who is one is told once."""
    office = unit("phong", people.commune, "office", "Phòng Văn hóa")
    works_in = {"in-it": people.commune, "under-it": office, "elsewhere": people.other, "above": people.province}
    officers = {name: official(name, works_in=place) for name, place in works_in.items()}
    for person in officers.values():
        grant(person, "procedure_control_officer", people.commune)
    grant(officers["above"], "reform_officer", people.province, covers_subtree=True)
    wide, former, other = official("wide", works_in=office), official("former"), official("other", works_in=office)
    grant(wide, "reform_officer", people.province, covers_subtree=True)
    grant(former, "reform_officer", people.commune)
    grant(other, "one_stop_head", people.commune)
    for role in ("reform_officer", "procedure_control_officer"):
        grant(people.chairman, role, people.commune)
    directive(people.province, [people.commune], people.office, posting_wanted=True)
    by = BY_TESTS | {"now": NOW + 7 * DAY}
    if kind == "directive_unread":
        remind_of_directives(**by, late=next_unread(0, by["now"]).late, to_escalate=[])
    else:
        remind_to_post(**by, late=next_unposted(0, by["now"]).late)
    assert told(kind) == ["in-it", "under-it", "wide", "xm0", "xm1"]
    for code in told(kind):
        assert may_acknowledge(signed_in_as(code), people.commune)
    for code in ("elsewhere", "above", "former"):
        assert not may_acknowledge(signed_in_as(code), people.commune)


def test_who_answers_for_a_unit_that_is_gone_answers_for_what_carries_it_on(people):
    directive(people.province, [people.other], people.office)
    late = next_unread(0, NOW + 7 * DAY).late
    reorganize(
        **BY_TESTS, kind="merger", predecessors=[people.other, people.commune], successors=[people.commune],
        effective_on=TODAY, source=Source("NQ 1"),
    )  # fmt: skip
    remind_of_directives(**(BY_TESTS | {"now": NOW + 7 * DAY}), late=late, to_escalate=[])
    assert told("directive_unread") == ["xm0", "xm1"]


def test_whoever_follows_and_is_charged_with_it_is_told_once_in_a_night(people):
    grant(people.office_head, "reform_officer", people.office)
    directive(people.province, [people.office], people.office)
    found = next_unread(0, NOW + 20 * DAY)
    assert found.late and found.to_escalate
    remind_of_directives(
        **(BY_TESTS | {"now": NOW + 20 * DAY}), late=found.late, to_escalate=found.to_escalate
    )  # fmt: skip
    assert told("directive_unread") == ["vp0", "vp1"]
