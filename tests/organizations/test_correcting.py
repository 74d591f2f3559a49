"""What was entered wrongly is corrected from its first day on; that is no change, and what was issued stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cchc.audit.queries import events_of
from cchc.organizations.actions.correcting import RightPosting, correct_placement, correct_posting
from cchc.organizations.actions.people import change_official, post_official
from cchc.organizations.actions.units import Standing, place_unit, reorganize
from cchc.organizations.models import Official, Placement, Posting, Unit
from cchc.organizations.queries import units
from cchc.records.sources import Source
from tests.factories import papers
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, grant, official, unit
from tests.organizations.test_units import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
FIRST = date(2025, 7, 1)
WHY = "Nhập sai so với quyết định"
DAY = timedelta(days=1)


@pytest.fixture
def commune(province) -> Unit:
    return unit("xa", province, name="xã Mốt", starts_on=FIRST)


@pytest.fixture
def person(commune) -> Official:
    return official("cb1", "Lê Văn Ba", commune, starts_on=FIRST, post="Chuyên viên")


def placed(one: Unit) -> Placement:
    return one.placements.get()


def posted(one: Official) -> Posting:
    return one.postings.get(is_main=True)


def correct_name(placement: Placement, **other: object) -> Placement:
    said = {"kind": placement.kind, "name_vi": placement.name_vi, "parent": placement.parent} | other
    return correct_placement(**BY_TESTS, placement=placement, standing=Standing(**said), reason=WHY)


def correct_post(posting: Posting, **other: object) -> Posting:
    said = {"post": posting.post, "is_head": posting.is_head, "starts_on": posting.starts_on} | other
    return correct_posting(**BY_TESTS, posting=posting, right=RightPosting(**said), reason=WHY)


@pytest.mark.requirement(125)
def test_a_name_is_corrected_from_its_first_day_on_with_what_it_was_and_why(commune):
    given = {"name_vi": "xã Một", "name_en": "Mot commune", "symbol": "UBND", "source": Source("QĐ 1", FIRST)}
    correct_name(placed(commune), **given)
    now = placed(commune)
    assert (now.starts_on, now.ends_on, now.name_vi, now.symbol) == (FIRST, None, "xã Một", "UBND")
    assert [one.name_vi for one in units.path(commune, FIRST)][-1] == "xã Một"
    assert units.search_units(units.UnitSearch("xa mot", ""), FIRST).count() == 1
    event = events_of(now).last()
    assert event.kind == "organizations.placement_corrected"
    assert all(word in event.payload.body for word in ("xã Mốt", "xã Một", WHY))


def test_a_place_is_corrected_on_all_days_where_all_of_it_fits(province, commune):
    other = unit("tinh-2", name="tỉnh Hai")
    office = unit("phong", commune, name="Phòng Một", starts_on=FIRST)
    correct_name(placed(commune), parent=other)
    for one in (commune, office):
        assert units.path(one, FIRST)[0].unit_id == other.pk
    young = unit("tinh-3", name="tỉnh Ba", starts_on=TODAY)
    assert refusal(correct_name, placed(commune), parent=young) == "organizations.not_there"
    assert refusal(correct_name, placed(commune), parent=office) == "organizations.wrong_parent_kind"
    assert refusal(correct_name, placed(commune), kind="district") == "records.not_in_force"
    older = unit("xa-cu", province)
    assert refusal(correct_name, placed(older), kind="district") == "records.not_in_force", "no day after its last"


def test_a_kind_is_corrected_where_no_part_and_no_reorganization_rests_on_it(province, commune):
    ward = correct_name(placed(commune), kind="ward")
    assert ward.kind == "ward"
    department = unit("so", province, "department", "Sở Một", FIRST)
    unit("ubnd", commune, "office", "Văn phòng", FIRST)
    assert refusal(correct_name, placed(commune), kind="nothing") == "organizations.unknown_kind"
    old = unit("xa-cu", province, name="xã Cũ")
    reorganize(
        **BY_TESTS, kind="merger", predecessors=[old, commune], successors=[commune], effective_on=TODAY,
        source=Source("NQ 1"),
    )  # fmt: skip
    assert refusal(correct_name, placed(commune), kind="commune") == "organizations.reorganization_rests_on_it"
    assert correct_name(placed(commune), name_vi="phường Một").name_vi == "phường Một"
    assert placed(department).kind == "department"


def test_what_is_over_what_is_the_same_and_what_has_no_reason_is_refused(commune, person):
    former = placed(commune)
    place_unit(**BY_TESTS, unit=commune, standing=Standing("commune", "xã Mới", former.parent), starts_on=TODAY)
    former.refresh_from_db()
    assert refusal(correct_name, former, name_vi="xã Khác") == "organizations.record_is_over"
    now = commune.placements.get(ends_on=None)
    assert refusal(correct_name, now) == "organizations.nothing_to_correct"
    assert refusal(correct_name, now, name_vi="  ") == "organizations.no_name"
    assert refusal(correct_post, posted(person)) == "organizations.nothing_to_correct"
    assert refusal(correct_post, posted(person), post=" ") == "organizations.no_post"
    given = {"placement": now, "standing": Standing("commune", "xã Khác", now.parent), "reason": " "}
    assert refusal(correct_placement, **BY_TESTS, **given) == "organizations.no_reason"


@pytest.mark.requirement(125)
def test_a_post_and_the_head_of_a_unit_are_corrected_from_the_first_day_on(person):
    correct_post(posted(person), post="Chủ tịch", is_head=True)
    now = posted(person)
    assert (now.post, now.is_head, now.starts_on) == ("Chủ tịch", True, FIRST)
    event = events_of(now).last()
    assert event.kind == "organizations.posting_corrected" and WHY in event.payload.body
    assert "Chuyên viên" in event.payload.body and "Chủ tịch" in event.payload.body


def test_a_first_day_moves_only_where_nothing_rests_on_it(province, commune, person):
    assert correct_post(posted(person), starts_on=FIRST + DAY).starts_on == FIRST + DAY
    assert refusal(correct_post, posted(person), starts_on=FIRST - DAY) == "organizations.not_there"
    assert refusal(correct_post, posted(person), starts_on=TODAY + DAY) == "organizations.corrected_into_future"
    beside = post_official(
        **BY_TESTS, official=person, unit=province, post="Tổ phó", starts_on=date(2026, 1, 1), is_main=False
    )
    assert refusal(correct_post, posted(person), starts_on=date(2026, 2, 1)) == "organizations.first_day_rests"
    assert refusal(correct_post, beside, starts_on=FIRST) == "organizations.no_main_post"
    post_official(**BY_TESTS, official=person, unit=commune, post="Phó", starts_on=date(2026, 3, 1))
    later = person.postings.get(post="Phó")
    assert refusal(correct_post, later, starts_on=date(2026, 2, 1)) == "organizations.days_taken"
    assert refusal(correct_post, later, starts_on=date(2026, 4, 1)) == "organizations.first_day_rests"


def test_a_first_day_that_a_reorganization_set_stays(province):
    kept, old = unit("xa-giu", province), unit("xa-cu", province)
    reorganize(
        **BY_TESTS, kind="merger", predecessors=[old, kept], successors=[kept], effective_on=FIRST, source=Source("NQ")
    )
    moved = official("cb9", works_in=kept, starts_on=FIRST)
    refused = refusal(correct_post, posted(moved), starts_on=FIRST - DAY)
    assert refused == "organizations.reorganization_rests_on_it"


@pytest.mark.requirement(124)
def test_the_page_asks_first_then_saves_and_what_was_issued_stays(administrator, commune):
    paper = papers.issued(commune)
    assert "xã Mốt" in paper.content or "XÃ MỐT" in paper.content
    address = f"/don-vi/xa/ten/{placed(commune).pk}/sua-sai-sot/"
    assert address in administrator.get("/don-vi/xa/").content.decode()
    typed = {"name_vi": "xã Một", "kind": "commune", "parent": "tinh", "version": "1", "reason": WHY}
    asked = administrator.post(address, typed)
    page = asked.content.decode()
    assert asked.status_code == 200 and "có hiệu lực từ 01/07/2025" in page and "giữ nguyên" in page
    assert placed(commune).name_vi == "xã Mốt"
    commune.refresh_from_db()
    typed["version"] = str(commune.version)
    assert 'name="confirmed" value="True"' in page
    assert administrator.post(address, typed | {"confirmed": "True"}).status_code == 302
    assert placed(commune).name_vi == "xã Một"
    before = paper.content
    paper.refresh_from_db()
    assert paper.content == before
    history = administrator.get(f"/nhat-ky/organizations.Unit/{commune.pk}/").content.decode()
    assert "Sửa sai sót khi nhập tên" in history and WHY in history


def test_the_second_of_two_who_correct_is_told(administrator, commune, person):
    of_unit, of_post = f"/don-vi/xa/ten/{placed(commune).pk}/", f"/can-bo/cb1/vi-tri/{posted(person).pk}/"
    place = {"name_vi": "xã Một", "kind": "commune", "parent": "tinh", "version": "7", "reason": WHY, "confirmed": "1"}
    answer = administrator.post(f"{of_unit}sua-sai-sot/", place)
    assert answer.status_code == 409 and "vừa được người khác sửa" in answer.content.decode()
    change_official(**BY_TESTS, official=person, name="Lê Văn Bốn", email="", phone="")
    post = {"post": "Phó", "starts_on": "01/07/2025", "version": "1", "reason": WHY, "confirmed": "1"}
    answer = administrator.post(f"{of_post}sua-sai-sot/", post)
    assert answer.status_code == 409 and 'name="version" value="2"' in answer.content.decode()
    assert administrator.post(f"{of_post}sua-sai-sot/", post | {"version": "2"}).status_code == 302
    assert posted(person).post == "Phó"


def test_a_post_is_corrected_from_the_page_by_who_manages_both_places_alone(administrator, commune, person, province):
    address = f"/can-bo/cb1/vi-tri/{posted(person).pk}/sua-sai-sot/"
    assert address in administrator.get("/can-bo/cb1/").content.decode()
    post = {"post": "Bí thư", "is_head": "on", "starts_on": "01/07/2025", "version": "1", "reason": WHY}
    asked = administrator.post(address, post)
    assert asked.status_code == 200 and "có hiệu lực từ 01/07/2025" in asked.content.decode()
    assert administrator.post(address, post | {"confirmed": "True"}).status_code == 302
    assert posted(person).is_head and "đứng đầu" in administrator.get("/can-bo/cb1/").content.decode()
    clerk = official("quan-tri-xa", "Trần Thị Hẹp", commune, starts_on=FIRST)
    grant(clerk, "administrator", commune, starts_on=FIRST)
    second = post_official(**BY_TESTS, official=person, unit=province, post="X", starts_on=TODAY, is_main=False)
    other = f"/can-bo/cb1/vi-tri/{second.pk}/sua-sai-sot/"
    narrow = client_of(clerk)
    page = narrow.get("/can-bo/cb1/").content.decode()
    assert address in page and other not in page
    assert narrow.get(other).status_code == 403 and narrow.get(address).status_code == 200


def test_what_begins_today_or_later_is_corrected_without_being_asked(administrator, province):
    to_come = unit("xa-moi", province, name="xã Sai", starts_on=TODAY + DAY)
    address = f"/don-vi/xa-moi/ten/{placed(to_come).pk}/sua-sai-sot/"
    assert address in administrator.get(f"/don-vi/xa-moi/?ngay={TODAY + DAY}").content.decode()
    typed = {"name_vi": "xã Đúng", "kind": "commune", "parent": "tinh", "version": to_come.version, "reason": WHY}
    assert administrator.post(address, typed).status_code == 302
    assert placed(to_come).name_vi == "xã Đúng"
    assert placed(to_come).starts_on > LONG_AGO
