"""Printed forms on pages: each where its case exists, in the set of its day, in Vietnamese for every reader."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from cchc.audit.recording import unguarded
from cchc.dossiers.actions import ending, pausing
from cchc.dossiers.actions.intake import refuse_intake
from cchc.dossiers.models import Dossier, DossierEvent, StepInstance
from cchc.interface.templatetags.figures import until
from cchc.slips.hand_overs import hand_overs
from tests.factories.clients import client_of
from tests.factories.dossiers import BIRTH, Desk, completed, intake, now_of, received, settled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LAST_OF_2018 = datetime(2025, 6, 30, 3, 0, tzinfo=UTC)
FIRST_OF_2025 = datetime(2025, 7, 1, 3, 0, tzinfo=UTC)


def said(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def words_of(page: str) -> str:
    """The sheet without its markup."""
    sheet = page[page.index("<article") : page.rindex("</article>")]
    return " ".join(re.sub(r"<[^>]+>", " ", sheet).split())


def act_at(dossier: Dossier, act: str, moment: datetime) -> DossierEvent:
    """The same act once more, as if it had happened then: what is written of one never changes."""
    event = DossierEvent.objects.filter(dossier=dossier, act=act).order_by("pk")[0]
    event.pk, event.at, event._state.adding = None, moment, True
    with unguarded():
        event.save()
    return event


def supplemented(desk: Desk) -> Dossier:
    dossier = received(desk)
    more: dict[str, Any] = {
        "reason_code": "missing_papers",
        "asked": "Giấy chứng sinh: nộp bản chính\nTờ khai: ghi lại mục 3",
    }
    return pausing.ask_supplement(
        **desk.as_(desk.receiver, "23 09:00"), dossier=dossier, expected_version=dossier.version, **more
    )


def refused(desk: Desk) -> Dossier:
    procedure = desk.procedures[BIRTH]
    return refuse_intake(
        **desk.as_(desk.receiver, "23 09:00"), unit=desk.commune, procedure=procedure, intake=intake(procedure),
        reason_code="not_competent", reason="Nộp tại xã Hai",
    )  # fmt: skip


def stopped(desk: Desk) -> Dossier:
    dossier = received(desk)
    return ending.stop(
        **desk.as_(desk.head, "23 10:00"), dossier=dossier, expected_version=dossier.version,
        reason_code="not_eligible", reason="Không đủ điều kiện cư trú",
    )  # fmt: skip


@pytest.mark.requirement(43)
def test_the_receiving_slip_says_what_was_promised(desk: Desk):
    dossier = received(desk)
    sheet = words_of(said(client_of(desk.receiver), f"/ho-so/{dossier.pk}/phieu/"))
    for part in (
        "Ủy ban nhân dân xã Một", "Trung tâm Phục vụ hành chính công", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Một, ngày 23 tháng 11 năm 2026", "Mẫu số 01 · Thông tư 03/2025/TT-VPCP", dossier.code, dossier.slip.token,
        "Trần Thị Lan", "Thôn 1", "08:00, 23/11/2026", until(dossier.first_due_at), "Lê Thị Bình", "SHA-256",
    ):  # fmt: skip
        assert part in sheet, part


@pytest.mark.requirement(43)
@pytest.mark.parametrize(
    ("moment", "source", "desk_name"),
    [
        (LAST_OF_2018, "Thông tư 01/2018/TT-VPCP", "Bộ phận Tiếp nhận và Trả kết quả"),
        (FIRST_OF_2025, "Thông tư 03/2025/TT-VPCP", "Trung tâm Phục vụ hành chính công"),
    ],
)
def test_a_form_is_of_the_set_of_the_day_of_its_act(desk: Desk, moment: datetime, source: str, desk_name: str):
    receiver = client_of(desk.receiver)
    for make, act, number in (
        (supplemented, "ask_supplement", "02"),
        (refused, "refuse", "03"),
        (received, "receive", "01"),
    ):
        dossier = make(desk)
        event = act_at(dossier, act, moment)
        sheet = words_of(said(receiver, f"/ho-so/{dossier.pk}/phieu/viec/{event.pk}/"))
        assert f"Mẫu số {number} · {source}" in sheet and desk_name in sheet
    with unguarded():
        Dossier.objects.filter(pk=dossier.pk).update(received_at=moment)
    control = words_of(said(receiver, f"/ho-so/{dossier.pk}/phieu/kiem-soat/"))
    assert f"Mẫu số {'05' if moment == LAST_OF_2018 else '06'} · {source}" in control


@pytest.mark.requirement(43)
def test_there_is_no_stop_notice_before_its_set(desk: Desk):
    head, dossier = client_of(desk.head), stopped(desk)
    event = DossierEvent.objects.get(dossier=dossier, act="stop")
    address = f"/ho-so/{dossier.pk}/phieu/viec/{event.pk}/"
    sheet = words_of(said(head, address))
    assert "Thông báo dừng giải quyết hồ sơ" in sheet and "Không đủ điều kiện cư trú" in sheet and "Mẫu số 05" in sheet
    assert address in said(head, f"/ho-so/{dossier.pk}/")
    earlier = f"/ho-so/{dossier.pk}/phieu/viec/{act_at(dossier, 'stop', LAST_OF_2018).pk}/"
    assert "không có “Thông báo dừng giải quyết hồ sơ”" in said(head, earlier, 422)
    assert earlier not in said(head, f"/ho-so/{dossier.pk}/")


@pytest.mark.requirement(43)
def test_what_is_missing_stands_line_by_line_with_who_guides(desk: Desk):
    dossier = supplemented(desk)
    event = DossierEvent.objects.get(dossier=dossier, act="ask_supplement")
    sheet = words_of(said(client_of(desk.receiver), f"/ho-so/{dossier.pk}/phieu/viec/{event.pk}/"))
    assert "1 Giấy chứng sinh: nộp bản chính" in sheet and "2 Tờ khai: ghi lại mục 3" in sheet
    assert "Thiếu thành phần hồ sơ" in sheet and "Lê Thị Bình" in sheet and "……/HDHS" in sheet
    assert "tính tiếp" in sheet or "tính lại từ đầu" in sheet


def test_the_form_is_vietnamese_for_every_reader_and_the_page_is_not(desk: Desk):
    dossier = received(desk)
    page = said(client_of(desk.receiver), f"/en/ho-so/{dossier.pk}/phieu/")
    assert "Result due" not in page and "Hẹn trả" in page and "To the dossier" in page


def test_forms_stand_on_the_page_of_the_dossier_only_where_their_case_exists(desk: Desk):
    receiver, dossier, other = client_of(desk.receiver), received(desk), refused(desk)
    page = said(receiver, f"/ho-so/{dossier.pk}/")
    for slug in ("", "kiem-soat/", "qua-trinh/", "ban-giao/"):
        assert f'"/ho-so/{dossier.pk}/phieu/{slug}"' in page
    assert "Phiếu yêu cầu bổ sung" not in page
    page = said(receiver, f"/ho-so/{other.pk}/")
    assert "03 · Phiếu từ chối" in page and f"/ho-so/{other.pk}/phieu/kiem-soat/" not in page
    for slug in ("kiem-soat/", "qua-trinh/", "ban-giao/"):
        assert "không có việc nào để in" in said(receiver, f"/ho-so/{other.pk}/phieu/{slug}", 422)
    begun = DossierEvent.objects.filter(dossier=dossier, act="begin").order_by("pk")[0]
    for event in (begun.pk, DossierEvent.objects.get(dossier=other, act="refuse").pk, 999999):
        said(receiver, f"/ho-so/{dossier.pk}/phieu/viec/{event}/", 422)


def test_a_stranger_sees_none(desk: Desk):
    dossier = received(desk)
    for slug in ("", "kiem-soat/", "qua-trinh/", "ban-giao/"):
        assert client_of(desk.stranger).get(f"/ho-so/{dossier.pk}/phieu/{slug}").status_code == 404


@pytest.mark.requirement(43)
def test_the_control_slip_goes_from_hand_to_hand(desk: Desk):
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    completed(desk, dossier, "settle", desk.settler, "27 16:00")
    steps = StepInstance.objects.filter(dossier=dossier).select_related("holder").order_by("place", "turn")
    events = DossierEvent.objects.filter(dossier=dossier).select_related("by", "holder").order_by("pk")
    found = [
        (one.step.step if one.step else "", one.giver, one.receiver, one.result)
        for one in hand_overs(dossier, steps, events)
    ]
    assert found == [
        ("receive", "", "Lê Thị Bình", "on_time"),
        ("settle", "Lê Thị Bình", "Trần Văn Cường", "late"),
        ("sign", "Trần Văn Cường", "", ""),
    ]
    sheet = words_of(said(client_of(desk.receiver), f"/ho-so/{dossier.pk}/phieu/kiem-soat/"))
    assert "Quá hạn" in sheet and "Hàng chờ chung" in sheet and "Trần Văn Cường" in sheet


def test_process_and_hand_over_print_what_they_have(desk: Desk):
    dossier = settled(desk, received(desk))
    receiver = client_of(desk.receiver)
    process = words_of(said(receiver, f"/ho-so/{dossier.pk}/phieu/qua-trinh/"))
    assert "Hoàn thành, chuyển bước" in process and "Nguyễn Văn Em" in process and "hệ thống" in process
    assert process.count("23/11/2026") > DossierEvent.objects.filter(dossier=dossier).count()
    both = words_of(said(receiver, f"/ho-so/{dossier.pk}/phieu/ban-giao/"))
    assert "Liên 1/2" in both and "Liên 2/2" in both and "Trần Văn Cường" in both
    assert now_of(dossier).state == "settled"


def test_the_hash_follows_what_the_form_says(desk: Desk):
    dossier, receiver = received(desk), client_of(desk.receiver)
    address = f"/ho-so/{dossier.pk}/phieu/"
    first = re.findall(r"<code>([0-9a-f]{16})</code>", said(receiver, address))
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False):
        assert re.findall(r"<code>([0-9a-f]{16})</code>", said(receiver, address)) == first, (
            "not of the time of printing"
        )
    with unguarded():
        Dossier.objects.filter(pk=dossier.pk).update(owner_name="Khác")
    assert re.findall(r"<code>([0-9a-f]{16})</code>", said(receiver, address)) != first
