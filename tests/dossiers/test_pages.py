"""Pages of dossiers: the counter, the desk, one dossier with its acts; the same questions at any size."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cchc.audit.recording import unguarded
from cchc.dossiers.models import Dossier, StepInstance
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, at, completed, now_of, received, settled, step_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
COUNTER = "/ho-so/tiep-nhan/xa-mot/"
TYPED = {
    "owner_name": "Trần Thị Lan", "owner_number": "001300012345", "channel": "direct", "originals_form": "1",
    "originals_birth_note": "1", "lam": "receive",
}  # fmt: skip


@pytest.fixture
def receiver(desk: Desk) -> Client:
    return client_of(desk.receiver)


def said(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize(("minute", "word"), [("17:00", "Đúng hạn"), ("17:01", "đã quá hạn"), ("19:00", "đã quá hạn")])
def test_what_was_done_after_hours_is_late_though_no_working_minute_had_gone_by(
    desk: Desk, receiver: Client, minute: str, word: str
):
    dossier = settled(desk, received(desk))
    with unguarded():
        Dossier.objects.filter(pk=dossier.pk).update(
            first_due_at=at("25 17:00"),
            due_at=at("25 17:00"),
            settled_at=at(f"25 {minute}"),
            ended_at=at(f"25 {minute}"),
        )
    page = said(receiver, f"/ho-so/{dossier.pk}/")
    lead = page[page.index('class="lead"') : page.index("</p>", page.index('class="lead"'))]
    assert word in lead


@pytest.mark.requirement(43)
def test_a_whole_way_through_the_pages(desk: Desk, receiver: Client):
    assert receiver.get("/ho-so/tiep-nhan/").headers["Location"] == COUNTER
    found = receiver.get(f"{COUNTER}?tim=khai+sinh")
    assert found.headers["Location"] == f"{COUNTER}MAU-001/", "without tone marks, the only one found is opened"
    assert "15:00, 25/11/2026" in said(receiver, f"{COUNTER}MAU-001/"), (
        "the appointment stands there before anything is"
    )
    made = receiver.post(f"{COUNTER}MAU-001/", TYPED)
    dossier = Dossier.objects.get()
    assert made.headers["Location"] == f"/ho-so/{dossier.pk}/phieu/"
    slip = said(receiver, made.headers["Location"])
    assert dossier.code in slip and dossier.slip.token in slip and "<svg" in slip and "15:00, 25/11/2026" in slip
    hands = {"receive": desk.receiver, "settle": desk.settler, "sign": desk.signer, "return": desk.receiver}
    for id_, person in hands.items():
        client, step = client_of(person), step_of(dossier, id_)
        if step.holder is None:
            taken = client.post(f"/ho-so/buoc/{step.pk}/nhan/", {"version": step.dossier.version})
            assert taken.status_code == 302
        given = {"version": now_of(dossier).version}
        if id_ == "return":
            given |= {"result_number": "12/GKS", "result_on": "23/11/2026"}
        assert client.post(f"/ho-so/buoc/{step.pk}/hoan-thanh/", given).status_code == 302
    assert now_of(dossier).state == "settled"
    assert dossier.code in said(receiver, "/ho-so/?xem=cho-tra")
    left = {"version": now_of(dossier).version, "to": "Lan", "way": "counter"}
    gone = receiver.post(f"/ho-so/{dossier.pk}/viec/tra-ket-qua/", left)
    assert gone.status_code == 302 and now_of(dossier).state == "returned"
    page = said(receiver, f"/ho-so/{dossier.pk}/")
    assert "12/GKS" in page and "Đúng hạn" in page


@pytest.mark.requirement(88)
def test_what_is_refused_keeps_what_was_typed_and_has_a_slip_of_its_own(receiver: Client):
    without = {name: value for name, value in TYPED.items() if name != "originals_birth_note"}
    answer = receiver.post(f"{COUNTER}MAU-001/", without)
    shown = answer.content.decode()
    assert answer.status_code == 422 and "Giấy chứng sinh" in shown and "Trần Thị Lan" in shown
    refused = without | {"lam": "refuse", "refuse_code": "missing_papers", "refuse_reason": "Thiếu giấy chứng sinh"}
    made = receiver.post(f"{COUNTER}MAU-001/", refused)
    slip = said(receiver, made.headers["Location"])
    assert "Phiếu từ chối" in slip and "Thiếu giấy chứng sinh" in slip and "<svg role" not in slip
    assert Dossier.objects.get().state == "refused"


def test_a_second_one_of_the_same_owner_is_warned_about_and_may_be_received_all_the_same(desk: Desk, receiver: Client):
    first = received(desk)
    answer = receiver.post(f"{COUNTER}MAU-001/", TYPED)
    assert answer.status_code == 422 and first.code in answer.content.decode()
    assert receiver.post(f"{COUNTER}MAU-001/", TYPED | {"is_no_duplicate": "on"}).status_code == 302


def test_who_comes_second_is_told_and_may_save_again(desk: Desk, receiver: Client):
    dossier = received(desk)
    address = f"/ho-so/{dossier.pk}/viec/yeu-cau-bo-sung/"
    typed = {"version": "1", "reason_code": "missing_papers", "reason": "Giấy chứng sinh"}
    answer = receiver.post(address, typed)
    shown = answer.content.decode()
    assert answer.status_code == 409 and "vừa cập nhật hồ sơ" in shown and "Giấy chứng sinh" in shown
    assert f'value="{now_of(dossier).version}"' in shown
    assert receiver.post(address, typed | {"version": now_of(dossier).version}).status_code == 302


@pytest.mark.parametrize("slug", ["nhan-bo-sung", "ghi-nhan-nop", "xu-ly-tiep", "tra-ket-qua", "khong-co"])
def test_what_is_not_possible_now_says_why(desk: Desk, slug: str):
    dossier = received(desk)
    for person in (desk.receiver, desk.head):
        assert client_of(person).get(f"/ho-so/{dossier.pk}/viec/{slug}/").status_code in {403, 404, 422}


def test_every_act_has_a_page(desk: Desk):
    dossier = received(desk)
    head, receiver = client_of(desk.head), client_of(desk.receiver)
    for slug in ("tam-dung", "hen-lai", "dung"):
        assert head.get(f"/ho-so/{dossier.pk}/viec/{slug}/").status_code == 200
    for slug in ("yeu-cau-bo-sung", "yeu-cau-nop", "ghi-ket-qua", "rut"):
        assert receiver.get(f"/ho-so/{dossier.pk}/viec/{slug}/").status_code == 200
    step = step_of(dossier, "receive")
    assert head.get(f"/ho-so/buoc/{step.pk}/phan-cong/").status_code == 200
    for slug in ("hoan-thanh", "tra-ve-hang-cho", "chuyen-tra"):
        assert receiver.get(f"/ho-so/buoc/{step.pk}/{slug}/").status_code == 200
    completed(desk, dossier, "receive", desk.receiver, "23 15:00")
    assert receiver.get(f"/ho-so/buoc/{step.pk}/lam-xong-thuc-te/").status_code == 200


def test_why_this_date_says_each_move(desk: Desk):
    dossier = received(desk)
    head = client_of(desk.head)
    put_off = {
        "version": dossier.version, "reason_code": "complex", "reason": "Cần xác minh", "day": "30/11/2026", "hour": "",
    }  # fmt: skip
    assert head.post(f"/ho-so/{dossier.pk}/viec/hen-lai/", put_off).status_code == 302
    page = said(head, f"/ho-so/{dossier.pk}/vi-sao/")
    assert "Ngày Văn hóa Việt Nam" in page and "Hẹn lại theo quyết định" in page and "17:00, 30/11/2026" in page


@pytest.mark.parametrize("which", ["cua-toi", "hang-cho", "dang-xu-ly", "cho-tra", "tat-ca"])
def test_a_desk_asks_as_often_with_one_dossier_as_with_ten(desk: Desk, receiver: Client, which: str):
    address = f"/ho-so/?xem={which}"

    def fill(number: int) -> None:
        for _ in range(number):
            received(desk)
            settled(desk, received(desk))
            completed(desk, received(desk), "receive", desk.receiver, "23 08:10")

    fill(1)
    receiver.get(address)
    with CaptureQueriesContext(connection) as few:
        assert receiver.get(address).status_code == 200
    fill(4)
    with CaptureQueriesContext(connection) as many:
        assert receiver.get(address).status_code == 200
    assert len(few) == len(many)


def test_a_dossier_is_read_in_as_many_questions_however_much_happened(desk: Desk, receiver: Client):
    one, other = received(desk), settled(desk, received(desk))
    receiver.get(f"/ho-so/{one.pk}/")
    with CaptureQueriesContext(connection) as few:
        receiver.get(f"/ho-so/{one.pk}/")
    with CaptureQueriesContext(connection) as many:
        receiver.get(f"/ho-so/{other.pk}/")
    assert len(many) <= len(few) <= 16


def test_the_worst_stands_first_and_words_without_tone_marks_find(desk: Desk, receiver: Client):
    late, fresh = received(desk, when="19 08:00"), received(desk)
    page = said(receiver, "/ho-so/")
    assert page.index(late.code) < page.index(fresh.code) and "quá hạn" in page
    assert late.code in said(receiver, "/ho-so/?xem=tat-ca&tim=tran+thi+lan")
    assert late.code not in said(receiver, "/ho-so/?xem=tat-ca&tim=nguyen")
    assert StepInstance.objects.filter(state="held").count() == 2
