"""The notice of a list on paper: to whom, about which entries, until when, in a wording that names what it may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from string import Formatter
from typing import Any, Final
from zipfile import ZipFile

import pytest
from django.test import Client

from cchc.oversight.models import ListedItem, ListNotice, MonthlyList
from cchc.oversight.notice_papers import NAMES, Wording, wordings_on
from cchc.oversight.queries import lists as queries
from tests.documents.reading import docx_text, pdf_text, squeezed
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk
from tests.oversight.test_list_rules import drafted, notified

__all__ = ["drafted"]
LISTS: Final = "/theo-doi/danh-sach/"
READERS: Final[dict[str, Callable[[bytes], str]]] = {"docx": docx_text, "pdf": pdf_text}


def told(client: Client, notice: ListNotice, form: str) -> str:
    answer = client.get(f"{LISTS}thong-bao/{notice.pk}/tai/{form}/")
    assert answer.status_code == 200
    return squeezed(READERS[form](answer.content))


@pytest.mark.django_db
@pytest.mark.requirement(68, 126)
@pytest.mark.parametrize("form", READERS)
def test_who_is_named_and_the_head_take_their_notice_along(drafted: MonthlyList, desk: Desk, form: str):
    notified(drafted, desk)
    codes = [squeezed(one) for one in ListedItem.objects.values_list("code", flat=True)]
    for person, words in ((desk.settler, "phản hồi từng mục"), (desk.head, "Đề nghị người đứng đầu đơn vị")):
        text = told(client_of(person), ListNotice.objects.get(recipient=person), form)
        for one in ("Số: 15/TB", "ngày 07 tháng 12 năm 2026", desk.settler.name, words, "24:00 ngày 10/12/2026"):
            assert squeezed(one) in text, one
        assert all(code in text for code in codes)
    stranger = client_of(desk.second_settler)
    assert stranger.get(f"{LISTS}thong-bao/{ListNotice.objects.first().pk}/tai/{form}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.requirement(68)
def test_all_are_taken_along_in_parts(drafted: MonthlyList, desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queries, "PART", 1)
    keeper, address = client_of(desk.one_stop_head), f"{LISTS}{drafted.pk}/thong-bao/"
    assert keeper.get(f"{address}1/").status_code == 404, "nobody was told yet"
    notified(drafted, desk)
    number = ListNotice.objects.count()
    assert number == 2
    page = keeper.get(f"{LISTS}{drafted.pk}/").content.decode()
    names = set[str]()
    for part in range(1, number + 1):
        assert f'"{address}{part}/"' in page
        with ZipFile(BytesIO(keeper.get(f"{address}{part}/").content)) as package:
            names |= set(package.namelist())
            assert all("THÔNGBÁO" in squeezed(docx_text(package.read(name))).upper() for name in package.namelist())
    assert names == {f"thong-bao-{one.pk}.docx" for one in ListNotice.objects.all()}
    for part in (0, number + 1, 10**30):
        assert keeper.get(f"{address}{part}/").status_code == 404
    assert client_of(desk.settler).get(f"{address}1/").status_code == 404


def test_a_wording_names_nothing_else():
    found: Any = wordings_on(date(2026, 11, 1))
    assert not found.verification.verified
    for wording in (found.value.named, found.value.head):
        assert isinstance(wording, Wording)
        for text in (wording.summary, wording.opening, *wording.after, wording.closing):
            named = {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}
            assert named <= set(NAMES), text
