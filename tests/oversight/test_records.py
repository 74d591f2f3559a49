"""The record of an official in a month: what was found, listed, replied, decided and corrected, on one page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.dossiers.models import Dossier
from cchc.organizations.models import Official
from cchc.oversight.actions.lists import approve_list, close_replies, draft_list
from cchc.oversight.actions.publishing import Erratum, correct_list, freeze_list, publish_list, put_forward
from cchc.oversight.actions.replies import decide_about, reply_to
from cchc.oversight.actions.verdicts import Found, give_verdict
from cchc.oversight.citations_lists import subject_of
from cchc.oversight.models import KeptDossier, ListedItem, MonthlyList
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk
from tests.factories.files import cited, stored
from tests.factories.organizations import grant, official
from tests.factories.oversight import check_conserved, finished, late_with, refreshed
from tests.factories.papers import basis
from tests.oversight.test_list_rules import NOVEMBER, at, by, notified

RECORD = "/theo-doi/can-bo/gq1/xa-mot/?thang=2026-11"
PAPER = ("Bien-ban-su-co.pdf", b"%PDF-1.7 may chu hong")


def contested(desk: Desk) -> MonthlyList:
    """Three dossiers lie with one settler; one is ended in November. Two are replied to, one with a file: accepted and
    refused. Of the refused one a verifier finds that only the click was late; its entry is put right after publication.
    """
    verifier = official("ks1", "Lý Thị Kim", desk.province)
    grant(verifier, "procedure_control_officer", desk.province, covers_subtree=True)
    made = [late_with(desk, f"{day} 08:00") for day in ("2", "3", "4")]
    finished(desk, made[0], "25")
    refreshed(at("07 09:00"))
    list_ = draft_list(**by(desk.one_stop_head, "07 09:00"), unit=desk.commune, month=NOVEMBER)
    list_ = notified(list_, desk)
    of_settler = ListedItem.objects.filter(listed__official=desk.settler).order_by("place")
    accepted, refused, _silent = of_settler
    for item, text in ((accepted, "Máy chủ hỏng"), (refused, "Đã ký đúng hạn")):
        reply_to(**by(desk.settler, "08 09:00"), item=item, text=text)
    cited(stored(PAPER[1], PAPER[0], now=at("08 09:00")), subject_of(accepted))
    decide_about(**by(desk.one_stop_head, "09 09:00"), item=accepted, accepts=True, reason="Có biên bản sự cố")
    decide_about(**by(desk.head, "09 10:00"), item=refused, accepts=False, reason="Không có minh chứng")
    found = Found("forgotten", "Kết quả ký ngày 05/11", "Văn bản 12/GKS")
    kept = KeptDossier.objects.get(pk=refused.kept_id)
    give_verdict(**by(verifier, "10 09:00"), kept=kept, found=found)
    list_.refresh_from_db()
    return published(list_, desk, refused)


def published(list_: MonthlyList, desk: Desk, wrong: ListedItem) -> MonthlyList:
    def step(act: Any, person: Official, when: str, **more: Any) -> MonthlyList:
        return act(**by(person, when), list_=list_, expected_version=list_.version, **more)

    list_ = step(close_replies, desk.one_stop_head, "11 09:00")
    list_ = step(approve_list, desk.head, "11 10:00")
    list_ = step(put_forward, desk.one_stop_head, "11 11:00")
    list_ = step(freeze_list, desk.head, "11 13:30")
    decision = {"decision_number": "20/QĐ-UBND", "decided_on": date(2026, 12, 11), "basis": basis(desk.province)}
    list_ = step(publish_list, desk.head, "11 15:00", **decision)
    erratum = Erratum(wrong.listed.place, wrong.place, "Tính nhầm một ngày lễ", struck=False)
    return step(correct_list, desk.head, "14 09:00", erratum=erratum)


@pytest.mark.django_db
@pytest.mark.requirement(59, 60, 71)
def test_reply_evidence_decision_verdict_and_erratum_stand_beside_the_dossier(desk: Desk, today: Any):
    contested(desk)
    check_conserved()
    today.move_to(at("14 10:00"))
    for reader in (desk.settler, desk.head):
        text = client_of(reader).get(RECORD).content.decode()
        said = text[text.index("Kết luận xác minh, phản hồi và quyết định") :]
        for one in ("Máy chủ hỏng", PAPER[0], "Có biên bản sự cố", "Chấp nhận phản hồi", "Đã ký đúng hạn",
                    "Không có minh chứng", desk.one_stop_head.name, "Văn bản 12/GKS", "Tính nhầm một ngày lễ",
                    "Không phản hồi"):  # fmt: skip
            assert one in said, (reader, one)
        assert said.count("Quá hạn do quên thao tác") == 1 and "Không có tệp kèm theo" in said
        rules = text[: text.index("Kết luận xác minh, phản hồi và quyết định")]
        assert rules.count("theo số liệu lúc chốt danh sách") == 2, "two lie on, their last stretch is of December now"
        for dossier in Dossier.objects.order_by("pk"):
            assert dossier.code in said and dossier.code in rules and str(dossier.owner_name) not in text
    assert "/theo-doi/phan/" in client_of(desk.head).get(RECORD).content.decode()
    assert "/theo-doi/phan/" not in client_of(desk.settler).get(RECORD).content.decode(), "the board is not theirs"


@pytest.mark.django_db
def test_who_does_not_see_the_list_sees_no_reply_and_a_draft_is_not_told(desk: Desk, today: Any):
    late_with(desk)
    refreshed(at("07 09:00"))
    list_ = draft_list(**by(desk.one_stop_head, "07 09:00"), unit=desk.commune, month=NOVEMBER)
    today.move_to(at("07 10:00"))
    assert "danh sách tháng 11/2026" not in client_of(desk.settler).get(RECORD).content.decode()
    notified(list_, desk)
    assert "danh sách tháng 11/2026" in client_of(desk.settler).get(RECORD).content.decode()
    assert client_of(desk.second_settler).get(RECORD).status_code == 403


@pytest.mark.django_db
def test_the_record_asks_nine_questions_at_most(desk: Desk, today: Any):
    contested(desk)
    today.move_to(at("14 10:00"))
    for reader in (desk.settler, desk.head):
        client = client_of(reader)
        with CaptureQueriesContext(connection) as asked:
            client.get(RECORD)
        assert len(asked) <= 9, [one["sql"][:90] for one in asked]
