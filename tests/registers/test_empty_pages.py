"""A list without rows says what will stand in it and what to do next, to whoever may begin and to whoever may not."""

from __future__ import annotations

import pytest

from tests.factories.clients import client_of
from tests.factories.organizations import grant, official, unit
from tests.factories.registers import register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def commune():
    return unit("xa-vang", name="xã Vắng")


def page_for(role: str, commune, address: str) -> str:
    person = official("nguoi", "Ngô Thị Mới", commune)
    if role:
        grant(person, role, commune)
    answer = client_of(person).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("address", "role", "said"),
    [
        ("/van-ban-chi-dao/", "reform_officer", "Nhập văn bản đầu tiên do đơn vị ban hành"),
        ("/van-ban-chi-dao/", "", "Người đứng đầu, công chức phụ trách cải cách hành chính"),
        ("/nhiem-vu/chua-bao-cao/", "", "Việc đơn vị còn thiếu hiện ở đây khi đã quá hạn"),
        ("/so-theo-doi/", "", "Sổ hiện ở đây khi đơn vị mình giữ sổ"),
        ("/tep/", "", "Tải tệp lên, hoặc thêm tệp ở trang của nhiệm vụ"),
        ("/tep/?tim=khong", "", "Không tệp nào đã tải lên có những từ này"),
        ("/van-ban/", "reform_officer", "Soạn văn bản đầu tiên theo mẫu"),
        ("/van-ban/", "", "Công chức được giao soạn văn bản"),
        ("/thong-bao/", "", "Những gì liên quan đến người đăng nhập sẽ có ở đây"),
    ],
)
def test_an_empty_list_says_what_belongs_in_it_and_what_to_do(commune, address, role, said):
    assert said in page_for(role, commune, address)


def test_an_empty_register_says_who_writes_it(commune):
    made = register(commune)
    assert "Ghi dòng đầu tiên, hoặc nhập nhiều dòng từ tệp" in page_for(
        "unit_head", commune, f"/so-theo-doi/{made.pk}/"
    )


def test_an_empty_register_says_so_to_who_only_reads(commune):
    made = register(commune)
    page = page_for("", commune, f"/so-theo-doi/{made.pk}/")
    assert "Người phụ trách của đơn vị giữ sổ ghi sổ" in page and "Ghi dòng đầu tiên" not in page
