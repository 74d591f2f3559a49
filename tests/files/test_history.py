"""Who changed what about a file: read by auditors and administrators over the unit whose official uploaded it."""

from __future__ import annotations

import pytest
import time_machine

from cchc.files.actions import hold_back
from tests.factories.clients import client_of
from tests.factories.files import cited, stored
from tests.factories.organizations import BY_TESTS, NOW, grant, official, unit
from tests.files.samples import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(125)]


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    with time_machine.travel(NOW, tick=False):
        yield


def holder(code, role, place):
    person = official(code, works_in=place)
    grant(person, role, place, covers_subtree=True)
    return client_of(person)


def test_its_upload_citations_and_what_befell_its_content_are_one_history():
    place = unit("xa", name="xã Ẵng")
    file = stored(pdf(), by=official("cb", "Lò Văn Ẵng", place), works_in=place)
    cited(file, ("organizations.Unit", place.pk))
    hold_back(**BY_TESTS, blob=file.blob, reason="Có số điện thoại của dân")
    address = f"/nhat-ky/files.StoredFile/{file.pk}/"
    page = holder("kiem-tra", "auditor", place).get(address).content.decode()
    for said in ("Tải tệp lên", "Viện dẫn tệp", "Cách ly tệp", "Có số điện thoại của dân"):
        assert said in page
    assert f'href="{address}"' in holder("quan-tri", "administrator", place).get(f"/tep/{file.pk}/").content.decode()
    for stranger in (holder("khac", "auditor", unit("khac")), client_of(official("dong-nghiep", works_in=place))):
        assert stranger.get(address).status_code in {403, 404}


def test_who_cited_a_file_and_who_ended_that_is_said_by_name():
    place = unit("xa", name="xã Ẵng")
    file = stored(pdf(), by=official("cb", "Lò Văn Ẵng", place), works_in=place)
    citing = official("mau-17", "Quàng Thị Viện", place)
    grant(citing, "administrator", place)
    client_of(citing).post(f"/tep/vien-dan/organizations.Unit/{place.pk}/", {"tep": [file.pk]})
    page = holder("kiem-tra", "auditor", place).get(f"/nhat-ky/files.StoredFile/{file.pk}/").content.decode()
    said = page[page.index("Người viện dẫn") :][:200]
    assert "Quàng Thị Viện (mau-17)" in said


def test_what_was_uploaded_without_a_unit_is_read_by_nobody():
    place = unit("xa")
    file = stored(pdf(), by=official("cb"))
    assert holder("kiem-tra", "auditor", place).get(f"/nhat-ky/files.StoredFile/{file.pk}/").status_code in {403, 404}
