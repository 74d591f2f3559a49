"""Pages of apologies: from what is owed to the letter sent, lists with their numbers, who may do what."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cchc.apologies.models import Letter, Mistake
from cchc.dossiers.models import Dossier
from tests.factories.apologies import NOT_KEPT, approved, drafted, mistaken, sent_for, signed, underway
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, at, now_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LIST = "/xin-loi/"


@pytest.fixture
def dossier(desk: Desk, today) -> Dossier:
    """Due on Monday the 16th at 08:00; it is the Thursday before."""
    made = underway(desk)
    today.move_to(at("12 09:00"))
    return made


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


@pytest.mark.requirement(14)
@pytest.mark.requirement(89)
def test_a_letter_goes_all_its_way_through_the_pages(desk: Desk, dossier: Dossier):
    settler, head, signer, receiver = map(client_of, (desk.settler, desk.one_stop_head, desk.signer, desk.receiver))
    page = said(settler, f"/ho-so/{dossier.pk}/")
    draft = f"/xin-loi/ho-so/{dossier.pk}/soan/khong-dung-hen-0/"
    assert draft in page and "08:00, 13/11/2026" in page and "Sẽ nợ" in page
    wrong = settler.post(draft, {"cause": "complex", "reason": "", "day": "20/11/2026"})
    assert wrong.status_code == 422 and 'value="20/11/2026"' in wrong.content.decode(), "nothing typed is lost"
    made = settler.post(draft, {"cause": "complex", "reason": "Mưa lũ", "day": "20/11/2026", "hour": ""})
    letter = Letter.objects.get()
    assert made.headers["Location"] == f"/xin-loi/{letter.pk}/"
    for client, slug, typed in (
        (head, "duyet", {}),
        (signer, "ky", {"number": "12/PXL"}),
        (receiver, "gui", {"way": "zalo", "sent_to": "0900000001", "day": "12/11/2026", "hour": "09:00"}),
    ):
        address = f"/xin-loi/{letter.pk}/viec/{slug}/"
        assert address in said(client, f"/xin-loi/{letter.pk}/"), "the next thing is offered"
        letter.refresh_from_db()
        done = client.post(address, {"version": letter.version, **typed})
        assert done.headers["Location"] == f"/xin-loi/{letter.pk}/", done.content.decode()
    letter.refresh_from_db()
    assert (letter.state, letter.way, letter.is_in_time) == ("sent", "zalo", True)
    assert now_of(dossier).due_at == at("20 17:00")
    assert "Gửi trong hạn" in said(receiver, f"/ho-so/{dossier.pk}/")
    printed = said(receiver, f"/xin-loi/{letter.pk}/in/")
    assert "Văn bản xin lỗi và đề nghị gia hạn" in printed and "17:00, 20/11/2026" in printed and "12/PXL" in printed


def test_every_number_opens_its_rows(desk: Desk, dossier: Dossier, today):
    others = [underway(desk, "2 09:00") for _ in range(3)]
    sent_for(desk, dossier, "12 09:00", new_due_at=at("20 17:00"))
    letter = drafted(desk, others[0], "12 09:00")
    sent_for(desk, others[1], "12 09:00", number="2")
    mistaken(desk, others[2], "12 09:00")
    today.move_to(at("13 10:00"))
    head = client_of(desk.head)
    lists = {
        "phai-gui": 3, "se-no": 0, "cho-duyet": 1, "cho-ky": 0, "cho-gui": 0, "da-gui": 2, "thang-phai-gui": 5,
        "thang-da-gui": 2, "thang-dung-han": 2, "thang-chua-gui": 3,
    }  # fmt: skip
    for which, number in lists.items():
        page = said(head, f"{LIST}?xem={which}&thang=2026-11")
        assert page.count('<th scope="row">') == number, which
        assert f"{number} văn bản" in page, which
    assert others[0].code in said(head, f"{LIST}?xem=cho-duyet") and letter.state == "drafted"
    assert said(head, f"{LIST}?xem=thang-phai-gui&thang=2026-10").count('<th scope="row">') == 0
    assert said(head, f"{LIST}?xem=x&thang=99999999-13")
    assert said(head, f"{LIST}?don-vi={desk.other.code}").count('<th scope="row">') == 0


def test_lists_ask_the_same_few_questions_at_any_length(desk: Desk, dossier: Dossier, today):
    today.move_to(at("13 10:00"))
    client = client_of(desk.head)
    said(client, LIST)

    def questions(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            said(client, address)
        return len(asked)

    addresses = [f"{LIST}?xem={which}" for which in ("phai-gui", "se-no", "cho-duyet", "thang-phai-gui")]

    def longer() -> list[int]:
        for hour in (8, 9, 10, 11):
            drafted(desk, underway(desk, f"2 {hour:02}:00"), "12 09:00")
        return [questions(address) for address in addresses]

    few = longer()
    assert longer() == few and max(few) <= 9


def test_a_list_goes_on_behind_its_first_page(desk: Desk, dossier: Dossier, today, monkeypatch):
    monkeypatch.setattr("cchc.interface.paging.PAGE_SIZE", 2)
    others = [underway(desk, "2 08:00") for _ in range(2)]
    today.move_to(at("13 10:00"))
    client = client_of(desk.head)
    first = said(client, LIST)
    second = said(client, f"{LIST}?sau={others[0].pk}")
    assert dossier.code in first and others[1].code not in first and f"sau={others[0].pk}" in first
    assert others[1].code in second and dossier.code not in second


@pytest.mark.requirement(124)
def test_who_may_do_what(desk: Desk, dossier: Dossier):
    draft, mistake = f"/xin-loi/ho-so/{dossier.pk}/soan/khong-dung-hen-0/", f"/xin-loi/ho-so/{dossier.pk}/sai-sot/"
    for person, may_draft, may_record in (
        (desk.settler, 200, 403), (desk.receiver, 200, 200), (desk.second_settler, 403, 403),
        (desk.head, 403, 200), (desk.stranger, 404, 404),
    ):  # fmt: skip
        client = client_of(person)
        assert (client.get(draft).status_code, client.get(mistake).status_code) == (may_draft, may_record), person
    letter = signed(desk, approved(desk, drafted(desk, dossier, "12 09:00"), "12 09:00"), "12 09:00")
    for slug in ("gui", "huy"):
        address = f"/xin-loi/{letter.pk}/viec/{slug}/"
        assert client_of(desk.settler).get(address).status_code == 403
        assert client_of(desk.stranger).get(address).status_code == 404
    assert client_of(desk.settler).get(f"/xin-loi/{letter.pk}/viec/x/").status_code == 404


def test_a_late_click_is_told_what_changed_and_may_save_again(desk: Desk, dossier: Dossier):
    letter = drafted(desk, dossier, "12 09:00")
    approved(desk, letter, "12 09:00")
    address = f"/xin-loi/{letter.pk}/viec/huy/"
    answer = client_of(desk.head).post(address, {"version": letter.version, "reason": "Không cần nữa"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Hoàng Thị Giang" in page and "Không cần nữa" in page
    assert f'name="version" value="{letter.version + 1}"' in page


@pytest.mark.requirement(14)
def test_a_mistake_is_recorded_and_stands_on_the_page_of_the_dossier(desk: Desk, dossier: Dossier):
    client = client_of(desk.receiver)
    address = f"/xin-loi/ho-so/{dossier.pk}/sai-sot/"
    assert "Mất, hư hỏng giấy tờ" in said(client, address) and "Vụ việc phức tạp" not in said(client, address)
    typed = {"cause": "lost_file", "text": "Mất đơn", "day": "12/11/2026", "hour": "08:00"}
    assert client.post(address, typed).headers["Location"] == f"/ho-so/{dossier.pk}/"
    mistake = Mistake.objects.get()
    page = said(client, f"/ho-so/{dossier.pk}/")
    assert f"/xin-loi/ho-so/{dossier.pk}/soan/sai-sot-{mistake.pk}/" in page and "Mất, hư hỏng giấy tờ" in page


def test_what_is_not_owed_is_not_drafted(desk: Desk, dossier: Dossier):
    client = client_of(desk.settler)
    for slug in ("khong-dung-hen-1", "sai-sot-1", "hen-lai-1", "x-1", "khong-dung-hen-x", "sai-sot-" + "9" * 30):
        assert client.get(f"/xin-loi/ho-so/{dossier.pk}/soan/{slug}/").status_code == 422, slug


def test_the_letter_reads_in_english_too(desk: Desk, dossier: Dossier):
    letter = drafted(desk, dossier, "12 09:00", NOT_KEPT, at("20 17:00"))
    page = said(client_of(desk.head), f"/en/xin-loi/{letter.pk}/in/")
    assert "Văn bản xin lỗi và đề nghị gia hạn" in page and "Dự thảo, chưa ký" in page, "forms are Vietnamese"
    assert "To the letter" in page
    assert "Drafted, to be approved" in said(client_of(desk.head), "/en/xin-loi/?xem=cho-duyet")


@pytest.mark.requirement(8)
def test_the_look_up_tells_of_letters_and_names_nobody(desk: Desk, dossier: Dossier):
    sent_for(desk, dossier, "12 09:00", new_due_at=at("20 17:00"))
    page = Client().post("/tra-cuu-ho-so/", {"ma": dossier.code, "phieu": dossier.slip.token}).content.decode()
    assert "Gửi văn bản xin lỗi" in page and "17:00, 20/11/2026" in page
    for word in (desk.settler.name, desk.signer.name, desk.receiver.name, "Chờ xác minh nơi cư trú", "0900000001"):
        assert word not in page


def test_what_shows_that_it_was_sent_is_added_by_who_sends_once_it_is_signed(desk: Desk, dossier: Dossier):
    letter = approved(desk, drafted(desk, dossier, "12 09:00"), "12 09:00")
    uploads = f"?cho=apologies.Letter:{letter.pk}"
    assert uploads not in said(client_of(desk.receiver), f"/xin-loi/{letter.pk}/")
    signed(desk, letter, "12 09:00")
    assert uploads in said(client_of(desk.receiver), f"/xin-loi/{letter.pk}/")
    assert uploads not in said(client_of(desk.settler), f"/xin-loi/{letter.pk}/")
