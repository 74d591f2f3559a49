"""In which post of which unit somebody acted: as it was on the day, for both persons, and gone when it is erased."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from cchc.audit.actors import Actor, Capacity
from cchc.audit.canonical import read_canonical
from cchc.audit.models import AuditEvent
from cchc.audit.queries import verify_chain
from cchc.audit.redaction import redact
from cchc.organizations.actions.people import change_official, end_posting, post_official
from cchc.organizations.actions.rights import delegate
from cchc.organizations.audit_kinds import OFFICIAL_CHANGED
from cchc.organizations.models import Official, Posting, Unit
from cchc.organizations.viewers import actor_of, viewer_of
from cchc.tables.reading import read_tables
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit, unsaved_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.requirement(56)]
LATER = NOW + timedelta(days=10)
PAGES = ("/nhat-ky/organizations.Official/{key}/", "/nhat-ky-thay-doi/?loai=organizations.Official")


@pytest.fixture
def office(province: Unit) -> Unit:
    return unit("van-phong", province, name="Văn phòng UBND tỉnh")


@pytest.fixture
def department(province: Unit) -> Unit:
    return unit("so", province, name="Sở Nội vụ")


@pytest.fixture
def administrator(province: Unit, office: Unit) -> Official:
    person = official("quan-tri", "Trần Thị Hoà", office)
    grant(person, "administrator", province, covers_subtree=True)
    return person


@pytest.fixture
def auditor(province: Unit, office: Unit) -> Client:
    person = official("kiem-toan", "Phạm Văn Soát", office)
    grant(person, "auditor", province, covers_subtree=True)
    return client_of(person)


def rename(actor: Actor, clerk: Official, name: str, at: datetime = NOW) -> AuditEvent:
    change_official(actor=actor, now=at, official=clerk, name=name, email="", phone="")
    return AuditEvent.objects.select_related("payload").order_by("-sequence")[0]


def seen(person: Official, day: date = TODAY, principal: str = "") -> Actor:
    return viewer_of(unsaved_account(person), day, principal, used_second_factor=True).actor()


def pages(client: Client, clerk: Official) -> list[str]:
    return [client.get(page.format(key=clerk.pk)).content.decode() for page in PAGES]


def test_each_act_says_the_post_of_its_day_though_the_person_has_moved_since(
    office: Unit, department: Unit, administrator: Official, auditor: Client
) -> None:
    clerk = official("can-bo", works_in=office)
    first = rename(seen(administrator), clerk, "Tên hai")
    post_official(
        **BY_TESTS, official=administrator, unit=department, post="Phó Giám đốc", starts_on=TODAY + timedelta(days=5)
    )
    second = rename(seen(administrator, LATER.date()), clerk, "Tên ba", LATER)
    told = [read_canonical(event.payload.body)["actor_capacity"] for event in (first, second)]
    assert told == [
        {"post": "Chuyên viên", "unit": "Văn phòng UBND tỉnh"}, {"post": "Phó Giám đốc", "unit": "Sở Nội vụ"},
    ]  # fmt: skip
    for page in pages(auditor, clerk):
        newer, older = page.index("Phó Giám đốc, Sở Nội vụ"), page.index("Chuyên viên, Văn phòng UBND tỉnh")
        assert newer < older, "the newest first"
    assert verify_chain().is_valid


def test_whoever_acts_for_another_is_told_with_the_posts_of_both(
    office: Unit, department: Unit, administrator: Official, auditor: Client
) -> None:
    clerk, deputy = official("can-bo", works_in=office), official("pho", "Lê Thị Thay", department)
    delegate(**BY_TESTS, principal=administrator, deputy=deputy, starts_on=TODAY, ends_on=TODAY, reason="Đi công tác")
    rename(seen(deputy, principal="quan-tri"), clerk, "Tên hai")
    change_official(**BY_TESTS, official=administrator, name="Trần Thị Mới", email="", phone="")
    for page in pages(auditor, clerk):
        assert "Lê Thị Thay (pho)" in page and "Chuyên viên, Sở Nội vụ" in page
        assert "thay Trần Thị Hoà (quan-tri)" in page and "Chuyên viên, Văn phòng UBND tỉnh" in page
    taken = auditor.get("/nhat-ky-thay-doi/tai-ve.xlsx?nguoi=pho").content
    heading, row = read_tables(taken, "nhat-ky.xlsx")[0].rows
    told = {cell.text: row.cell(index).text for index, cell in enumerate(heading.cells)}
    assert told["Chức vụ, đơn vị khi thực hiện"] == "Chuyên viên, Sở Nội vụ"
    assert told["Chức vụ, đơn vị của người được thay"] == "Chuyên viên, Văn phòng UBND tỉnh"


def test_an_event_from_before_posts_were_kept_shows_the_name_alone(office: Unit, auditor: Client) -> None:
    clerk = official("can-bo", works_in=office)
    event = rename(Actor("official", "quan-tri", "Trần Thị Hoà", "truong"), clerk, "Tên hai")
    assert read_canonical(event.payload.body).keys() == {"actor_name", "before", "after", "reason"}
    for page in pages(auditor, clerk):
        assert "Trần Thị Hoà (quan-tri)" in page and "thay truong" in page
        assert "Chuyên viên, Văn phòng" not in page
    assert verify_chain().is_valid


def test_it_is_erased_with_the_content_and_the_chain_stays_whole(
    office: Unit, administrator: Official, auditor: Client
) -> None:
    clerk = official("can-bo", works_in=office)
    event = rename(seen(administrator), clerk, "Tên hai")
    header = {name: value for name, value in vars(event).items() if isinstance(value, str)}
    assert not any("Chuyên viên" in value or "Văn phòng" in value for value in header.values())
    redact(**BY_TESTS, sequence=event.sequence, reason="Hết thời hạn lưu")
    for page in pages(auditor, clerk):
        assert "Tên hai" in page and "Chuyên viên, Văn phòng" not in page
    assert verify_chain().redacted == 1 and verify_chain().is_valid


def test_the_main_post_counts_and_whoever_has_left_has_none(office: Unit, department: Unit) -> None:
    person = official("can-bo", "Lê Văn Ba")
    assert actor_of(person).capacity is None and seen(person).capacity is None
    since = TODAY - timedelta(days=9)
    post_official(**BY_TESTS, official=person, starts_on=since, unit=office, post="Chuyên viên chính")
    post_official(**BY_TESTS, official=person, starts_on=since, unit=department, post="Biệt phái", is_main=False)
    assert str(actor_of(person).capacity) == "Chuyên viên chính, Văn phòng UBND tỉnh"
    assert actor_of(person) == seen(person)
    for posting in Posting.objects.filter(official=person):
        end_posting(**BY_TESTS, posting=posting, ends_on=TODAY, reason="Nghỉ hưu")
    assert actor_of(person, day=TODAY + timedelta(days=1)).capacity is None
    assert actor_of(person, day=TODAY).capacity is not None


def test_a_unit_is_called_as_on_the_day_and_no_request_asks_more_for_it(
    office: Unit, administrator: Official, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        viewer = viewer_of(unsaved_account(administrator), TODAY, used_second_factor=True)
        assert viewer.actor().capacity == Capacity("Chuyên viên", "Văn phòng UBND tỉnh")
        assert viewer.works_in == "Văn phòng UBND tỉnh"
    with django_assert_num_queries(1):
        assert actor_of(administrator, administrator).principal_capacity == viewer.capacity


def test_a_change_by_a_page_says_it(office: Unit, administrator: Official) -> None:
    clerk = official("can-bo", works_in=office)
    with time_machine.travel(NOW, tick=False):
        sent = client_of(administrator).post("/can-bo/can-bo/sua/", {"name": "Tên hai", "version": clerk.version})
    assert sent.status_code == 302
    event = AuditEvent.objects.select_related("payload").get(kind=OFFICIAL_CHANGED)
    assert read_canonical(event.payload.body)["actor_capacity"]["post"] == "Chuyên viên"
