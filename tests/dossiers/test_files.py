"""Files of dossiers: of papers at the counter and later, of the result, of claims when a step was really done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cchc.dossiers.actions.intake import Intake, Paper, Person
from cchc.dossiers.actions.working import claim_completion
from cchc.dossiers.models import Component, Dossier
from cchc.files.citing import citable
from cchc.files.models import Citation, StoredFile
from cchc.organizations.models import Official
from cchc.organizations.viewers import Viewer, viewer_of
from tests.factories.clients import client_of
from tests.factories.dossiers import BIRTH, Desk, at, completed, intake, now_of, received, settled, step_of
from tests.factories.files import cited, stored
from tests.factories.organizations import TODAY, unsaved_account
from tests.files.samples import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "own_data")]
ADDRESS = "/ho-so/tiep-nhan/xa-mot/MAU-001/"
TYPED = {
    "owner_name": "Trần Thị Lan", "owner_number": "001300012345", "channel": "direct", "originals_form": "1",
    "lam": "receive", "denies_state_secret": "on",
}  # fmt: skip


def upload(name: str = "giay-chung-sinh.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf(), "application/pdf")


@pytest.fixture
def receiver(desk: Desk) -> Iterator[Client]:
    return client_of(desk.receiver)


def viewing(person: Official) -> Viewer:
    return viewer_of(unsaved_account(person), TODAY)


def paper_of(dossier: Dossier, id_: str) -> Component:
    return Component.objects.get(dossier=dossier, component=id_)


@pytest.mark.requirement(43)
def test_a_scan_at_the_counter_is_the_paper_and_the_slip_says_so(receiver: Client):
    made = receiver.post(ADDRESS, TYPED | {"file_birth_note": [upload(), upload("trang-2.pdf", pdf(2))]})
    assert made.status_code == 302, made.content.decode()
    dossier = Dossier.objects.get()
    paper = paper_of(dossier, "birth_note")
    assert paper.has_file and not paper_of(dossier, "form").has_file
    held = Citation.objects.filter(subject_type="dossiers.Component", subject_id=str(paper.pk))
    assert sorted(held.values_list("file__name", flat=True)) == ["giay-chung-sinh.pdf", "trang-2.pdf"]
    slip = receiver.get(made.headers["Location"]).content.decode()
    assert "bản điện tử" in slip and "2 bản điện tử" in receiver.get(f"/ho-so/{dossier.pk}/").content.decode()
    page = receiver.get(f"/ho-so/{dossier.pk}/tep/").content.decode()
    assert "giay-chung-sinh.pdf" in page and "trang-2.pdf" in page


def test_what_was_uploaded_stays_when_something_else_is_refused(receiver: Client):
    without = {name: value for name, value in TYPED.items() if name not in {"originals_form", "owner_name"}}
    first = receiver.post(ADDRESS, without | {"file_birth_note": upload()})
    file = StoredFile.objects.get()
    shown = first.content.decode()
    assert first.status_code == 422 and not Dossier.objects.exists()
    assert f'name="kept_file_birth_note" value="{file.pk}" checked' in shown
    kept = {"kept_file_birth_note": str(file.pk)}
    second = receiver.post(ADDRESS, without | kept | {"owner_name": "Trần Thị Lan"})
    assert second.status_code == 422 and f'value="{file.pk}" checked' in second.content.decode(), "a paper is missing"
    assert receiver.post(ADDRESS, TYPED | kept).status_code == 302
    assert StoredFile.objects.count() == 1 and Citation.objects.get().file == file


def test_a_file_of_somebody_else_is_not_put_in_by_its_number(desk: Desk, receiver: Client):
    theirs = stored(pdf(), by=desk.stranger, works_in=desk.other)
    answer = receiver.post(ADDRESS, TYPED | {"kept_file_birth_note": str(theirs.pk)})
    assert answer.status_code == 422 and "Giấy chứng sinh" in answer.content.decode()
    assert not Citation.objects.exists()


def test_without_the_word_about_secrets_nothing_is_kept(receiver: Client):
    answer = receiver.post(ADDRESS, {**TYPED, "denies_state_secret": "", "file_birth_note": upload()})
    assert answer.status_code == 422 and not StoredFile.objects.exists()


def test_a_hostile_file_is_told_at_its_field_and_the_others_stay(receiver: Client):
    given = {"file_form": upload("to-khai.exe", b"MZ\x90\x00 not a paper"), "file_birth_note": upload()}
    answer = receiver.post(ADDRESS, TYPED | given)
    assert answer.status_code == 422
    assert [file.name for file in StoredFile.objects.all()] == ["giay-chung-sinh.pdf"]
    assert "giay-chung-sinh.pdf" in answer.content.decode()


def test_papers_that_come_later_bring_their_files(desk: Desk, receiver: Client):
    dossier = received(desk)
    asked = {"version": dossier.version, "reason_code": "missing_papers", "reason": "Giấy chứng sinh"}
    asked["version"] = now_of(dossier).version
    assert receiver.post(f"/ho-so/{dossier.pk}/viec/yeu-cau-bo-sung/", asked).status_code == 302
    came: dict[str, Any] = {
        "version": now_of(dossier).version, "name": "", "originals": "0", "certified": "0", "copies": "0",
        "files": upload(), "denies_state_secret": "on",
    }  # fmt: skip
    address = f"/ho-so/{dossier.pk}/viec/nhan-bo-sung/"
    refused = receiver.post(address, came)
    file = StoredFile.objects.get()
    assert refused.status_code == 422 and f'name="kept_files" value="{file.pk}" checked' in refused.content.decode()
    del came["files"]
    done = receiver.post(address, came | {"name": "Giấy chứng sinh", "kept_files": str(file.pk)})
    assert done.status_code == 302
    last = Component.objects.filter(dossier=dossier).order_by("-place")[0]
    assert last.name == "Giấy chứng sinh" and last.has_file
    assert Citation.objects.get(subject_id=str(last.pk)).file == file


def test_a_paper_handed_in_before_is_offered_by_its_dossier_and_brings_its_files(desk: Desk, receiver: Client):
    first = settled(desk, received(desk))
    file = cited(stored(pdf(), by=desk.receiver), ("dossiers.Component", paper_of(first, "birth_note").pk)).file
    reused = TYPED | {"reused_birth_note": "on"}
    asked = receiver.post(ADDRESS, reused)
    shown = asked.content.decode()
    assert asked.status_code == 422 and first.code in shown and 'name="source_birth_note"' in shown
    chosen = reused | {"source_birth_note": str(paper_of(first, "birth_note").pk)}
    made = receiver.post(ADDRESS, chosen)
    assert made.status_code == 302
    second = Dossier.objects.exclude(pk=first.pk).get()
    paper = paper_of(second, "birth_note")
    assert paper.reused_from == paper_of(first, "birth_note")
    held = Citation.objects.get(subject_id=str(paper.pk), subject_type="dossiers.Component")
    assert held.file == file and held.reason == first.code
    assert f"từ {first.code}" in receiver.get(f"/ho-so/{second.pk}/").content.decode()


def test_data_that_is_elsewhere_may_be_reused_without_a_dossier(desk: Desk, receiver: Client):
    settled(desk, received(desk))
    elsewhere = TYPED | {"reused_birth_note": "on", "source_birth_note": "elsewhere"}
    assert receiver.post(ADDRESS, elsewhere).status_code == 302
    assert paper_of(Dossier.objects.order_by("-pk")[0], "birth_note").reused_from is None


@pytest.mark.parametrize("owner", ["001300099999", ""])
def test_papers_of_other_owners_are_never_offered(desk: Desk, receiver: Client, owner: str):
    settled(desk, received(desk))
    made = receiver.post(ADDRESS, TYPED | {"owner_number": owner, "reused_birth_note": "on"})
    assert made.status_code == 302 and paper_of(Dossier.objects.order_by("-pk")[0], "birth_note").is_reused


def test_papers_in_dossiers_of_another_unit_are_not_offered(desk: Desk, receiver: Client):
    elsewhere = received(desk, unit=desk.other, receiver=None)
    answer = receiver.post(ADDRESS, TYPED | {"reused_birth_note": "on", "is_no_duplicate": "on"})
    assert answer.status_code == 302 and elsewhere.code not in answer.content.decode()


def test_who_may_put_files_to_what(desk: Desk):
    dossier = received(desk)
    paper, result = str(paper_of(dossier, "form").pk), str(dossier.pk)

    def may(person: Official, kind: str, id_: str) -> str:
        verdict = citable(f"dossiers.{kind}").may_cite(viewing(person), id_)
        return "" if verdict else verdict.refusal.code

    assert may(desk.receiver, "Component", paper) == "" and may(desk.receiver, "Dossier", result) == ""
    assert may(desk.signer, "Component", paper) == "dossiers.filing_not_allowed"
    assert may(desk.head, "Dossier", result) == "" and may(desk.head, "Component", paper) != ""
    assert may(desk.stranger, "Component", paper) == "dossiers.dossier_not_found"
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    completed(desk, dossier, "settle", desk.settler, "23 09:00")
    assert may(desk.settler, "Component", paper) == "dossiers.filing_not_allowed", "it holds no step any more"
    done = settled(desk, received(desk, intake=intake(desk.procedures[BIRTH], name="Y Nga")))
    assert may(desk.receiver, "Component", str(paper_of(done, "form").pk)) == "dossiers.closed_for_files"
    assert may(desk.receiver, "Dossier", str(done.pk)) == ""


def test_a_result_that_was_handed_over_stays(desk: Desk, receiver: Client):
    dossier = settled(desk, received(desk))
    citation = cited(stored(pdf(), by=desk.receiver), ("dossiers.Dossier", dossier.pk))
    may_go = citable("dossiers.Dossier").may_go
    assert may_go(str(dossier.pk), citation.file_id)
    left = {"version": now_of(dossier).version, "to": "Lan", "way": "counter"}
    assert receiver.post(f"/ho-so/{dossier.pk}/viec/tra-ket-qua/", left).status_code == 302
    assert may_go(str(dossier.pk), citation.file_id).refusal.code == "dossiers.result_stays"


def test_evidence_of_a_claimed_moment_is_put_by_who_claimed_it(desk: Desk, receiver: Client):
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 15:00")
    claim = claim_completion(
        **desk.as_(desk.receiver, "23 15:30"), step=step_of(dossier, "receive"), done_at=at("23 14:00"), evidence="Sổ"
    )
    address = f"/tep/tai-len/?cho=dossiers.ActualCompletion:{claim.pk}"
    given = {
        "file": upload("so-giao-nhan.pdf"), "denies_state_secret": "on",
        "cited_for": f"dossiers.ActualCompletion:{claim.pk}",
    }  # fmt: skip
    assert client_of(desk.settler).post(address, given | {"file": upload()}).status_code in {403, 422}
    assert receiver.post(address, given).status_code == 302
    assert "so-giao-nhan.pdf" in receiver.get(f"/ho-so/{dossier.pk}/tep/").content.decode()


def test_files_are_seen_by_who_sees_the_dossier(desk: Desk):
    dossier = received(desk)
    file = cited(stored(pdf(), by=desk.receiver), ("dossiers.Component", paper_of(dossier, "form").pk)).file
    assert client_of(desk.head).get(f"/tep/{file.pk}/").status_code == 200
    assert client_of(desk.stranger).get(f"/tep/{file.pk}/").status_code == 404
    assert client_of(desk.stranger).get(f"/ho-so/{dossier.pk}/tep/").status_code == 404


def test_the_page_asks_as_often_with_ten_files_as_with_one(desk: Desk, receiver: Client):
    dossier = received(desk)
    address, asked = f"/ho-so/{dossier.pk}/tep/", []
    for some in (range(1), range(1, 10)):
        for number in some:
            file = stored(pdf(1 + number), by=desk.receiver)
            cited(file, ("dossiers.Component", paper_of(dossier, "form").pk), now=at("23 09:00") + timedelta(number))
        receiver.get(address)
        with CaptureQueriesContext(connection) as counted:
            receiver.get(address)
        asked.append(len(counted))
    assert asked[0] == asked[1] <= 9


def test_a_paper_with_a_file_alone_is_there():
    assert not Paper("Đơn").is_there and Paper("Đơn", files=[StoredFile()]).is_there
    assert Intake(Person("Lan")).papers == ()
