"""Legal bases by workbook in a real browser: errors with their place and what to do, the mended file, its changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cchc.papers.models import LegalBasis
from cchc.records.sources import Validity
from tests.factories import papers
from tests.factories.organizations import grant, official, unit
from tests.papers.test_basis_imports import ENDED, LAW, ND_118, workbook
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter


@pytest.fixture
def site(live_site: str, page: Page) -> str:
    """Who keeps the library of a province, in which one decree stands, signed in."""
    province = unit("tinh", name="tỉnh Mẫu")
    papers.basis(province, "61/2018/NĐ-CP", issued_on=date(2018, 4, 23), validity=Validity(date(2018, 6, 21)),
                 title="về cơ chế một cửa")  # fmt: skip
    keeper = official("giu", "Nguyễn Thị Hoa", province)
    grant(keeper, "reform_officer", province)
    enter(page, live_site, keeper.code)
    return live_site


def upload(page: Page, file: Path) -> None:
    page.get_by_label("Tệp (XLSX hoặc CSV)").set_input_files(file)
    page.get_by_role("button", name="Tải lên và so sánh").click()


@pytest.mark.requirement(95)
@pytest.mark.long
def test_a_wrong_file_of_bases_is_mended_shown_and_carried_out(site: str, page: Page, tmp_path: Path) -> None:
    wrong, mended = tmp_path / "sai.xlsx", tmp_path / "dung.xlsx"
    wrong.write_bytes(workbook(LAW, ENDED, ND_118 | {"issued_on": "31/02/2025"}))
    mended.write_bytes(workbook(LAW, ENDED, ND_118))
    page.goto(f"{site}/can-cu/")
    page.get_by_role("link", name="Nhập từ tệp").click()
    upload(page, wrong)
    expect(page.get_by_role("alert")).to_contain_text("chưa thực hiện được")
    errors = page.get_by_role("table", name="Lỗi")
    row = errors.get_by_role("row").filter(has_text="31/02/2025")
    expect(row.get_by_role("rowheader")).to_contain_text("Căn cứ, dòng 4, cột C")
    assert row.get_by_role("cell").last.inner_text().strip(), "what to do next is said"
    expect(page.get_by_role("button", name="Thực hiện tất cả")).to_have_count(0)
    check_accessibility(page)

    page.get_by_role("link", name="Nhập từ tệp").click()
    upload(page, mended)
    expect(page.get_by_role("heading", name="3 căn cứ được thêm hoặc sửa")).to_be_visible()
    changes = page.get_by_role("table", name="Tệp thay đổi những gì").get_by_role("row")
    expect(changes.filter(has_text="61/2018/NĐ-CP").locator("ins")).to_contain_text(["30/06/2025", "118/2025/NĐ-CP"])
    expect(changes.filter(has_text="về một cửa, một cửa liên thông")).to_contain_text("Thêm · dòng 4")
    assert LegalBasis.objects.count() == 1, "nothing is written by looking"
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_accessibility(page)
    page.get_by_role("button", name="Thực hiện tất cả").click()
    page.get_by_role("link", name="Xem thư viện").click()
    expect(page.get_by_role("main")).to_contain_text("118/2025/NĐ-CP")
    old = LegalBasis.objects.get(number="61/2018/NĐ-CP")
    assert old.ends_on == date(2025, 6, 30) and old.replaced_by == LegalBasis.objects.get(number="118/2025/NĐ-CP")
