"""Contents are kept once, files once per person; both by actions that leave events."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest

from cchc.audit.models import AuditEvent
from cchc.files import actions, storage
from cchc.files.actions import cite, describe_file, hold_back, release, store_upload, uncite
from cchc.files.limits import limits_on
from cchc.files.models import Blob, BlobState, Citation, StoredFile
from cchc.files.receiving import received
from cchc.files.sending import Facts, Sender
from cchc.records.errors import DomainError
from tests.factories.files import cited, stored
from tests.factories.organizations import BY_TESTS, NOW, TODAY, official, unit
from tests.files.samples import pdf, photo

pytestmark = pytest.mark.django_db
FACTS = Facts("Báo cáo CCHC", "45/BC-UBND", "UBND xã Ẵng Mẫu", date(2026, 11, 1))
UNIT = "organizations.Unit"


@pytest.fixture
def hoa():
    return official("hoa")


def refused(call, *args, **given) -> str:
    with pytest.raises(DomainError) as caught:
        call(*args, **given)
    return caught.value.code


def kinds_of_events() -> list[str]:
    return [kind for kind in AuditEvent.objects.order_by("sequence").values_list("kind", flat=True) if "files." in kind]


def on_disk(root) -> list:
    return [path for path in (root / "files").rglob("*") if path.is_file()]


def test_a_content_lies_under_its_hash_for_the_server_alone(hoa, own_data):
    with received(BytesIO(pdf(2)), "Báo cáo số 45.PDF", TODAY) as upload:
        file = store_upload(**BY_TESTS, upload=upload, sender=Sender(hoa), denies_state_secret=True)
    path = own_data / "files" / file.blob.sha256[:2] / file.blob.sha256
    assert path.read_bytes() == pdf(2)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    folders = [path.parent, path.parent.parent, own_data / "files" / "incoming"]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    assert (file.name, file.blob.kind, file.blob.pages, file.blob.size) == ("Báo cáo số 45.pdf", "pdf", 2, len(pdf(2)))
    assert file.blob.state == BlobState.SAFE and file.blob.scanned_at is None
    assert on_disk(own_data) == [path]
    assert kinds_of_events() == ["files.content_stored", "files.file_uploaded"]


def test_an_image_is_found_again_by_what_was_sent(hoa):
    file = stored(photo(), "IMG.jpg", hoa)
    assert file.received_sha256 == hashlib.sha256(photo()).hexdigest() != file.blob.sha256


def test_one_content_of_two_people_is_two_files(hoa, own_data):
    first, second = stored(pdf(), "a.pdf", hoa), stored(pdf(), "b.pdf", official("lan"))
    assert first.pk != second.pk and first.blob == second.blob
    assert len(on_disk(own_data)) == 1


def test_who_uploads_again_gets_the_file_of_the_first_time(hoa):
    first = stored(pdf(), "a.pdf", hoa, facts=FACTS)
    again = stored(pdf(), "khác.pdf", hoa)
    assert (again.pk, again.name, again.number) == (first.pk, "a.pdf", "45/BC-UBND")
    assert StoredFile.objects.count() == 1


def test_nothing_is_kept_without_denying_a_state_secret(hoa, own_data):
    with received(BytesIO(pdf()), "a.pdf", TODAY) as upload:
        given = {"upload": upload, "sender": Sender(hoa), "denies_state_secret": False}
        assert refused(store_upload, **BY_TESTS, **given) == "files.secret_not_denied"
    assert on_disk(own_data) == []
    assert not Blob.objects.exists()


def test_what_is_refused_leaves_nothing_behind(own_data):
    assert refused(stored, b"MZ") == "files.unknown_kind"
    assert on_disk(own_data) == []


def test_a_person_uploads_so_many_a_day_and_no_more(hoa, monkeypatch):
    few = replace(limits_on(TODAY), files_per_person_per_day=2)
    monkeypatch.setattr(actions, "limits_on", lambda _: few)
    for number in (1, 2):
        stored(pdf(number), by=hoa)
    assert refused(stored, pdf(3), by=hoa) == "files.uploads_too_many"
    assert stored(pdf(3), by=official("lan"))
    assert stored(pdf(3), by=hoa, now=NOW + timedelta(days=1, minutes=1))


def test_facts_are_tidied_and_corrected_under_a_version(hoa):
    file = stored(pdf(), by=hoa, facts=Facts(title="  Báo\u202e cáo\n CCHC "))
    assert file.title == "Báo cáo CCHC"
    changed = describe_file(**BY_TESTS, file=file, facts=FACTS, expected_version=1)
    assert (changed.version, changed.issued_on) == (2, date(2026, 11, 1))
    assert "ang mau" in changed.search_key
    assert refused(describe_file, **BY_TESTS, file=file, facts=FACTS, expected_version=1) == "files.file_stale"
    before = AuditEvent.objects.count()
    assert describe_file(**BY_TESTS, file=file, facts=FACTS, expected_version=2).version == 2
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(("days", "code"), [(0, ""), (1, "files.issued_in_future")])
def test_no_paper_is_issued_tomorrow(hoa, days, code):
    facts = Facts(issued_on=TODAY + timedelta(days=days))
    if code:
        assert refused(stored, pdf(), by=hoa, facts=facts) == code
    else:
        assert stored(pdf(), by=hoa, facts=facts)


def test_one_file_is_cited_many_times_and_once_for_each_object(hoa):
    file, places = stored(pdf(), by=hoa), [unit("tinh"), unit("tinh-b")]
    first = cited(file, (UNIT, places[0].pk), reason="Quyết định  thành lập")
    assert first.reason == "Quyết định thành lập"
    assert cited(file, (UNIT, places[0].pk)) == first
    cited(file, (UNIT, places[1].pk))
    ended = uncite(**BY_TESTS, citation=first, reason="Nhầm đơn vị")
    assert (ended.ended_at, ended.ended_because) == (NOW, "Nhầm đơn vị")
    assert refused(uncite, **BY_TESTS, citation=first, reason="lại") == "files.citation_over"
    assert cited(file, (UNIT, places[0].pk)).pk != first.pk
    assert Citation.objects.count() == 3


def test_ending_a_citation_needs_a_reason(hoa):
    citation = cited(stored(pdf(), by=hoa), (UNIT, unit("tinh").pk))
    assert refused(uncite, **BY_TESTS, citation=citation, reason=" ") == "files.no_reason"


def test_an_object_of_unknown_type_is_a_mistake_of_ours(hoa):
    with pytest.raises(LookupError):
        cite(**BY_TESTS, file=stored(pdf(), by=hoa), subject=("portal.Nothing", "1"))


def test_holding_back_and_releasing(hoa):
    blob = stored(pdf(), by=hoa).blob
    assert refused(release, **BY_TESTS, blob=blob, reason="x") == "files.not_held_back"
    assert refused(hold_back, **BY_TESTS, blob=blob, reason="") == "files.no_reason"
    assert hold_back(**BY_TESTS, blob=blob, reason="Nghi giả mạo").state == BlobState.QUARANTINED
    assert refused(hold_back, **BY_TESTS, blob=blob, reason="x") == "files.already_closed"
    assert release(**BY_TESTS, blob=blob, reason="Đã kiểm tra").state == BlobState.SAFE
    assert kinds_of_events()[-2:] == ["files.content_held", "files.content_released"]


def test_a_content_that_changed_on_the_disk_is_not_handed_out(hoa):
    blob = stored(pdf(), by=hoa).blob
    storage.path_of(blob.sha256).write_bytes(b"%PDF-forged")
    assert refused(storage.open_whole, blob.sha256) == "files.content_changed"
    storage.path_of(blob.sha256).unlink()
    assert refused(storage.open_whole, blob.sha256) == "files.content_not_found"
    stored(pdf(), by=official("lan"))
    with storage.opened(blob.sha256) as source:
        assert source.read() == pdf()


def test_what_a_killed_server_left_is_cleared_after_a_day(own_data):
    with storage.incoming() as path:
        moment = path.stat().st_mtime
        assert storage.clear_incoming(moment + 86_000) == 0
        assert storage.clear_incoming(moment + 86_500) == 1
        assert not path.exists()
