"""The units that come with the product: 34 provinces, one with its communes, and two former districts."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from cchc.organizations.models import Reorganization, Unit
from cchc.organizations.queries import units
from cchc.organizations.queries.renamed import other_names
from cchc.organizations.queries.ties import ties_of
from cchc.organizations.shipped.loading import load_communes, load_district, load_provinces
from cchc.organizations.shipped.reading import DISTRICTS, shipped_communes, shipped_district, shipped_provinces
from tests.factories.organizations import NOW, TESTER, TODAY

LAST_OF_DISTRICTS = date(2025, 6, 30)


def test_there_are_34_provinces_that_were_63():
    shipped = shipped_provinces()
    assert len(shipped.units) == 34
    assert len(shipped.units) + sum(len(one.took_in) for one in shipped.units) == 63
    codes = [one.code for province in shipped.units for one in (province, *province.took_in)]
    assert len(set(codes)) == 63


def test_quang_ngai_has_96_communes():
    kinds = [one.kind for one in shipped_communes("quang-ngai")]
    assert {kind: kinds.count(kind) for kind in kinds} == {"commune": 86, "ward": 9, "special_zone": 1}


def test_names_carry_their_kind():
    starts = {"commune": "xã ", "ward": "phường ", "special_zone": "đặc khu ", "township": "thị trấn "}
    named = [*shipped_communes("quang-ngai"), *(one for name in DISTRICTS for one in shipped_district(name).units)]
    assert [one.name.vi for one in named if not one.name.vi.startswith(starts[one.kind])] == []


@pytest.mark.django_db
@pytest.mark.requirement(4)
@pytest.mark.long
def test_the_communes_of_2022_lead_to_those_of_today_and_back():
    by_tests = {"actor": TESTER, "now": NOW}
    for _ in range(2):  # the second time changes nothing
        load_provinces(**by_tests)
        province = Unit.objects.get(code="quang-ngai")
        load_communes(province, **by_tests)
        scored, others = (load_district(name, **by_tests) for name in DISTRICTS)
    assert units.children(None, TODAY).count() == 34
    assert units.children(None, LAST_OF_DISTRICTS).count() == 63
    assert units.children(province, TODAY).count() == 96
    rve = next(unit for unit in scored if unit.code == "thi-tran-dak-rve")
    assert [p.name_vi for p in units.path(rve, LAST_OF_DISTRICTS)] == [
        "tỉnh Kon Tum",
        "huyện Kon Rẫy",
        "thị trấn Đăk Rve",
    ]
    (today,) = units.heirs_of(rve, TODAY)
    assert [p.name_vi for p in units.path(today, TODAY)] == ["tỉnh Quảng Ngãi", "xã Đăk Rve"]
    assert {unit.code for unit in units.origins_of(today, LAST_OF_DISTRICTS)} == {"thi-tran-dak-rve", "xa-dak-pne"}
    found = {code for one in others for code in [heir.code for heir in units.heirs_of(one, TODAY)]}
    assert found == {"xa-mang-den-23473", "xa-mang-but-23455", "xa-kon-plong-23476"}
    (said,) = other_names("mang canh", TODAY, 5)
    assert [heir.name_vi for heir in said.on_day] == ["xã Măng Đen"]
    changes = list(Reorganization.objects.order_by("pk"))
    assert all("chưa đối chiếu" in change.doubt.lower() and "ot compared" in change.doubt_en for change in changes)
    with override("en"):
        (told,) = {change.doubt for change in ties_of(today, TODAY).reorganizations}
    assert told.startswith("Number and date")
