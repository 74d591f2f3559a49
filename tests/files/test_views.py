"""The pages: uploading, looking, downloading; whatever is sent, an answer in words."""

from __future__ import annotations

from io import BytesIO

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cchc.files import queries, storage
from cchc.files.examining import asking
from cchc.files.models import Blob, Citation, StoredFile
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.actions.people import post_official
from cchc.organizations.models import Official
from tests.factories.files import cited, stored
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit
from tests.files.corpus import damaged
from tests.files.samples import TEXT, docx, pdf, photo, xlsx

pytestmark = pytest.mark.django_db
UPLOAD, FILES = reverse("files:upload"), reverse("files:files")
EVIL = "<script>alert(1)</script>{{ 7|add:7 }}{% csrf_token %}${7*7}#let x=1"


def signed_in(person: Official, *, second_factor: bool = False) -> Client:
    client = Client()
    client.force_login(open_account(**BY_TESTS, official=person, username=f"{person.code}.x"))
    if second_factor:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa"}]
        session.save()
    return client


@pytest.fixture
def place():
    return unit("tinh", name="tỉnh Ẵng Mẫu")


@pytest.fixture
def hoa(place):
    return official("hoa", "Nguyễn Thị Hoa", place)


@pytest.fixture
def client(hoa):
    return signed_in(hoa)


def send(client: Client, content: bytes = b"", name: str = "bao-cao.pdf", address: str = UPLOAD, **fields: str):
    given = {"file": SimpleUploadedFile(name, content), "denies_state_secret": "on"} | fields
    return client.post(address, {key: value for key, value in given.items() if value != ""})


def address(view: str, file: StoredFile, *more: int) -> str:
    return reverse(f"files:{view}", args=[file.pk, *more])


def test_uploading_a_paper_and_finding_it_again(client, hoa, place):
    answer = send(client, pdf(2), title="Báo cáo CCHC", number="45/BC-UBND", issued_on="1/11/2026", issuer="UBND")
    file = StoredFile.objects.get()
    assert (answer.status_code, answer.url) == (302, address("file", file))
    assert (file.uploaded_by, file.unit, file.number, f"{file.issued_on}") == (hoa, place, "45/BC-UBND", "2026-11-01")
    page = client.get(address("file", file)).content.decode()
    for words in ("Báo cáo CCHC", "01/11/2026", "Page 1 of 45", file.blob.sha256, "máy chủ không có phần quét"):
        assert words in page
    assert "45/BC-UBND" in client.get(FILES, {"tim": "bao cao"}).content.decode()
    assert "45/BC-UBND" not in client.get(FILES, {"tim": "khác"}).content.decode()


def test_pages_of_a_pdf_are_pictures(client, hoa):
    send(client, pdf(2))
    file = StoredFile.objects.get()
    shown = client.get(address("file", file), {"tep-trang": "2", "tep-co": "150"}).content.decode()
    assert f'src="{address("page", file, 2)}"' in shown and "Page 2 of 45" in shown and "zoom-150" in shown
    answer = client.get(address("page", file, 2))
    assert answer.headers["Content-Type"] == "image/png"
    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.size == (1240, 1755)
        assert picture.convert("L").getextrema()[0] < 100  # something is written on it
    assert client.get(address("page", file, 3)).status_code == 404
    assert client.get(address("page", file, 0)).status_code == 404


def test_an_image_is_shown_itself(client):
    send(client, photo(), "IMG.HEIC")
    file = StoredFile.objects.get()
    assert file.name == "IMG.jpg"
    answer = client.get(address("page", file, 1))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert client.get(address("page", file, 2)).status_code == 404
    assert address("page", file, 1) in client.get(address("file", file)).content.decode()


@pytest.mark.parametrize(("content", "name"), [(docx(), "a.docx"), (xlsx(), "a.xlsx")])
def test_office_files_are_shown_as_text(client, content, name):
    send(client, content, name)
    file = StoredFile.objects.get()
    for _ in range(2):  # made, then remembered
        assert TEXT in client.get(address("file", file)).content.decode()
    assert client.get(address("page", file, 1)).status_code == 404


def test_a_page_of_which_no_picture_can_be_made_says_so_once_tried(client, hoa, monkeypatch):
    file = stored(pdf()[:-200] + b"\n%%EOF\n", by=hoa)
    storage.path_of(file.blob.sha256).write_bytes(storage.path_of(file.blob.sha256).read_bytes())
    tried = []
    monkeypatch.setattr(asking, "ask", lambda *given: tried.append(given) is not None)
    for _ in range(2):
        assert "Cũng không đọc được chữ" in client.get(address("file", file)).content.decode()
    assert len(tried) == 2  # the picture and the text, each once


def test_downloads_are_never_run_guessed_or_framed(client):
    send(client, pdf(), "Báo cáo “quý 4”; filename=a.exe%0D%0ASet-Cookie: a=1.pdf")
    file = StoredFile.objects.get()
    answer = client.get(address("download", file))
    assert b"".join(answer) == pdf()
    disposition = answer.headers["Content-Disposition"]
    assert (
        disposition.startswith("attachment; filename*=utf-8''") and disposition.isascii() and disposition.isprintable()
    )
    assert "B%C3%A1o%20c%C3%A1o" in disposition and disposition.count(";") == 1
    assert "Set-Cookie" not in answer.headers
    expected = {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(pdf())),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
    assert {name: answer.headers[name] for name in expected} == expected


def test_a_content_changed_on_the_disk_is_not_handed_out(client, hoa):
    file = stored(pdf(), by=hoa)
    storage.path_of(file.blob.sha256).write_bytes(b"forged")
    assert client.get(address("download", file)).status_code == 422
    storage.path_of(file.blob.sha256).unlink()
    assert client.get(address("download", file)).status_code == 404
    assert client.get(address("page", file, 1)).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "fields", "status", "words"),
    [
        (b"MZ", "a.pdf", {}, 400, "Nội dung tệp không thuộc loại được nhận."),
        (pdf(), "a.png", {}, 400, "đuôi .png"),
        (pdf(), "a.pdf", {"denies_state_secret": ""}, 422, "Không được lưu tệp có bí mật nhà nước"),
        (pdf(), "a.pdf", {"issued_on": "31/2/2026"}, 422, "31/2/2026"),
        (pdf(), "a.pdf", {"issued_on": "1/1/2199"}, 422, "01/01/2199"),
        (pdf(), "a.pdf", {"cited_for": "portal.Nothing:1"}, 404, "Không có nội dung để viện dẫn"),
        (b"", "a.pdf", {}, 422, "rỗng"),
        (pdf(), "", {}, 422, "bắt buộc"),
    ],
)
def test_what_is_refused_says_why_beside_the_field(client, own_data, content, name, fields, status, words):
    answer = send(client, content, name, **fields) if name else client.post(UPLOAD, {"denies_state_secret": "on"})
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert [path for path in own_data.rglob("*") if path.is_file()] == []


def test_what_is_too_large_is_not_even_read(client):
    answer = send(client, bytes(22_000_000))
    assert answer.status_code == 413
    assert "lớn hơn mức hệ thống nhận" in answer.content.decode()
    answer = send(client, b"%PDF-" + bytes(20_500_000))
    assert answer.status_code == 413
    assert "lớn hơn 20 MB" in answer.content.decode()


@pytest.mark.long
def test_hostile_files_get_an_answer_and_never_a_fault(client):
    for seed in range(12):
        _, name, content = damaged(seed)
        answer = client.post(
            UPLOAD,
            {"file": SimpleUploadedFile(name.replace("\ud800", "") or "x", content), "denies_state_secret": "on"},
        )
        assert answer.status_code in {302, 400, 413, 422}, seed


def test_words_of_strangers_are_words(client):
    send(client, pdf(), EVIL + ".pdf", title=EVIL, number=EVIL[:90], issuer=EVIL)
    file = StoredFile.objects.get()
    for page in (client.get(address("file", file)), client.get(FILES)):
        shown = page.content.decode()
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in shown


@pytest.mark.long
def test_a_decision_is_cited_for_its_unit_by_its_administrator_alone(client, hoa, place):
    wish = {"cited_for": f"organizations.Unit:{place.pk}"}
    assert send(client, pdf(), **wish).status_code == 403
    assert not Blob.objects.exists()
    admin = official("quantri", "Trần Văn Dũng", place)
    grant(admin, "administrator", place)
    assert send(signed_in(admin), pdf(), **wish).status_code == 403  # no second factor yet
    admin_client = Client()
    admin_client.force_login(admin.account)
    session = admin_client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa"}]
    session.save()
    assert f'value="{wish["cited_for"]}"' in admin_client.get(UPLOAD, {"cho": wish["cited_for"]}).content.decode()
    assert send(admin_client, pdf(), **wish).status_code == 302
    file = Citation.objects.get().file
    shown = client.get(address("file", file))  # seen by a colleague, who cannot change it
    assert "tỉnh Ẵng Mẫu" in shown.content.decode() and '<form class="card"' not in shown.content.decode()
    assert client.post(address("describe", file), {"title": "x"}).status_code == 403


def test_strangers_and_the_public_find_nothing(hoa):
    file = stored(pdf(), by=hoa)
    stranger = signed_in(official("la"))
    for view, more in (("file", ()), ("download", ()), ("page", (1,))):
        assert stranger.get(address(view, file, *more)).status_code == 404
        assert Client().get(address(view, file, *more)).status_code == 404
    for view in ("describe", "judge"):
        assert stranger.post(address(view, file)).status_code == 404
    assert Client().get(UPLOAD).status_code == Client().get(FILES).status_code == 403
    assert "bao-cao.pdf" not in stranger.get(FILES).content.decode()


def test_correcting_the_facts(client, hoa):
    file = stored(pdf(), by=hoa)
    there = address("describe", file)
    assert client.post(there, {"title": "Mới", "version": "1"}).status_code == 302
    stale = client.post(there, {"title": "Khác", "version": "1"})
    assert stale.status_code == 409
    assert "vừa được người khác sửa" in stale.content.decode() and 'value="Khác"' in stale.content.decode()
    assert client.post(there, {"issued_on": "hôm nay", "version": "2"}).status_code == 422
    file.refresh_from_db()
    assert file.title == "Mới"


def test_an_administrator_holds_a_file_back_and_releases_it(client, hoa, place):
    file = stored(pdf(), by=hoa, works_in=place)
    admin = official("quantri", "Trần Văn Dũng", place)
    grant(admin, "administrator", place)
    judge = signed_in(admin, second_factor=True)
    assert "Cách ly tệp này?" in judge.get(address("file", file), {"confirm": "hold"}).content.decode()
    assert judge.post(address("judge", file), {"hold": "1"}).status_code == 422
    assert judge.post(address("judge", file), {"hold": "1", "reason": "Nghi giả mạo"}).status_code == 302
    assert client.get(address("download", file)).status_code == 403
    assert client.get(address("page", file, 1)).status_code == 403
    held = client.get(address("file", file)).content.decode()
    assert "Tệp đang bị cách ly" in held and "Nghi giả mạo" in held
    assert client.post(address("judge", file), {"release": "1", "reason": "x"}).status_code == 403
    assert judge.post(address("judge", file), {"release": "1", "reason": "Đã xem"}).status_code == 302
    assert b"".join(client.get(address("download", file))) == pdf()


def test_the_list_goes_on(client, hoa, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    for number in range(3):
        cited(stored(pdf(number + 1), f"{number}.pdf", hoa), ("organizations.Unit", hoa.postings.get().unit_id))
    first = client.get(FILES)
    assert [one["file"].name for one in first.context["files"]] == ["2.pdf", "1.pdf"]
    second = client.get(first.context["next"])
    assert [one["file"].name for one in second.context["files"]] == ["0.pdf"]
    assert second.context["next"] == ""


def test_a_refused_judgement_keeps_the_reason(client, hoa, place):
    file = stored(pdf(), by=hoa, works_in=place)
    admin = official("quantri", "Trần Văn Dũng", place)
    grant(admin, "administrator", place)
    judge, there = signed_in(admin, second_factor=True), address("judge", file)
    assert "Cách ly tệp này?" in judge.get(there).content.decode()
    assert judge.get(there, {"release": "1"}).status_code == 200
    early = judge.post(there, {"release": "1", "reason": "Đã xem kỹ"})
    assert early.status_code == 422 and "Đã xem kỹ</textarea>" in early.content.decode(), "it is not held back"
    assert 'name="release" value="1"' in early.content.decode()
    assert judge.post(there, {"reason": "Nghi giả mạo"}).status_code == 302
    again = judge.post(there, {"reason": "Nghi lần nữa"})
    assert again.status_code == 422 and "Nghi lần nữa</textarea>" in again.content.decode()
    file.blob.refresh_from_db()
    assert file.blob.finding == "Nghi giả mạo"


@pytest.mark.requirement(56)
def test_a_file_says_in_which_post_it_was_uploaded(client, hoa, place):
    send(client, pdf())
    file = StoredFile.objects.get()
    assert file.uploaded_as == "Chuyên viên, tỉnh Ẵng Mẫu"
    post_official(
        **BY_TESTS, official=hoa, unit=unit("so", place, name="Sở Nội vụ"), post="Phó Giám đốc", starts_on=TODAY
    )
    assert "Nguyễn Thị Hoa, Chuyên viên, tỉnh Ẵng Mẫu" in client.get(address("file", file)).content.decode()
