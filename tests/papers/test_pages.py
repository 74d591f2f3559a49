"""The pages of papers, templates and legal bases, as different people see them."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape

from cchc.organizations import viewers
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.models import Account
from cchc.papers.composing import Texts
from cchc.papers.models import LegalBasis, Paper, TemplateVersion, TextTemplate
from cchc.papers.queries.templates import history
from tests.factories import papers
from tests.factories.organizations import BY_TESTS, NOW, grant, official, unit

pytestmark = pytest.mark.django_db
PASSWORD = "lua-chin-tren-nuong"
FORM = {
    "summary": "Kết quả năm {year}", "addressees": "UBND tỉnh", "text": "{bases}\nNội dung của {unit.name}.",
    "recipients": "Lưu: VT", "issuer": "UBND xã Mẫu", "symbol": "BC-UBND", "place": "Mẫu", "signer_title": "Chủ tịch",
    "signer_name": "Lê Thị Ẵng", "on_behalf": "TM. Ủy ban nhân dân",
}  # fmt: skip
TEMPLATE = {
    "name": "Báo cáo quý", "code": "bao-cao-quy", "kind": "report", "vocabulary": "papers.unit",
    "starts_on": "01/01/2026", "summary": "Quý", "text": "Nội dung của {unit.name}.",
}  # fmt: skip
BASIS = {
    "kind": "decree", "number": "61/2018/NĐ-CP", "issued_on": "23/04/2018", "issuer": "Chính phủ",
    "title": "về cơ chế một cửa", "starts_on": "21/06/2018", "verified": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def stopped_clock():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def province():
    return unit("tinh", name="tỉnh Mẫu")


@pytest.fixture
def commune(province):
    return unit("xa", province, name="xã Mẫu")


@pytest.fixture
def enter(commune, monkeypatch):
    """Who signs in, with a role over a unit; second factors are shown."""
    monkeypatch.setattr(viewers, "needs_second_factor", lambda role: False)

    def signed_in(role: str = "", over=commune) -> Client:
        person = official(f"cb-{role or 'khong'}-{over.code}".replace("_", "-"), works_in=over)
        if role:
            grant(person, role, over)
        account = open_account(
            **BY_TESTS, official=person, username=f"u{person.pk}.mau", password="lua-chin-tren-nuong"
        )
        client = Client()
        client.force_login(Account.objects.get(pk=account.pk))
        return client

    return signed_in


def text_of(response) -> str:
    whole = re.sub(r"</?(?:span|b|i|strong|em)\b[^>]*>", "", response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", whole).split())


def test_a_draft_is_started_written_previewed_and_saved(commune, enter):
    version = TemplateVersion.objects.get(template=papers.template(commune))
    client = enter("reform_officer")
    assert "Báo cáo năm" in text_of(client.get("/van-ban/soan/xa/"))
    response = client.post("/van-ban/soan/xa/", {"mau": version.pk})
    paper = Paper.objects.get()
    assert response.headers["Location"] == f"/van-ban/{paper.pk}/soan/"
    assert escape("Kết quả cải cách hành chính năm {year}") in client.get(response.headers["Location"]).content.decode()
    tried = client.post(f"/van-ban/{paper.pk}/soan/", FORM | {"xem-thu": "1"}, headers={"HX-Request": "true"})
    assert "Nội dung của xã Mẫu./." in text_of(tried)
    assert "<html" not in tried.content.decode()
    paper.refresh_from_db()
    assert paper.text == papers.TEXTS.text
    assert client.post(f"/van-ban/{paper.pk}/soan/", FORM | {"version": paper.version}).status_code == 302
    shown = text_of(client.get(f"/van-ban/{paper.pk}/"))
    assert "Nội dung của xã Mẫu./." in shown
    assert "BẢN NHÁP" in shown


@pytest.mark.requirement(95)
def test_faults_of_a_text_stand_at_their_field_with_their_line(commune, enter):
    paper, client = papers.draft(commune), enter("reform_officer")
    wrong = FORM | {"text": "một\n{unit.nmae}\n{", "xem-thu": "1"}
    tried = text_of(client.post(f"/van-ban/{paper.pk}/soan/", wrong, headers={"HX-Request": "true"}))
    assert "Dòng 3: dấu “{” chưa được đóng." in tried
    saved = client.post(f"/van-ban/{paper.pk}/soan/", FORM | {"text": "một\n{unit.nmae}"})
    assert saved.status_code == 422
    assert "Dòng 2: không có trường “unit.nmae”." in text_of(saved)
    assert "{unit.nmae}" in saved.content.decode()


def test_a_draft_that_somebody_else_changed_is_not_overwritten(commune, enter):
    paper, client = papers.draft(commune), enter("reform_officer")
    response = client.post(f"/van-ban/{paper.pk}/soan/", FORM | {"version": paper.version - 1})
    assert response.status_code == 409
    assert "vừa được người khác sửa" in text_of(response)


def test_whoever_comes_second_is_told_and_may_save_what_was_typed_all_the_same(commune, enter):
    """A draft, its discarding, a template, a basis."""
    paper, client = papers.draft(commune), enter("reform_officer")
    administrator = enter("administrator")
    stale = {"version": 0}
    cases = (
        (client, f"/van-ban/{paper.pk}/soan/", FORM),
        (client, f"/van-ban/{papers.draft(commune).pk}/bo/", {"reason": "Không còn cần", "version": 2}),
        (administrator, f"/mau-van-ban/{papers.template(commune).code}/soan/", TEMPLATE | {"starts_on": "01/12/2026"}),
        (client, f"/can-cu/{papers.basis(commune).pk}/sua/", BASIS | {"title": "về công tác văn thư mới"}),
    )
    for who, address, given in cases:
        told = who.post(address, given | stale)
        assert (told.status_code, "vừa được người khác sửa" in text_of(told)) == (409, True), address
        again = who.post(address, given | {"version": told.context["form"]["version"].value()})
        assert again.status_code == 302, address


def test_a_draft_and_its_downloads_do_not_exist_for_others(commune, enter):
    paper, other = papers.draft(commune), enter("reform_officer", unit("xa-khac", commune.placements.get().parent))
    for address in ("", "soan/", "phat-hanh/", "tai/pdf/", "bo/"):
        assert other.get(f"/van-ban/{paper.pk}/{address}").status_code == 404
    assert paper.title not in text_of(other.get("/van-ban/"))
    assert Client().get(f"/van-ban/{paper.pk}/").status_code in {302, 403}


@pytest.mark.requirement(94)
def test_a_paper_is_issued_read_by_others_and_found(commune, enter):
    paper, head = papers.draft(commune), enter("unit_head")
    page = text_of(head.get(f"/van-ban/{paper.pk}/phat-hanh/"))
    assert "Số tiếp theo của BC-UBND trong năm là 1." in page
    response = head.post(f"/van-ban/{paper.pk}/phat-hanh/", {"on": "23/11/2026", "version": paper.version})
    assert response.status_code == 302
    other = enter(over=unit("xa-khac", commune.placements.get().parent))
    shown = text_of(other.get(f"/van-ban/{paper.pk}/"))
    assert "Số: 01/BC-UBND" in shown
    assert "ngày 23 tháng 11 năm 2026" in shown
    assert "BẢN NHÁP" not in shown
    for query, is_found in (("tim=ket qua", True), ("tim=01/bc", True), ("tim=khong", False), ("nam=2025", False)):
        assert ("01/BC-UBND" in text_of(other.get(f"/van-ban/?{query}"))) is is_found
    assert head.post(f"/van-ban/{paper.pk}/thu-hoi/", {"reason": "Sai số liệu"}).status_code == 302
    assert "Sai số liệu" in text_of(other.get(f"/van-ban/{paper.pk}/"))


@pytest.mark.requirement(95)
def test_whoever_issues_is_warned_of_an_expired_basis(commune, enter):
    paper, head = papers.draft(commune, papers.expired(commune)), enter("unit_head")
    address, given = f"/van-ban/{paper.pk}/phat-hanh/", {"on": "23/11/2026", "version": paper.version}
    for page in (f"/van-ban/{paper.pk}/", address):
        assert "Nghị định số 110/2004/NĐ-CP hết hiệu lực ngày 04/03/2020." in text_of(head.get(page))
    refused = head.post(address, given)
    assert refused.status_code == 422
    assert "không có hiệu lực vào ngày của văn bản" in text_of(refused)
    assert head.post(address, given | {"accepts_expired": "on"}).status_code == 302


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_a_paper_is_taken_away_under_a_safe_name(commune, enter, form, start):
    paper, client = papers.issued(commune), enter()
    response = client.get(f"/van-ban/{paper.pk}/tai/{form}/")
    assert response.content.startswith(start)
    assert response.headers["Content-Disposition"] == f'attachment; filename="01-bc-ubnd.{form}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
    if form == "docx":
        assert "01/BC-UBND" in ZipFile(BytesIO(response.content)).read("word/document.xml").decode()
    assert client.get(f"/van-ban/{paper.pk}/tai/exe/").status_code == 404


def test_markup_in_what_people_write_is_shown_as_text(commune, enter):
    texts = Texts("<script>x</script>", "", "<b>đậm</b> & {{unit.name}}\n# <i>x</i>", "")
    page = enter("reform_officer").get(f"/van-ban/{papers.draft(commune, texts=texts).pk}/").content.decode()
    assert "<script>x" not in page
    assert "&lt;b&gt;đậm&lt;/b&gt; &amp; {unit.name}" in page


def test_administrators_write_templates_and_others_do_not(commune, enter):
    admin, officer = enter("administrator"), enter("reform_officer")
    assert officer.get("/mau-van-ban/them/xa/").status_code == 403
    wrong = admin.post("/mau-van-ban/them/xa/", TEMPLATE | {"text": "{x}"})
    assert "Dòng 1: không có trường “x”." in text_of(wrong)
    assert admin.post("/mau-van-ban/them/xa/", TEMPLATE).status_code == 302
    template = TextTemplate.objects.get()
    assert "Nội dung của xã Mẫu./." in text_of(officer.get("/mau-van-ban/bao-cao-quy/"))
    assert admin.post("/mau-van-ban/them/xa/", TEMPLATE).status_code == 422
    tried = admin.post("/mau-van-ban/bao-cao-quy/soan/", TEMPLATE | {"text": "Khác.", "xem-thu": ""})
    assert "Khác./." in text_of(tried)
    changed = TEMPLATE | {"text": "Mới.", "starts_on": "01/02/2026", "version": template.version}
    assert admin.post("/mau-van-ban/bao-cao-quy/soan/", changed).status_code == 302
    assert [version.text for version in history(template)] == ["Mới.", TEMPLATE["text"]]
    assert officer.post("/mau-van-ban/bao-cao-quy/soan/", changed).status_code == 403


def test_a_vocabulary_that_nobody_lists_is_refused(commune, enter):
    response = enter("administrator").post("/mau-van-ban/them/xa/", TEMPLATE | {"vocabulary": "os.environ"})
    assert response.status_code == 422
    assert not TextTemplate.objects.exists()


@pytest.mark.requirement(95)
def test_the_library_is_kept_searched_and_ended(commune, enter):
    keeper, reader = enter("procedure_control_officer"), enter()
    assert reader.get("/can-cu/them/xa/").status_code == 403
    assert keeper.post("/can-cu/them/xa/", BASIS).status_code == 302
    basis = LegalBasis.objects.get()
    assert "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ về cơ chế một cửa" in text_of(
        reader.get(f"/can-cu/{basis.pk}/")
    )
    assert "61/2018/NĐ-CP" in text_of(reader.get("/can-cu/?tim=mot cua&hieu-luc=con"))
    assert "61/2018/NĐ-CP" not in text_of(reader.get("/can-cu/?hieu-luc=het"))
    newer = papers.basis(commune, "118/2025/NĐ-CP")
    ended = BASIS | {"ends_on": "30/06/2025", "replaced_by": newer.pk, "version": basis.version}
    assert keeper.post(f"/can-cu/{basis.pk}/sua/", ended).status_code == 302
    shown = text_of(reader.get(f"/can-cu/{basis.pk}/"))
    assert "hết hiệu lực ngày 30/06/2025, được thay thế bằng Nghị định số 118/2025/NĐ-CP" in shown
    backwards = BASIS | {"ends_on": "01/01/2018"}
    assert keeper.post(f"/can-cu/{basis.pk}/sua/", backwards).status_code == 422


def test_lists_ask_the_same_number_of_questions_however_long_they_are(commune, enter, django_assert_max_num_queries):
    client = enter("unit_head")
    for _ in range(12):
        papers.issued(commune)
    for address, most in (("/van-ban/", 16), (f"/van-ban/{Paper.objects.first().pk}/", 22), ("/can-cu/", 14)):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/van-ban/99/", "/can-cu/99/", "/mau-van-ban/khong/", "/van-ban/soan/khong/"])
def test_what_does_not_exist_is_not_found(enter, address):
    assert enter("reform_officer").get(address).status_code == 404


def test_english_pages_are_english(commune, enter):
    paper, client = papers.issued(commune), enter("unit_head")
    for address in ("/van-ban/", f"/van-ban/{paper.pk}/", "/can-cu/", "/mau-van-ban/"):
        assert client.get(f"/en{address}").status_code == 200
    assert "Day of issue" in text_of(client.get("/en/van-ban/"))


def test_the_way_to_papers_stands_on_every_page_for_whoever_is_signed_in(enter):
    link = 'href="/van-ban/"'
    assert link in enter().get("/don-vi/").content.decode()
    assert link not in Client().get("/dang-nhap/").content.decode()


@pytest.mark.requirement(128)
def test_the_search_finds_what_was_issued_and_drafts_only_for_those_who_write_them(commune, enter):
    writer, outsider = enter("reform_officer"), enter(over=unit("khac", name="tỉnh Khác"))
    draft = papers.draft(commune)
    issued = papers.issued(commune)
    for client, seen in ((writer, {draft.pk, issued.pk}), (outsider, {issued.pk})):
        page = client.get("/tim/?q=cai+cach+hanh+chinh").content.decode()
        assert {pk for pk in (draft.pk, issued.pk) if f'href="/van-ban/{pk}/"' in page} == seen
    assert f"{issued.full_number} · " in page


def test_units_are_named_not_coded(commune, enter):
    """In the list of templates and on the page of a basis."""
    papers.template(commune)
    basis = papers.basis(commune)
    client = enter("reform_officer")
    for address in ("/mau-van-ban/", f"/can-cu/{basis.pk}/"):
        shown = client.get(address).content.decode()
        assert ">xã Mẫu<" in shown and ">xa<" not in shown
    assert " – –" not in shown
