"""A unit's own first day that was entered wrongly is corrected, and what began with it moves along."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cchc.audit.queries import events_of
from cchc.organizations.actions.first_days import correct_first_day
from cchc.organizations.actions.people import post_official, transfer_official
from cchc.organizations.actions.units import Standing, choose_calendar, give_supervision, place_unit, reorganize
from cchc.organizations.models import Official, RoleGrant, Unit
from cchc.organizations.queries import units
from cchc.organizations.resting import resting_before
from cchc.organizations.shown_first_day import parts_of_first_day
from cchc.papers.actions.approvals import ask_approval
from cchc.records.sources import Source
from tests.factories import papers
from tests.factories.clients import client_of
from tests.factories.followups import directive, task
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit
from tests.factories.registers import register
from tests.organizations.test_units import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.requirement(125)]
TYPED = date(2025, 7, 1)
EARLIER, LATER = date(2025, 6, 1), date(2025, 8, 1)
WHY = "Nghị quyết ghi ngày khác"
DAY = timedelta(days=1)


@pytest.fixture
def commune(province) -> Unit:
    return unit("xa", province, name="xã Một", starts_on=TYPED)


@pytest.fixture
def office(commune) -> Unit:
    return unit("phong", commune, "office", "Phòng Một", TYPED)


@pytest.fixture
def person(commune) -> Official:
    return official("cb1", "Lê Văn Ba", commune, starts_on=TYPED)


def correct(one: Unit, day: date, reason: str = WHY, **more: object):
    return correct_first_day(**BY_TESTS, unit=one, starts_on=day, reason=reason, **more)


def first_day(one: Unit) -> date:
    return one.placements.order_by("starts_on")[0].starts_on


@pytest.mark.parametrize("day", [EARLIER, LATER])
def test_the_unit_and_all_that_began_with_it_begin_on_the_right_day(province, commune, office, person, day):
    held = grant(person, "reform_officer", commune, starts_on=TYPED)
    clerk = official("cb2", "Y Mai", office, starts_on=TYPED, is_head=True)
    agency = unit("so", province, "department", "Sở Một")
    given = give_supervision(**BY_TESTS, supervisor=agency, unit=commune, starts_on=TYPED, source=Source("QĐ 1"))
    use = choose_calendar(**BY_TESTS, unit=commune, calendar="vn", starts_on=TYPED)
    later = official("cb3", "A Bình", commune, starts_on=TODAY)
    correct(commune, day)
    dated = [held, given, use, person.postings.get(), clerk.postings.get()]
    for one in dated:
        one.refresh_from_db()
    assert {one.starts_on for one in dated} == {first_day(commune), first_day(office)} == {day}
    assert later.postings.get().starts_on == TODAY, "what began later stays"
    assert [one.unit.code for one in units.path(office, day)] == ["tinh", "xa", "phong"]
    assert not units.path(office, day - DAY), "not there before"


def test_the_chain_says_what_was_corrected_from_when_and_why(commune, person):
    held = grant(person, "reform_officer", commune, starts_on=TYPED)
    correct(commune, EARLIER)
    for subject, kind in ((commune.placements.get(), "placement_corrected"), (held, "first_day_corrected"),
                          (person.postings.get(), "posting_corrected")):  # fmt: skip
        event = events_of(subject).last()
        assert event.kind == f"organizations.{kind}"
        assert all(said in event.payload.body for said in ("2025-07-01", "2025-06-01", WHY))


def test_who_came_from_another_post_keeps_the_day_where_the_unit_began_earlier(province, commune):
    moved = official("cb1", "Lê Văn Ba", province)
    transfer_official(**BY_TESTS, official=moved, unit=commune, post="Chủ tịch", starts_on=TYPED)
    held = grant(moved, "unit_head", commune, starts_on=TYPED)
    elsewhere = official("cb2", "Y Mai", province)
    other = grant(elsewhere, "reform_officer", commune, starts_on=TYPED)
    assert refusal(correct, commune, LATER) == "organizations.posting_rests_on_first_day", "a gap between two posts"
    correct(commune, EARLIER)
    posting = moved.postings.get(unit=commune)
    held.refresh_from_db()
    other.refresh_from_db()
    assert (posting.starts_on, held.starts_on, other.starts_on) == (TYPED, TYPED, EARLIER)


def test_a_post_that_would_be_over_before_it_begins_is_named(commune):
    short = official("cb1", "Lê Văn Ba", commune, starts_on=TYPED, ends_on=TYPED + DAY)
    assert short.postings.get().ends_on == TYPED + DAY
    assert refusal(correct, commune, LATER) == "organizations.posting_rests_on_first_day"
    assert first_day(commune) == TYPED


@pytest.mark.parametrize("what", ["post", "role", "part", "supervision", "calendar"])
def test_nothing_of_the_room_is_left_on_days_before_it_begins(province, commune, person, what):
    day = TYPED + DAY
    if what == "post":
        official("cb2", works_in=commune, starts_on=day)
    elif what == "role":
        grant(person, "reform_officer", commune, starts_on=day)
    elif what == "part":
        unit("phong", commune, "office", starts_on=day)
    elif what == "supervision":
        give_supervision(
            **BY_TESTS, supervisor=commune, unit=unit("xa-khac", province), starts_on=day, source=Source("QĐ 1")
        )
    else:
        choose_calendar(**BY_TESTS, unit=commune, calendar="vn", starts_on=day)
    assert refusal(correct, commune, LATER) == "organizations.rests_on_first_day"
    correct(commune, day)
    assert first_day(commune) == day, "not before that, but on that day"


def test_nothing_of_other_rooms_is_left_on_days_before_it_begins(province, commune):
    papers.issued(commune, TODAY - 2 * DAY)
    assert refusal(correct, commune, TODAY - DAY) == "organizations.rests_on_first_day"
    assert first_day(commune) == TYPED
    correct(commune, TODAY - 2 * DAY)
    assert first_day(commune) == TODAY - 2 * DAY, "not before that, but on that day"


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("paper", "văn bản đã phát hành"),
        ("laid", "văn bản được trình đến"),
        ("issued_directive", "văn bản chỉ đạo"),
        ("received_directive", "văn bản chỉ đạo đã nhận"),
        ("task", "nhiệm vụ"),
        ("register", "sổ theo dõi, kế hoạch"),
    ],
)
def test_what_rests_on_the_days_of_a_unit_in_other_rooms(province, commune, person, what, name):
    agency = unit("so", province, "department", "Sở Một")
    make = {
        "paper": lambda: papers.issued(commune),
        "laid": lambda: ask_approval(**BY_TESTS, paper=papers.issued(agency), to=commune),
        "issued_directive": lambda: directive(commune, [unit("phong", commune, "office", starts_on=TYPED)]),
        "received_directive": lambda: directive(province, [commune], agency),
        "task": lambda: task(commune, person, agency),
        "register": lambda: register(commune, issued_on=TODAY),
    }
    make[what]()
    assert name in {one.vi: number for one, number in resting_before([commune.pk], TODAY + DAY)}
    assert not list(resting_before([commune.pk], date(2026, 1, 1)))


def test_what_is_over_or_rests_on_a_decision_or_lies_ahead_stays(province, commune):
    assert refusal(correct, commune, TYPED) == "organizations.nothing_to_correct"
    assert refusal(correct, commune, TODAY + DAY) == "organizations.corrected_into_future"
    assert refusal(correct, commune, LATER, " ") == "organizations.no_reason"
    assert refusal(correct, commune, LATER, expected_version=7) == "organizations.unit_stale"
    young = unit("tinh-moi", starts_on=TYPED)
    part = unit("so-moi", young, "department", starts_on=TYPED)
    assert refusal(correct, part, EARLIER) == "organizations.not_there", "what it stands under was not there"
    old = unit("xa-cu", province)
    reorganize(
        **BY_TESTS, kind="merger", predecessors=[old], successors=[commune], effective_on=TYPED, source=Source("NQ 1")
    )
    assert refusal(correct, commune, EARLIER) == "organizations.reorganization_rests_on_it"
    renamed = unit("xa-ba", province, name="xã Ba", starts_on=TYPED)
    place_unit(**BY_TESTS, unit=renamed, standing=Standing("commune", "xã Bốn", province), starts_on=LATER)
    assert refusal(correct, renamed, EARLIER) == "organizations.record_is_over"


def test_a_part_that_came_from_elsewhere_that_day_holds_the_first_day(province, commune):
    moved = unit("phong", unit("xa-khac", province), "office", "Phòng Hai")
    place_unit(**BY_TESTS, unit=moved, standing=Standing("office", "Phòng Hai", commune), starts_on=TYPED)
    assert refusal(correct, commune, LATER) == "organizations.rests_on_first_day"
    correct(commune, EARLIER)
    assert moved.placements.get(parent=commune).starts_on == TYPED


@pytest.mark.requirement(124)
def test_the_page_asks_first_says_what_moves_along_and_then_saves(administrator, commune, office, person):
    grant(person, "reform_officer", commune, starts_on=TYPED)
    address = "/don-vi/xa/ngay-dau/sua-sai-sot/"
    assert address in administrator.get("/don-vi/xa/").content.decode()
    typed = {"starts_on": "01/06/2025", "reason": WHY, "version": str(commune.version)}
    page = administrator.post(address, typed).content.decode()
    assert "có hiệu lực từ 01/06/2025" in page and 'name="confirmed" value="True"' in page
    assert "đơn vị trực thuộc: 1, vị trí công tác: 1, vai trò: 1" in page and "lịch làm việc" not in page
    assert first_day(commune) == TYPED
    assert administrator.post(address, typed | {"confirmed": "True"}).url == "/don-vi/xa/"
    assert (first_day(commune), first_day(office)) == (EARLIER, EARLIER)
    second = administrator.post(address, typed | {"confirmed": "True", "starts_on": "01/05/2025"})
    assert second.status_code == 409 and 'name="version" value="2"' in second.content.decode()
    history = administrator.get(f"/nhat-ky/organizations.Unit/{commune.pk}/").content.decode()
    assert WHY in history and "Sửa ngày đầu theo đơn vị" in history


def test_who_does_not_look_after_the_parts_does_not_move_them(commune, office, person):
    grant(person, "administrator", commune, starts_on=TYPED)
    narrow, address = client_of(person), "/don-vi/xa/ngay-dau/sua-sai-sot/"
    typed = {"starts_on": "01/06/2025", "reason": WHY, "version": "1", "confirmed": "True"}
    assert narrow.get(address).status_code == 200
    assert narrow.post(address, typed).status_code == 403
    assert first_day(commune) == TYPED
    assert RoleGrant.objects.get().starts_on == TYPED


def test_nothing_is_listed_where_nothing_moves_along(commune):
    moving = parts_of_first_day(commune)
    assert (moving.parts, moving.said()) == ([], "")
    post_official(**BY_TESTS, official=official("cb9"), unit=commune, post="Phó", starts_on=TODAY)
    assert parts_of_first_day(commune).said() == ""
