"""Who answers for a task by name works in the unit on that day, or leads one above it; others are refused plainly."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from cchc.followups.actions.tasks import change_leader
from cchc.followups.models import Task
from cchc.followups.queries.leading import leaders_of, not_led_by
from cchc.interface.hosting.picking import get_pick_kind, likely
from cchc.organizations.actions.people import end_posting, post_official
from cchc.organizations.actions.units import reorganize
from cchc.organizations.models import Posting
from cchc.organizations.viewers import viewer_of
from cchc.records.errors import DomainError
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.followups import directive, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit, unsaved_account

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def above(people):
    """In the province itself: its chair, a deputy who signs, an expert, and who signs but works elsewhere."""
    chair = official("ct", "Hà Văn Chủ", people.province, post="Chủ tịch", is_head=True)
    deputy = official("pct", "Hồ Thị Phó", people.province, post="Phó Chủ tịch")
    expert = official("cv", "Vũ Chuyên", people.province)
    guest = official("kh", "Mai Khách", people.office)
    for person in (deputy, guest):
        grant(person, "signing_leader", people.province)
    return {"chair": chair, "deputy": deputy, "expert": expert, "guest": guest}


@pytest.mark.requirement(68)
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("clerk", True),
        ("chairman", True),
        ("chair", True),
        ("deputy", True),
        ("expert", False),
        ("guest", False),
        ("other_chairman", False),
        ("officer", False),
    ],
)
def test_who_may_lead_a_task_of_the_commune(people, above, who, may):
    person = above.get(who) or getattr(people, who)
    assert (person in leaders_of([people.commune.pk], TODAY)) is may
    assert not_led_by(person, [people.commune], TODAY) == ([] if may else [people.commune])
    if may:
        assert task(people.commune, person, people.office).leader == person
    else:
        with pytest.raises(DomainError, match="leader_elsewhere"):
            task(people.commune, person, people.office)


def test_the_day_counts(people):
    posting = Posting.objects.get(official=people.clerk)
    end_posting(**BY_TESTS, posting=posting, ends_on=TODAY, reason="Nghỉ hưu")
    assert not_led_by(people.clerk, [people.commune], TODAY) == []
    assert not_led_by(people.clerk, [people.commune], TODAY + DAY) == [people.commune]
    assert people.clerk not in leaders_of([people.commune.pk], TODAY + DAY)


def test_one_leader_for_many_units_is_asked_of_each_and_those_that_are_not_theirs_are_named(people):
    post_official(
        **BY_TESTS, official=people.chairman, unit=people.other, post="Bí thư", starts_on=TODAY, is_main=False
    )
    third = unit("xa-ba", people.province, name="xã Ba")
    below = unit("thon", people.commune, "office", "Thôn Một")
    units = [people.commune, people.other, third, below]
    assert not_led_by(people.chairman, units, TODAY) == [third]


def test_where_the_unit_is_gone_what_carries_it_on_counts(people):
    given = task(people.commune, people.chairman, people.office)
    new = unit("xa-moi", people.province, name="xã Mới", starts_on=TODAY)
    head = official("xm9", "Đỗ Văn Mới", new, starts_on=TODAY, is_head=True)
    reorganize(
        **BY_TESTS, kind="merger", predecessors=[people.commune], successors=[new], effective_on=TODAY,
        source=Source("Nghị quyết 1"),
    )  # fmt: skip
    made = change_leader(**BY_TESTS, task=given, expected_version=1, leader=head, reason="Sáp nhập")
    assert made.leader == head
    with pytest.raises(DomainError, match="leader_elsewhere"):
        change_leader(**BY_TESTS, task=made, expected_version=2, leader=people.other_chairman, reason="Nhầm")


@pytest.mark.requirement(68)
def test_the_picker_offers_leaders_and_the_page_says_why_another_is_refused_and_keeps_the_words(people):
    given = task(people.commune, people.chairman, people.office)
    officer = client_of(people.officer)
    address = f"/nhiem-vu/{given.pk}/doi-lanh-dao/"
    assert "/chon/followups.leader:unit.xa-mot/" in officer.get(address).content.decode()
    viewer = viewer_of(unsaved_account(people.officer), TODAY)
    kind = get_pick_kind("followups.leader:unit.xa-mot")
    assert {one.value for one in likely(kind, viewer, "")} == {"xm0", "xm1"}
    assert [one.value for one in likely(kind, viewer, "y blan")] == ["xh0"], "known, so that the refusal says why"
    refused = officer.post(address, {"leader": "Y Blan", "reason": "Phân công lại", "version": 1})
    page = refused.content.decode()
    assert refused.status_code == 422 and "Phân công lại" in page and "Y Blan" in page
    assert "Y Blan không công tác tại và không phải lãnh đạo cấp trên của: xã Ẵng Một" in page
    assert "Chọn người của đơn vị đó" in page and Task.objects.get(pk=given.pk).leader == people.chairman
    english = officer.post(f"/en{address}", {"leader": "xh0", "reason": "x", "version": 1}).content.decode()
    assert "neither works in nor leads from above" in english


@pytest.mark.requirement(68)
def test_giving_a_task_offers_the_leaders_of_the_addressees(people):
    made = directive(people.province, [people.commune], people.office)
    officer = client_of(people.officer)
    address = f"/van-ban-chi-dao/{made.pk}/giao-viec/"
    assert f"/chon/followups.leader:directive.{made.pk}/" in officer.get(address).content.decode()
    offered = officer.get(f"/chon/followups.leader:directive.{made.pk}/?q=").content.decode()
    assert "Trần Văn Dũng" in offered and "Y Blan" not in offered
    order = {
        "what": "Rà soát thủ tục", "everyone": "on", "owners": "", "due_on": "", "working_days": "5", "leader": "xh0",
        "watcher": "van-phong", "legal_basis": "",
    }  # fmt: skip
    refused = officer.post(address, order)
    assert refused.status_code == 422 and "Rà soát thủ tục" in refused.content.decode()
    assert officer.post(address, order | {"leader": "xm1"}).status_code == 302
    for strange in ("directive.x", f"directive.{'9' * 30}", "unit.khong-co", "vo-van"):
        assert officer.get(f"/chon/followups.leader:{strange}/?q=").status_code == 200
    assert officer.get("/chon/organizations.official:unit.xa-mot/?q=").status_code == 404
