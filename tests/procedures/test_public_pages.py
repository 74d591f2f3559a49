"""Procedures for everybody: what is published and holds, found without tone marks, the same questions at any size."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cchc.audit.recording import unguarded
from cchc.organizations.models import Official, Unit
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.versions import Component, Fee
from cchc.records.text import LocalText
from tests.factories.clients import client_of
from tests.factories.organizations import grant, official, unit
from tests.factories.procedures import dated, drafted, procedure, recorded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/thu-tuc-hanh-chinh/"


@pytest.fixture
def province() -> Unit:
    return unit("tinh", name="tỉnh Mẫu")


def said(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.requirement(8)
def test_one_is_shown_with_what_whoever_asks_for_it_needs(province: Unit):
    procedure(province, version=dated(
        components=(Component("to_khai", LocalText("Tờ khai"), 1, 0, 2),),
        fees=(Fee(LocalText("Lệ phí"), 8000, "before"),), bases=("Luật Hộ tịch 60/2014/QH13",),
    ))  # fmt: skip
    page = said(f"{PAGE}1.001193/")
    words = (
        "Đăng ký khai sinh", "1.001193", "Hộ tịch", "Ủy ban nhân dân cấp xã", "3 ngày làm việc", "Tờ khai",
        "1 bản chính",
        "8.000", "Thẩm tra", "Giấy khai sinh", "60/2014/QH13", "1217/QĐ-UBND", "https://dichvucong.gov.vn/", "tỉnh Mẫu",
    )  # fmt: skip
    assert [word for word in words if word not in page] == []
    assert "Căn cứ chưa xác minh" in page, "a basis that the library does not know says so"
    assert "Registration of a birth" in said(f"/en{PAGE}1.001193/")


@pytest.mark.parametrize(
    ("start", "end", "is_there"),
    [
        (date(2026, 1, 1), None, True),
        (date(2026, 1, 1), date(2026, 11, 23), True),
        (date(2026, 1, 1), date(2026, 11, 22), False),
        (date(2026, 11, 23), None, True),
        (date(2026, 11, 24), None, False),
    ],
)
def test_only_what_holds_today(province: Unit, start: date, end: date | None, is_there: bool):
    procedure(province, version=dated(start, end))
    assert ("Đăng ký khai sinh" in said(PAGE)) is is_there
    assert Client().get(f"{PAGE}1.001193/").status_code == (200 if is_there else 404)


def test_drafts_are_nobodys_matter_here_not_even_for_who_keeps_them(province: Unit):
    drafted(recorded(province))
    keeper: Official = official("ks1", "Mai Thị Hoa", province)
    grant(keeper, "procedure_control_officer", province, covers_subtree=True)
    for client in (Client(), client_of(keeper)):
        assert "Đăng ký khai sinh" not in said(PAGE, client)
        assert client.get(f"{PAGE}1.001193/").status_code == 404


def test_found_without_tone_marks_by_field_and_level(province: Unit):
    procedure(province)
    procedure(
        province, "1.002000", name=LocalText("Cấp giấy phép xây dựng"), field=LocalText("Xây dựng"), level="province"
    )
    assert "khai sinh" in said(f"{PAGE}?tim=dang+ky+KHAI") and "xây dựng" not in said(f"{PAGE}?tim=dang+ky+KHAI")
    assert "giấy phép" in said(f"{PAGE}?cap=province") and "khai sinh" not in said(f"{PAGE}?cap=province")
    key = Procedure.objects.get(code="1.002000").field_key
    assert "khai sinh" not in said(f"{PAGE}?linh-vuc={key}")
    assert "Không có thủ tục" in said(f"{PAGE}?tim=khong-co-gi")
    assert "khai sinh" in said(f"{PAGE}?cap=ward&linh-vuc=&cong=chua&hieu-luc=tat-ca"), "other filters are none here"


@pytest.mark.long
def test_two_thousand_cost_as_many_questions_as_two(province: Unit):
    first = procedure(province)
    version = ProcedureVersion.objects.get()
    counted = [_questions(PAGE), _questions(f"{PAGE}1.001193/")]
    with unguarded():
        rows = Procedure.objects.bulk_create(_copies(first, 2_000))
        ProcedureVersion.objects.bulk_create([_copy_of(version, one) for one in rows])
    page = said(PAGE)
    assert "2001 thủ tục" in page and page.count('<th scope="row">') == 100
    found = re.search(r'href="([^"]*sau=\d+[^"]*)"', page)
    assert found is not None
    following = said(found[1].replace("&amp;", "&"))
    assert following.count('<th scope="row">') == 100 and "1.001193" not in following
    assert [_questions(PAGE), _questions(f"{PAGE}1.001193/")] <= [counted[0] + 1, counted[1]]
    assert max(counted) < 9


def _copies(first: Procedure, number: int) -> list[Procedure]:
    made = []
    for place in range(number):
        one = Procedure(**_values(first))
        one.code = f"9.{place:06}"
        made.append(one)
    return made


def _values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}


def _copy_of(version: ProcedureVersion, of: Procedure) -> ProcedureVersion:
    one = ProcedureVersion(**_values(version))
    one.procedure_id = of.pk
    return one


def _questions(address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        said(address)
    return len(asked)
