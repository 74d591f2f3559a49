"""Uploading and looking at a paper in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.factories.files import stored
from tests.factories.followups import directive
from tests.factories.organizations import grant, official, unit
from tests.files.samples import docx, pdf, photo
from tests.support.accessibility import check_accessibility
from tests.support.browser import Trouble
from tests.support.entering import enter

PAPER = FilePayload(name="Báo cáo quý 4.pdf", mimeType="application/pdf", buffer=pdf(2))


@pytest.fixture
def site(live_site: str) -> str:
    place = unit("tinh", name="tỉnh Ẵng Mẫu")
    person = official("cb1", "Nguyễn Thị Hoa", place)
    grant(person, "procedure_control_officer", place)
    directive(place, [unit("xa", place)])
    for content, name in ((pdf(2), "a.pdf"), (photo(), "b.jpg"), (docx(), "c.docx")):
        stored(content, name, person)
    return live_site


@pytest.fixture
def page(site: str, page: Page) -> Page:
    """Signed in."""
    return enter(page, site, "cb1")


@pytest.mark.long
def test_a_paper_is_uploaded_described_read_and_downloaded(site: str, page: Page, tmp_path: Path) -> None:
    page.goto(f"{site}/tep/")
    page.get_by_role("link", name="Tải tệp lên").click()
    expect(page.get_by_label("Tệp", exact=True)).to_be_visible()
    check_accessibility(page)
    page.get_by_label("Tệp", exact=True).set_input_files(PAPER | {"buffer": pdf(3)})
    page.get_by_label("Trích yếu").fill("Báo cáo cải cách hành chính quý 4")
    page.get_by_label("Số, ký hiệu").fill("45/BC-UBND")
    page.get_by_label("Ngày ban hành").fill("1/11/2026")
    page.get_by_label("Tôi xác nhận tệp không chứa bí mật nhà nước").check()
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Báo cáo cải cách hành chính quý 4")
    expect(page.get_by_label("Ngày ban hành")).to_have_value("01/11/2026")
    picture = page.get_by_role("img", name="Báo cáo quý 4.pdf, trang 1 trên 3")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 1000")
    check_accessibility(page)
    page.get_by_role("link", name="Trang sau").click()
    expect(page.get_by_text("trang 2/3")).to_be_visible()
    page.get_by_text("Văn bản của trang này").click()
    expect(page.get_by_text("Page 2 of 45")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name="Tải về").click()
    assert started.value.suggested_filename == "Báo cáo quý 4.pdf"
    assert Path(started.value.path()).read_bytes() == pdf(3)
    page.goto(f"{site}/van-ban-chi-dao/1/")
    page.get_by_role("link", name="Chọn tệp đã có").click()
    page.get_by_label("Từ trong trích yếu").fill("45/bc cai cach")
    page.keyboard.press("Enter")
    chosen = page.get_by_role("checkbox", name="Báo cáo cải cách hành chính quý 4")
    expect(page.get_by_role("checkbox")).to_have_count(1)
    check_accessibility(page)
    chosen.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Thôi viện dẫn").click()
    page.get_by_label("Lý do").fill("Văn bản khác")
    check_accessibility(page)
    page.get_by_role("button", name="Thôi viện dẫn").click()
    page.get_by_text("1 tệp đã thôi viện dẫn").click()
    expect(page.get_by_text("Văn bản khác")).to_be_visible()
    check_accessibility(page)


def test_what_is_refused_says_so_beside_the_file(site: str, page: Page, page_trouble: Trouble) -> None:
    page_trouble.expect("400")
    page.goto(f"{site}/tep/tai-len/")
    page.get_by_label("Tệp", exact=True).set_input_files(PAPER | {"name": "anh.png"})
    page.get_by_label("Tôi xác nhận tệp không chứa bí mật nhà nước").check()
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("alert")).to_contain_text("Tên tệp có đuôi .png nhưng nội dung là PDF.")
    check_accessibility(page)


@pytest.mark.parametrize(
    "address",
    ["/tep/", "/tep/tai-len/", "/tep/1/?tep-co=200", "/tep/2/", "/tep/3/", "/tep/vien-dan/followups.Directive/1/"],
)
@pytest.mark.crossing
def test_pages_fit_a_telephone_in_every_dress(
    site: str, page: Page, browser_context: BrowserContext, address: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for language, text, contrast in (("", "a+", "normal"), ("/en", "a", "high")):
        cookies = {"cchc_text": text, "cchc_contrast": contrast}
        browser_context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])
        page.goto(site + language + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        check_accessibility(page)
