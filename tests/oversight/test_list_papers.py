"""The list of a month on paper: what the public and those in office take along says what the page says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest
from django.test import Client

from cchc.oversight.actions.publishing import Erratum, correct_list, publish_list
from cchc.oversight.actions.replies import decide_about, reply_to
from cchc.oversight.models import ListedItem, MonthlyList
from tests.documents.reading import docx_text, pdf_text, squeezed, xlsx_text
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk
from tests.factories.papers import basis
from tests.oversight.test_list_rules import at, by, drafted, frozen, notified

__all__ = ["drafted"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
READERS: Final[dict[str, Callable[[bytes], str]]] = {"docx": docx_text, "pdf": pdf_text, "xlsx": xlsx_text}
PUBLIC: Final = "/danh-sach-cham/xa-mot/2026-11"
OWNER: Final = "trầnthịlan"
"""Whose the dossiers are, as `texts` writes it."""


def published(list_: MonthlyList, desk: Desk) -> MonthlyList:
    list_ = frozen(list_, desk)
    given: dict[str, Any] = {
        "basis": basis(desk.province),
        "decision_number": "20/QĐ-UBND",
        "decided_on": date(2026, 12, 11),
    }
    return publish_list(
        **by(desk.head, "11 14:00"), list_=list_, expected_version=list_.version, **given
    )  # fmt: skip


def texts(client: Client, stem: str, query: str = "") -> dict[str, str]:
    """What each format says, without blanks and capitals."""
    found = {}
    for form, read in READERS.items():
        answer = client.get(f"{stem}.{form}{query}" if stem.startswith("/danh-sach-cham") else f"{stem}{form}/")
        assert answer.status_code == 200, (stem, form)
        found[form] = squeezed(read(answer.content)).casefold()
    return found


def said(texts_: dict[str, str], *words: str) -> None:
    """In every format."""
    for form, text in texts_.items():
        for one in words:
            assert squeezed(one).casefold() in text, (form, one)


@pytest.mark.requirement(66, 126)
def test_the_public_takes_along_what_the_page_says(drafted: MonthlyList, desk: Desk, today: Any):
    list_ = published(drafted, desk)
    today.move_to(at("11 15:00"))
    codes = list(ListedItem.objects.values_list("code", flat=True))
    found = texts(Client(), PUBLIC)
    said(found, "Ủy ban nhân dân xã Một", "Kèm theo Quyết định số 20/QĐ-UBND", "ngày 11 tháng 12 năm 2026")
    said(found, desk.settler.name, *codes, "2 mục hồ sơ quá hạn", "giờ làm việc", list_.basis.citation)
    said(found, list_.versions.get().content_hash)
    assert not any(OWNER in text or "phút" in text for text in found.values())

    erratum = Erratum(1, 2, "Tòa án hủy kết luận", True)
    correct_list(**by(desk.head, "12 08:00"), list_=list_, expected_version=list_.version, erratum=erratum)
    said(texts(Client(), PUBLIC), "Tòa án hủy kết luận", "Không tính", "1 mục hồ sơ quá hạn", "Bản 2")
    said(texts(Client(), PUBLIC, "?ban=1"), "2 mục hồ sơ quá hạn", "Bản 1")


@pytest.mark.requirement(66, 68)
def test_those_in_office_take_along_replies_and_decisions(drafted: MonthlyList, desk: Desk, today: Any):
    client, address = client_of(desk.one_stop_head), f"/theo-doi/danh-sach/{drafted.pk}/tai/"
    said(texts(client, address), desk.settler.name, "2 mục hồ sơ quá hạn")
    notified(drafted, desk)
    first = ListedItem.objects.order_by("place")[0]
    reply_to(**by(desk.settler, "08 09:00"), item=first, text="Máy chủ hỏng")
    decide_about(**by(desk.one_stop_head, "08 10:00"), item=first, accepts=True, reason="Có biên bản")
    found = texts(client, address)
    said(found, "Máy chủ hỏng", "Có biên bản", "số 15/TB", "1 mục chỉ giữ trong hồ sơ")
    assert not any(OWNER in text for text in found.values())


def test_what_is_not_handed_out_is_not_found(drafted: MonthlyList, desk: Desk, today: Any):
    today.move_to(at("11 15:00"))
    public = Client()
    before = {form: public.get(f"{PUBLIC}.{form}") for form in ("docx", "pdf", "xlsx", "json", "exe")}
    assert {one.status_code for one in before.values()} == {404}
    published(drafted, desk)
    assert public.get(f"{PUBLIC}.pdf").status_code == 200
    assert public.get(f"{PUBLIC}.exe").status_code == 404
    assert public.get(f"{PUBLIC}.pdf?ban=7").status_code == 404
    assert client_of(desk.settler).get(f"/theo-doi/danh-sach/{drafted.pk}/tai/pdf/").status_code == 404
    assert client_of(desk.one_stop_head).get(f"/theo-doi/danh-sach/{drafted.pk}/tai/exe/").status_code == 404
