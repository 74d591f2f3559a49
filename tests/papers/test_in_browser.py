"""From a template to a signed paper that others read, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from playwright.sync_api import BrowserContext, Page, expect

from cchc.documents.pdf_writing import write_pdf
from cchc.organizations.models import Official, Unit
from cchc.papers.composing import frozen_document, layout_of
from cchc.papers.models import Paper, SignedFile
from tests.factories import papers
from tests.factories.organizations import TODAY, grant, official, unit
from tests.papers.authority import YEAR, root, sign, signer
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter


def person(code: str, name: str, works_in: Unit, role: str = "") -> Official:
    made = official(code, name, works_in)
    if role:
        grant(made, role, works_in)
    return made


@pytest.fixture
def site(live_site: str, settings, tmp_path: Path) -> str:
    """A commune with a drafter and a head, another one that reads; an authority that the installation trusts."""
    province = unit("tinh", name="tỉnh Mẫu")
    commune, other = unit("xa", province, name="xã Đăk Ẵng"), unit("xa-khac", province, name="xã Khác")
    unit("phong", commune, name="Phòng Kinh tế")
    person("soan", "Nguyễn Thị Hoa", commune, "reform_officer")
    person("truong", "Lê Thị Ẵng", commune, "unit_head")
    person("doc", "Trần Văn Dũng", other)
    papers.template(province)
    papers.expired(province)
    papers.basis(province)
    settings.CCHC_TRUST_ROOTS = str(tmp_path)
    (tmp_path / "goc.pem").write_bytes(root().certificate.public_bytes(Encoding.PEM))
    return live_site


def signed_by_head(paper: Paper) -> bytes:
    document = frozen_document(paper)
    holder = signer("Lê Thị Ẵng", "Gốc thử nghiệm", -8 * YEAR, 8 * YEAR)
    return sign(write_pdf(document, layout_of(document, TODAY)), holder)


@pytest.mark.requirement(94, 95)
@pytest.mark.long
def test_a_paper_from_its_template_to_readers_elsewhere(site: str, page: Page) -> None:
    enter(page, site, "soan")
    page.goto(f"{site}/van-ban/")
    page.get_by_role("link", name="Soạn văn bản").click()
    expect(page.get_by_role("button", name="Soạn theo mẫu “Báo cáo năm”")).to_be_visible()
    check_accessibility(page)
    page.get_by_role("button", name="Soạn theo mẫu “Báo cáo năm”").click()
    page.wait_for_load_state()
    expect(page.get_by_label("Trích yếu")).to_have_value("Kết quả cải cách hành chính năm {year} của {unit.name}")
    page.get_by_label("Nội dung").fill("{bases}\n# Kết quả\nNăm qua, {unit.nmae} đã hoàn thành.")
    expect(page.get_by_role("status").filter(has_text="Dòng 3")).to_contain_text("không có trường “unit.nmae”")
    page.get_by_label("Nội dung").fill("{bases}\n# Kết quả\nNăm qua, {unit.name} đã hoàn thành.\n{unit.parts_table}")
    page.get_by_label("Nghị định số 110/2004/NĐ-CP").check()
    expect(page.locator("#xem-thu")).to_contain_text("Căn cứ Nghị định số 110/2004/NĐ-CP")
    expect(page.locator("#xem-thu")).to_contain_text("Năm qua, xã Đăk Ẵng đã hoàn thành.")
    check_accessibility(page)
    page.get_by_label("Chức vụ người ký").fill("Chủ tịch")
    page.get_by_label("Họ tên người ký").fill("Lê Thị Ẵng")
    page.get_by_label("Ký thay mặt, ký thay").fill("TM. Ủy ban nhân dân")
    page.get_by_role("button", name="Lưu").click()
    warned = page.get_by_role("main").get_by_text("Nghị định số 110/2004/NĐ-CP hết hiệu lực ngày 04/03/2020.")
    expect(warned).to_be_visible()
    check_accessibility(page)
    address = page.url

    enter(page, site, "truong")
    page.goto(address)
    page.get_by_role("link", name="Phát hành", exact=True).click()
    expect(page.get_by_text("Số tiếp theo của")).to_contain_text("1")
    check_accessibility(page)
    page.get_by_label("Vẫn phát hành dù có căn cứ").check()
    page.get_by_role("button", name="Phát hành").click()
    expect(page.locator(".sheet")).to_contain_text("Số: 01/BC")
    page.get_by_role("link", name="Tải lên bản đã ký").click()
    expect(page.get_by_label("Bản đã ký")).to_be_visible()
    check_accessibility(page)
    content = signed_by_head(Paper.objects.get())
    page.get_by_label("Bản đã ký").set_input_files({"name": "ky.pdf", "mimeType": "application/pdf", "buffer": content})
    page.get_by_label("Tôi xác nhận").check()
    page.get_by_role("button", name="Tải lên").click()
    signed = page.get_by_role("region", name="Bản đã ký")
    expect(signed).to_contain_text("Chữ ký số hợp lệ")
    expect(signed).to_contain_text("Lê Thị Ẵng")
    expect(signed).to_contain_text("Ký trên toàn bộ tệp.")
    check_accessibility(page)

    enter(page, site, "doc")
    page.goto(f"{site}/van-ban/?tim=ket qua cai cach")
    page.get_by_role("link", name="01/BC").click()
    expect(page.get_by_role("region", name="Bản đã ký")).to_contain_text("Chữ ký số hợp lệ")
    expect(page.get_by_role("link", name="Soạn", exact=True)).to_have_count(0)
    file = SignedFile.objects.get().file
    taken = page.request.get(f"{site}/tep/{file.pk}/tai-ve/")
    assert (taken.status, taken.body()) == (200, content)


PAPER = "/van-ban/1/"
ADDRESSES = ("/van-ban/", PAPER, f"{PAPER}soan/", f"{PAPER}phat-hanh/", "/mau-van-ban/bao-cao/", "/can-cu/")


@pytest.mark.crossing
@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_of_papers_fit_a_telephone_in_every_dress(
    site: str, page: Page, browser_context: BrowserContext, address: str
) -> None:
    commune = Unit.objects.get(code="xa")
    papers.draft(commune, papers.basis(commune, "61/2018/NĐ-CP", verified=False))
    enter(page, site, "truong")
    page.set_viewport_size({"width": 320, "height": 640})
    for language, text, contrast in (("", "a+", "normal"), ("/en", "a", "high")):
        cookies = {"cchc_text": text, "cchc_contrast": contrast}
        browser_context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])
        page.goto(site + language + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        check_accessibility(page)


@pytest.mark.long
def test_writing_works_without_javascript(site: str, page: Page, browser_context: BrowserContext) -> None:
    paper = papers.draft(Unit.objects.get(code="xa"))
    enter(page, site, "soan")
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{site}/van-ban/{paper.pk}/soan/")
    page.get_by_label("Nội dung").fill("Chỉ một câu của {unit.name}.")
    page.get_by_role("button", name="Kiểm tra và xem trước").click()
    expect(page.locator(".sheet")).to_contain_text("Chỉ một câu của xã Đăk Ẵng./.")
    paper.refresh_from_db()
    assert paper.text == papers.TEXTS.text
