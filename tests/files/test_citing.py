"""One file cited many times: chosen from what is here, and no longer cited where it does not belong."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse

from cchc.audit.models import AuditEvent
from cchc.files import queries
from cchc.files.actions import cite_several, describe_file, hold_back, uncite
from cchc.files.models import Citation, StoredFile
from cchc.files.sending import Facts
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.files import cited, stored
from tests.factories.organizations import BY_TESTS, grant, official, unit
from tests.files.samples import pdf

pytestmark = pytest.mark.django_db
UNIT = "organizations.Unit"


@pytest.fixture
def place():
    return unit("tinh", name="tỉnh Ẵng Mẫu")


@pytest.fixture
def admin(place):
    person = official("quan-tri", "Trần Văn Dũng", place)
    grant(person, "administrator", place)
    return person


@pytest.fixture
def client(admin):
    return client_of(admin)


@pytest.fixture
def files(admin, place):
    """Three of the administrator's, the second with facts; one of somebody elsewhere."""
    own = [stored(pdf(number), f"tep-{number}.pdf", admin, place) for number in (1, 2, 3)]
    facts = Facts("Nghị quyết sáp nhập xã Ẵng", "1677/NQ-UBTVQH15", "Ủy ban Thường vụ Quốc hội")
    describe_file(**BY_TESTS, file=own[1], facts=facts)
    return [*own, stored(pdf(4), "cua-nguoi-khac.pdf", official("la"), unit("tinh-khac"))]


def choosing(about) -> str:
    return reverse("files:cite", args=[UNIT, about.pk])


def offered(client, about, text="") -> list[str]:
    return [one.name for one in client.get(choosing(about), {"tim": text}).context["rows"]]


def test_what_one_may_open_and_is_not_cited_there_is_offered(client, place, files):
    assert offered(client, place) == ["tep-3.pdf", "tep-2.pdf", "tep-1.pdf"]
    cited(files[0], (UNIT, place.pk))
    hold_back(**BY_TESTS, blob=files[2].blob, reason="Nghi")
    assert offered(client, place) == ["tep-2.pdf"]
    uncite(**BY_TESTS, citation=files[0].citations.get(), reason="Nhầm")
    assert offered(client, place) == ["tep-2.pdf", "tep-1.pdf"]


@pytest.mark.parametrize("text", ["nghi quyet sap nhap", "1677/nq", "Ủy ban Thường vụ", "tep-2"])
def test_they_are_found_by_title_number_issuer_and_name(client, place, files, text):
    assert offered(client, place, text) == ["tep-2.pdf"]
    page = client.get(choosing(place), {"tim": text + " khong co"}).content.decode()
    assert "Không có tệp để chọn" in page and "Tìm bằng từ khác" in page


def test_several_are_cited_at_once_without_another_upload(client, place, files):
    page = client.get(choosing(place)).content.decode()
    assert "tỉnh Ẵng Mẫu" in page and f'value="{files[0].pk}"' in page and 'type="checkbox"' in page
    answer = client.post(choosing(place), {"tep": [files[0].pk, files[1].pk]})
    assert (answer.status_code, answer.url) == (302, reverse("organizations:unit", args=["tinh"]))
    assert set(Citation.objects.values_list("file", "subject_type", "subject_id")) == {
        (files[0].pk, UNIT, str(place.pk)), (files[1].pk, UNIT, str(place.pk)),
    }  # fmt: skip
    assert StoredFile.objects.count() == len(files)
    client.post(choosing(place), {"tep": [files[0].pk]})  # once more
    assert Citation.objects.count() == 2


@pytest.mark.requirement(84)
def test_why_it_is_cited_stands_wherever_the_citation_does(client, place, files):
    """At the object, at the file, in the history; also when the citation is over."""
    why = "Chứng minh ngày thành lập\u200b <b>"
    assert client.post(choosing(place), {"tep": [files[0].pk], "reason": why}).status_code == 302
    citation, shown = Citation.objects.get(), "Chứng minh ngày thành lập &lt;b&gt;"
    assert citation.reason == "Chứng minh ngày thành lập <b>"
    pages = ("/don-vi/tinh/", f"/tep/{files[0].pk}/", f"/nhat-ky/files.StoredFile/{files[0].pk}/")
    for page in pages:
        assert shown in client.get(page).content.decode(), page
    uncite(**BY_TESTS, citation=citation, reason="Nhầm")
    assert shown in client.get(pages[0]).content.decode()


def test_a_reason_that_is_too_long_is_told_and_what_was_ticked_stays(client, place, files):
    answer = client.post(choosing(place), {"tep": [files[0].pk], "reason": "w" * 501})
    assert answer.status_code == 422
    assert f'value="{files[0].pk}" checked' in answer.content.decode()
    assert not Citation.objects.exists()


@pytest.mark.long
def test_an_upload_for_an_object_says_why_and_another_does_not_ask(client, place):
    assert 'name="reason"' not in client.get("/tep/tai-len/").content.decode()
    address = f"/tep/tai-len/?cho={UNIT}:{place.pk}"
    assert 'name="reason"' in client.get(address).content.decode()
    sent = {"file": BytesIO(pdf()), "denies_state_secret": "on", "cited_for": f"{UNIT}:{place.pk}", "reason": "Gốc"}
    sent["file"].name = "goc.pdf"
    assert client.post("/tep/tai-len/", sent).status_code == 302
    assert Citation.objects.get().reason == "Gốc"


def test_one_file_is_cited_for_many_objects_and_its_page_leads_to_each(client, place, files, admin):
    below = unit("phong", place, name="phòng Mẫu")
    grant(admin, "administrator", below)
    for about in (place, below):
        client_of(admin).post(choosing(about), {"tep": [files[0].pk]})
    page = client.get(f"/tep/{files[0].pk}/").content.decode()
    for about in (place, below):
        assert f'href="{reverse("organizations:unit", args=[about.code])}"' in page


@pytest.mark.parametrize(
    ("chosen", "status", "words"),
    [((), 422, "Chưa chọn tệp nào."), (("x", "-1", "9" * 30), 422, "Chưa chọn tệp nào."),
     ((999_999,), 404, "Không có tệp này"), (("own", "strange"), 404, "Không có tệp này"),
     (("own", "held"), 404, "Không có tệp này")],
)  # fmt: skip
def test_what_cannot_be_cited_is_told_and_nothing_is(client, place, files, chosen, status, words):
    hold_back(**BY_TESTS, blob=files[2].blob, reason="Nghi")
    known = {"own": files[0].pk, "held": files[2].pk, "strange": files[3].pk}
    answer = client.post(f"{choosing(place)}?tim=tep", {"tep": [known.get(one, one) for one in chosen]})
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page and 'value="tep"' in page
    assert (f'value="{files[0].pk}" checked' in page) is ("own" in chosen)
    assert not Citation.objects.exists()


def test_all_of_them_or_none(place, files, monkeypatch):
    monkeypatch.setattr("cchc.files.actions.limits_on", lambda day: type("Limits", (), {"files_per_object": 2}))
    with pytest.raises(DomainError, match="citations_too_many"):
        cite_several(**BY_TESTS, files=files[:3], subject=(UNIT, str(place.pk)))
    assert not Citation.objects.exists()
    cite_several(**BY_TESTS, files=files[:2], subject=(UNIT, str(place.pk)))
    assert Citation.objects.count() == 2


def test_only_those_whom_the_object_lets(place, files):
    colleague = client_of(official("dong-nghiep", works_in=place))
    assert colleague.get(choosing(place)).status_code == 403
    assert colleague.post(choosing(place), {"tep": [files[0].pk]}).status_code == 403
    assert not Citation.objects.exists()


@pytest.mark.parametrize("about", [f"{UNIT}/x", f"{UNIT}/007", f"{UNIT}/٧", f"{UNIT}/{'9' * 40}", "portal.Nothing/1"])
def test_what_is_nothing_to_cite_for_is_not_found(client, about):
    assert client.get(f"/tep/vien-dan/{about}/").status_code == 404


def test_a_citation_ends_with_a_reason_and_the_file_stays(client, place, files):
    citation = cited(files[0], (UNIT, place.pk))
    end = reverse("files:uncite", args=[citation.pk])
    asked = client.get(end).content.decode()
    assert "Tệp vẫn được giữ." in asked and "tỉnh Ẵng Mẫu" in asked and "tep-1.pdf" in asked
    for reason in ("", "  \u200b "):
        assert client.post(end, {"reason": reason}).status_code == 422
    citation.refresh_from_db()
    assert citation.ended_at is None
    assert client.post(end, {"reason": "Nhầm đơn vị"}).status_code == 302
    citation.refresh_from_db()
    assert (citation.ended_by, citation.ended_because) == ("quan-tri", "Nhầm đơn vị")
    assert citation.ended_at is not None
    assert AuditEvent.objects.filter(kind="files.citation_ended", subject_id=str(citation.pk)).count() == 1
    assert client.get(f"/tep/{files[0].pk}/").status_code == 200
    for again in (client.get(end), client.post(end, {"reason": "Lần nữa"})):
        assert again.status_code == 422 and "đã thôi được viện dẫn" in again.content.decode()
    client.post(choosing(place), {"tep": [files[0].pk]})  # and may be cited again
    assert Citation.objects.filter(ended_at=None).count() == 1


def test_the_page_of_a_unit_lists_its_files(client, place, files):
    page = f"/don-vi/{place.code}/"
    colleague = client_of(official("dong-nghiep", works_in=place))
    assert choosing(place) in client.get(page).content.decode()
    assert "Tệp của đơn vị" not in colleague.get(page).content.decode()
    citation = cited(files[1], (UNIT, place.pk))
    end = reverse("files:uncite", args=[citation.pk])
    seen = colleague.get(page).content.decode()
    assert "Tệp của đơn vị" in seen and "tep-2.pdf" in seen and "1677/NQ-UBTVQH15" in seen
    assert end not in seen and choosing(place) not in seen
    assert end in client.get(page).content.decode()
    client.post(end, {"reason": "Đã thay"})
    told = colleague.get(page).content.decode()
    assert "1 tệp đã thôi viện dẫn" in told and "Đã thay" in told and "Trần Văn Dũng" in told
    assert f'href="/tep/{files[1].pk}/"' not in told


def test_ending_is_for_those_whom_the_object_lets(place, files):
    citation = cited(files[0], (UNIT, place.pk))
    end = reverse("files:uncite", args=[citation.pk])
    uploader, stranger = client_of(official("dong-nghiep", works_in=place)), client_of(official("nguoi-la"))
    for client in (uploader, stranger):
        assert client.get(end).status_code == client.post(end, {"reason": "Không thích"}).status_code == 403
    assert stranger.get(reverse("files:uncite", args=[citation.pk + 1])).status_code == 404
    citation.refresh_from_db()
    assert citation.ended_at is None


def test_the_list_to_choose_from_goes_on_and_costs_the_same(
    client, place, files, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    with django_assert_max_num_queries(9):
        first = client.get(choosing(place))
    with django_assert_max_num_queries(9):
        second = client.get(first.context["next"])
    assert [[one.name for one in page.context["rows"]] for page in (first, second)] == [
        ["tep-3.pdf", "tep-2.pdf"], ["tep-1.pdf"],
    ]  # fmt: skip
    assert (second.context["first"], second.context["next"]) == (choosing(place), "")
