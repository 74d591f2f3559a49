"""Units through names, moves, mergers and splits; the tree as of any day."""

from __future__ import annotations

from datetime import date

import pytest

from cchc.audit.queries import events_of
from cchc.organizations.actions.units import (
    Standing,
    choose_calendar,
    found_unit,
    give_supervision,
    place_unit,
    reorganize,
)
from cchc.organizations.models import Unit
from cchc.organizations.queries import units
from cchc.organizations.queries.ties import Became, ties_of
from cchc.records.errors import DomainError
from cchc.records.sources import Source
from cchc.records.words import say_problem
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, unit

pytestmark = pytest.mark.django_db
LAST_OF_DISTRICTS = date(2025, 6, 30)
REFORM = date(2025, 7, 1)
DECISION = Source("Nghị quyết 1677/NQ-UBTVQH15", date(2025, 6, 16))


def refusal(call, *args, **given) -> str:
    with pytest.raises(DomainError) as refused:
        call(*args, **given)
    return refused.value.code


def names(placements) -> list[str]:
    return [placement.name_vi for placement in placements]


@pytest.fixture
def kon_ray() -> dict[str, Unit]:
    """A province, one of its districts, and two communes of it."""
    found = {"province": unit("tinh", name="tỉnh Kon Tum")}
    found["district"] = unit("kon-ray", found["province"], "district", "huyện Kon Rẫy")
    for code, name in (("dak-koi", "xã Đăk Kôi"), ("dak-to-lung", "xã Đăk Tơ Lung")):
        found[code] = unit(code, found["district"], "commune", name)
    return found


@pytest.mark.requirement(4)
def test_the_tree_as_of_any_day(kon_ray):
    koi, province = kon_ray["dak-koi"], kon_ray["province"]
    assert names(units.path(koi, LAST_OF_DISTRICTS)) == ["tỉnh Kon Tum", "huyện Kon Rẫy", "xã Đăk Kôi"]
    place_unit(**BY_TESTS, unit=koi, standing=Standing("commune", "xã Đăk Kôi", province), starts_on=date(2025, 6, 1))
    assert names(units.path(koi, date(2025, 5, 31))) == ["tỉnh Kon Tum", "huyện Kon Rẫy", "xã Đăk Kôi"]
    assert names(units.path(koi, TODAY)) == ["tỉnh Kon Tum", "xã Đăk Kôi"]


def test_a_district_may_not_live_past_its_kind(kon_ray):
    late = Standing("district", "huyện Mới", kon_ray["province"])
    assert refusal(found_unit, **BY_TESTS, code="moi", standing=late, starts_on=REFORM) == "records.not_in_force"
    assert units.history(kon_ray["district"])[0].ends_on == LAST_OF_DISTRICTS


@pytest.mark.requirement(4)
def test_two_communes_merge_and_both_names_lead_to_what_came_of_them():
    province = unit("tinh", name="tỉnh Kon Tum")
    koi, lung = (
        unit(code, province, "commune", name) for code, name in (("koi", "xã Đăk Kôi"), ("lung", "xã Đăk Tơ Lung"))
    )
    change = reorganize(**BY_TESTS, kind="merger", predecessors=[koi, lung], successors=[koi], effective_on=REFORM,
                        source=DECISION)  # fmt: skip
    assert names(units.children(province, LAST_OF_DISTRICTS)) == ["xã Đăk Kôi", "xã Đăk Tơ Lung"]
    assert names(units.children(province, REFORM)) == ["xã Đăk Kôi"]
    assert units.heirs_of(lung, TODAY) == [koi]
    assert units.heirs_of(koi, TODAY) == [koi]
    assert units.origins_of(koi, LAST_OF_DISTRICTS) == [koi, lung]
    assert units.origins_of(koi, REFORM) == [koi]
    (of_lung,), (of_koi,) = (ties_of(one, TODAY).reorganizations for one in (lung, koi))
    assert of_lung == of_koi and of_koi.effective_on == change.effective_on
    assert of_koi.steps == [Became("lung", "xã Đăk Tơ Lung", "koi", "xã Đăk Kôi")]
    (event,) = events_of(change)
    assert '"predecessors":["koi","lung"]' in event.payload.body


def test_a_split_has_several_heirs():
    province = unit("tinh")
    old = unit("cu", province)
    parts = [unit(code, province, starts_on=REFORM) for code in ("mot", "hai")]
    reorganize(**BY_TESTS, kind="split", predecessors=[old], successors=parts, effective_on=REFORM, source=DECISION)
    assert [heir.code for heir in units.heirs_of(old, TODAY)] == ["hai", "mot"]
    assert units.origins_of(parts[0], LONG_AGO) == [old]


def test_the_heirs_of_what_is_gone_are_found_through_those_that_are_gone_too():
    province = unit("tinh")
    one, two, three, four = (unit(code, province, "commune", f"xã {code}") for code in ("a", "b", "c", "d"))
    for old, new, day in ((one, two, date(2010, 1, 1)), (two, three, date(2020, 1, 1)), (three, four, REFORM)):
        reorganize(**BY_TESTS, kind="merger", predecessors=[old], successors=[new], effective_on=day, source=DECISION)
    expected = {TODAY: "d", LAST_OF_DISTRICTS: "c", date(2015, 1, 1): "b", LONG_AGO: "a"}
    for day, heir in expected.items():
        assert [found.code for found in units.heirs_of(one, day)] == [heir]


def test_a_unit_goes_only_after_its_parts():
    province = unit("tinh")
    commune = unit("xa", province)
    unit("phong", commune)
    end = {
        "kind": "dissolution",
        "predecessors": [commune],
        "successors": [],
        "effective_on": REFORM,
        "source": DECISION,
    }
    assert refusal(reorganize, **BY_TESTS, **end) == "organizations.still_has_parts"
    assert names(units.children(province, REFORM)) == ["Đơn vị xa"], "nothing half done"


@pytest.mark.parametrize(
    ("kind", "predecessors", "successors"), [("merger", 1, 0), ("dissolution", 1, 1), ("split", 0, 1)]
)
def test_a_reorganization_names_both_sides(kind, predecessors, successors):
    province = unit("tinh")
    before, after = [[unit(f"{side}-{n}", province) for n in range(number)]
                     for side, number in (("truoc", predecessors), ("sau", successors))]  # fmt: skip
    given = {"kind": kind, "predecessors": before, "successors": after, "effective_on": REFORM, "source": DECISION}
    assert refusal(reorganize, **BY_TESTS, **given) == "organizations.no_successor"


def test_a_renaming_keeps_the_old_name_on_old_days():
    province = unit("tinh")
    ward = unit("phuong", province, "commune", "xã Cũ")
    place_unit(**BY_TESTS, unit=ward, standing=Standing("ward", "phường Mới", province), starts_on=REFORM)
    assert names(units.path(ward, LAST_OF_DISTRICTS)) == ["Đơn vị tinh", "xã Cũ"]
    assert names(units.path(ward, REFORM)) == ["Đơn vị tinh", "phường Mới"]
    assert [(p.kind, p.ends_on) for p in units.history(ward)] == [("ward", None), ("commune", LAST_OF_DISTRICTS)]


def test_what_moves_takes_its_parts_along():
    one, other = unit("mot"), unit("hai")
    department = unit("so", one, "department")
    office = unit("phong", department)
    place_unit(**BY_TESTS, unit=department, standing=Standing("department", "Sở", other), starts_on=REFORM)
    assert units.ancestors_of(office.pk, LAST_OF_DISTRICTS) == {office.pk, department.pk, one.pk}
    assert units.ancestors_of(office.pk, REFORM) == {office.pk, department.pk, other.pk}


def test_nobody_stands_under_their_own_part():
    department = unit("so", unit("tinh"), "department")
    office = unit("phong", department)
    part = unit("to", office)
    circle = Standing("office", "Phòng", part)
    assert refusal(place_unit, **BY_TESTS, unit=office, standing=circle, starts_on=REFORM) == "organizations.circle"


def test_of_two_who_edit_the_same_unit_the_second_is_told():
    ward = unit("phuong", unit("tinh"))
    seen = ward.version
    renamed = Standing("commune", "xã Một", Unit.objects.get(code="tinh"))
    place_unit(**BY_TESTS, unit=ward, standing=renamed, starts_on=REFORM, expected_version=seen)
    again = {"unit": ward, "standing": renamed, "starts_on": TODAY, "expected_version": seen}
    assert refusal(place_unit, **BY_TESTS, **again) == "organizations.unit_stale"
    assert units.history(ward)[0].starts_on == REFORM


@pytest.mark.parametrize(("code", "given"), [
    ("organizations.code_taken", {"code": "tinh"}),
    ("organizations.no_name", {"standing": Standing("province", "  ", None)}),
    ("organizations.unknown_kind", {"standing": Standing("kingdom", "Vương quốc", None)}),
    ("organizations.wrong_parent_kind", {"standing": Standing("commune", "Xã", None)}),
    ("records.ends_before_start", {"ends_on": date(2024, 12, 31)}),
    ("records.not_in_force", {"standing": Standing("province", "Tỉnh", None), "starts_on": date(1996, 12, 31)}),
])  # fmt: skip
def test_what_is_not_a_unit(code, given):
    unit("tinh")
    whole = {"code": "moi", "standing": Standing("province", "Tỉnh Mới", None), "starts_on": date(2025, 1, 1)} | given
    assert refusal(found_unit, **BY_TESTS, **whole) == code
    assert Unit.objects.count() == 1


def test_search_knows_no_tone_marks_and_pages_by_key():
    province = unit("tinh", name="tỉnh Quảng Ngãi")
    for code, name in (("dak-koi", "xã Đăk Kôi"), ("dak-rve", "xã Đăk Rve"), ("kon-braih", "xã Kon Braih")):
        unit(code, province, "commune", name)
    found = units.search_units(units.UnitSearch("dak"), TODAY)
    assert [(p.name_vi, p.above) for p in found] == [
        ("xã Đăk Kôi", "tỉnh Quảng Ngãi"),
        ("xã Đăk Rve", "tỉnh Quảng Ngãi"),
    ]
    assert names(units.after(found, found[0])) == ["xã Đăk Rve"]
    assert names(units.search_units(units.UnitSearch(kind="province"), TODAY)) == ["tỉnh Quảng Ngãi"]
    assert names(units.search_units(units.UnitSearch("xa", under=Unit.objects.get(code="dak-koi")), TODAY)) == [
        "xã Đăk Kôi"
    ]
    assert names(units.search_units(units.UnitSearch("dak"), date(2004, 1, 1))) == []


def test_a_calendar_is_inherited_until_a_unit_has_its_own():
    province = unit("tinh")
    commune, other = unit("xa", province), unit("xa-khac", province)
    office = unit("mot-cua", commune, "one_stop")
    choose_calendar(**BY_TESTS, unit=province, calendar="vn", starts_on=LONG_AGO)
    choose_calendar(**BY_TESTS, unit=commune, calendar="vn-thu-bay", starts_on=REFORM)
    used = {place.code: units.calendars_over(place, TODAY)[0].calendar for place in (province, commune, other, office)}
    assert used == {"tinh": "vn", "xa": "vn-thu-bay", "xa-khac": "vn", "mot-cua": "vn-thu-bay"}
    assert units.calendars_over(office, LAST_OF_DISTRICTS)[0].calendar == "vn"
    assert set(names(units.follows_calendar_of(province, TODAY))) == {"Đơn vị tinh", "Đơn vị xa-khac"}
    assert set(names(units.follows_calendar_of(province, LAST_OF_DISTRICTS))) == {f"Đơn vị {c}" for c in used}
    choose_calendar(**BY_TESTS, unit=commune, calendar="vn", starts_on=TODAY)
    assert units.calendars_over(commune, TODAY)[0].calendar == "vn"
    assert (
        refusal(choose_calendar, **BY_TESTS, unit=commune, calendar="vn", starts_on=TODAY) == "organizations.days_taken"
    )


def test_supervision_is_dated():
    province = unit("tinh")
    office, commune = unit("van-phong", province, "office"), unit("xa", province)
    give = {"supervisor": office, "unit": commune, "source": DECISION}
    give_supervision(**BY_TESTS, **give, starts_on=LONG_AGO, ends_on=LAST_OF_DISTRICTS)
    assert not ties_of(commune, REFORM).supervisors
    assert [one.code for one in ties_of(commune, LAST_OF_DISTRICTS).supervisors] == [office.code]
    assert refusal(give_supervision, **BY_TESTS, **give, starts_on=LAST_OF_DISTRICTS) == "organizations.days_taken"


def test_reading_the_tree_costs_the_same_at_any_size(django_assert_num_queries):
    province = unit("tinh")
    for number in range(12):
        unit("phong-" + str(number), unit("xa-" + str(number), province))
    with django_assert_num_queries(1):
        assert [p.parts for p in units.children(province, TODAY)] == [1] * 12
    office = Unit.objects.get(code="phong-7")
    with django_assert_num_queries(1):
        assert names(units.path(office, TODAY)) == ["Đơn vị tinh", "Đơn vị xa-7", "Đơn vị phong-7"]


@pytest.mark.parametrize(
    ("ends_on", "said"),
    [(None, "từ 01/01/2005, chưa có ngày cuối, trùng"), (date(2026, 12, 31), "từ 01/01/2005 đến 31/12/2026, trùng")],
)
def test_days_that_are_taken_are_named_with_or_without_an_end(kon_ray, ends_on, said):
    over = {"supervisor": kon_ray["district"], "unit": kon_ray["dak-koi"], "source": DECISION}
    give_supervision(**BY_TESTS, **over, starts_on=LONG_AGO, ends_on=ends_on)
    with pytest.raises(DomainError) as refused:
        give_supervision(**BY_TESTS, **over, starts_on=TODAY)
    assert said in say_problem(refused.value.problems[0])
