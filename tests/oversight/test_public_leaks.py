"""Whoever has no account finds no citizen's datum in what this room publishes, and nothing that is not published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any, Final
from urllib.parse import urljoin
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from cchc.oversight.actions.lists import approve_list, close_replies, draft_list, withdraw_list
from cchc.oversight.actions.publishing import Erratum, correct_list, expire_list, freeze_list, put_forward
from cchc.oversight.actions.replies import decide_about, reply_to
from cchc.oversight.models import ListedItem, MonthlyList
from tests.documents.reading import docx_text, pdf_text, squeezed, xlsx_text
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, completed, intake, received, taken
from tests.factories.oversight import refreshed
from tests.oversight.test_list_papers import published
from tests.oversight.test_list_rules import NOVEMBER, at, by, notified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
FIRST: Final = "/danh-sach-cham/"
FORMS: Final = ("json", "docx", "pdf", "xlsx")
PEOPLE: Final = (
    {"name": "Đinh Thị Bưởi", "number": "062300098761", "phone": "0987000111", "address": "Làng Kon Brăp Ju"},
    {"name": "Y Blưn Niê", "number": "062300098762", "phone": "0987000222", "address": "Thôn 7 Tân Lập"},
)
SECRETS: Final = tuple(squeezed(one) for person in PEOPLE for one in person.values())
READERS: Final = {"docx": docx_text, "pdf": pdf_text, "xlsx": xlsx_text}


@pytest.fixture
def drafted(desk: Desk) -> MonthlyList:
    """Both dossiers lie with one settler."""
    for person in PEOPLE:
        dossier = received(desk, intake=intake(next(iter(desk.procedures.values())), **person))
        completed(desk, dossier, "receive", desk.receiver, "23 08:30")
        taken(desk, dossier, "settle", desk.settler, "23 09:00")
    refreshed(at("07 09:00"))
    return draft_list(**by(desk.one_stop_head, "07 09:00"), unit=desk.commune, month=NOVEMBER)


def replied(list_: MonthlyList, desk: Desk) -> MonthlyList:
    """One reply and its decision speak of the citizens."""
    list_ = notified(list_, desk)
    said = " ".join(PEOPLE[0].values())
    item = ListedItem.objects.order_by("place")[0]
    reply_to(**by(desk.settler, "08 09:00"), item=item, text=f"Hồ sơ của {said}")
    decide_about(**by(desk.one_stop_head, "08 10:00"), item=item, accepts=False, reason=f"Đã hỏi {said}")
    return list_


def texts_of(address: str, answer: HttpResponse) -> str:
    """All that stands in it, whatever the format; also where no reader looks: properties, every part of the package."""
    content = answer.content if not answer.streaming else answer.getvalue()
    form = address.partition("?")[0].rpartition(".")[2]
    if form not in READERS:
        return content.decode()
    parts = [READERS[form](content)]
    if form == "pdf":
        parts.append(content.decode("latin-1"))
    else:
        with ZipFile(BytesIO(content)) as package:
            parts += [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    return "\n".join(parts)


def crawled(client: Client) -> dict[str, str]:
    """Every page and file below the public index, by following what links lead to."""
    found, waiting = dict[str, str](), [FIRST]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["X-Robots-Tag"].startswith("noindex"), address
        found[address] = texts_of(address, answer)
        links = re.findall(r'href="([^"#]+)"', found[address])
        waiting += [one for link in links if (one := urljoin(address, link)).startswith(FIRST)]
    return found


def leaked(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(address, secret) for address, text in texts.items() for secret in SECRETS if secret in squeezed(text)]


def addresses(stem: str) -> Iterator[str]:
    """Wherever a list would stand, alone or compiled."""
    yield f"{FIRST}tong-hop/{stem}/"
    for form in ("docx", "pdf", "xlsx"):
        yield f"{FIRST}tong-hop/{stem}.{form}"
    yield f"{FIRST}{stem}/"
    yield f"{FIRST}{stem}/?ban=1"
    for form in FORMS:
        yield f"{FIRST}{stem}.{form}"
        yield f"{FIRST}{stem}.{form}?ban=1"


def answered(client: Client, stem: str) -> list[tuple[int, str]]:
    """What stands there, but for the address itself and what differs with every request."""
    told = []
    for address in addresses(stem):
        answer = client.get(address)
        text = re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
        told.append((answer.status_code, re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text.replace(stem, "…"))))
    return told


def nothing_there(client: Client) -> None:
    """The same answer as for a unit and a month that never had a list."""
    assert answered(client, "xa-mot/2026-11") == answered(client, "xa-khong/2026-11")
    assert answered(client, "tinh/2026-11") == answered(client, "tinh-khong/2026-11"), "compiled of nothing"
    assert {status for status, _text in answered(client, "xa-mot/2026-11")} == {404}
    assert "tong-hop" not in client.get(FIRST).content.decode()
    assert "xa-mot" not in client.get(FIRST).content.decode()


@pytest.mark.requirement(66, 125)
def test_what_is_published_tells_of_no_citizen(drafted: MonthlyList, desk: Desk, today: Any):
    list_ = published(replied(drafted, desk), desk)
    erratum = Erratum(1, 1, "Đính chính thời gian", False)
    correct_list(**by(desk.head, "12 08:00"), list_=list_, expected_version=list_.version, erratum=erratum)
    today.move_to(at("12 09:00"))
    found = crawled(Client())
    stem = f"{FIRST}xa-mot/2026-11"
    assert {FIRST, f"{stem}/", f"{stem}/?ban=1", f"{stem}/?ban=2"} <= found.keys()
    assert {f"{stem}.{form}" for form in FORMS} <= found.keys()
    assert {f"{stem}.{form}?ban=1" for form in FORMS if form != "json"} <= found.keys(), "an earlier version on paper"
    compiled = f"{FIRST}tong-hop/tinh/2026-11"
    assert {f"{compiled}/", *(f"{compiled}.{form}" for form in READERS)} <= found.keys()
    codes = ListedItem.objects.values_list("code", flat=True)
    assert all(squeezed(code) in squeezed(found[f"{stem}.{form}"]) for code in codes for form in FORMS)
    assert all(squeezed(code) in squeezed(found[f"{compiled}.{form}"]) for code in codes for form in READERS)
    assert leaked(found) == []


@pytest.mark.parametrize("form", READERS)
def test_the_search_would_find_a_leak(drafted: MonthlyList, desk: Desk, form: str):
    """What those in office take along has the reply, which names a citizen."""
    address = f"/theo-doi/danh-sach/{replied(drafted, desk).pk}/tai/{form}/"
    text = texts_of(f"a.{form}", client_of(desk.one_stop_head).get(address))
    assert {secret for _address, secret in leaked({form: text})} == {squeezed(one) for one in PEOPLE[0].values()}


@pytest.mark.requirement(66, 125)
def test_what_is_not_published_is_not_there(drafted: MonthlyList, desk: Desk, today: Any):
    today.move_to(at("11 15:00"))
    client, list_ = Client(), replied(drafted, desk)
    nothing_there(client)
    version = {"expected_version": list_.version}
    list_ = close_replies(**by(desk.one_stop_head, "11 09:00"), list_=list_, **version)
    for act, person in ((approve_list, desk.head), (put_forward, desk.one_stop_head), (freeze_list, desk.head)):
        list_ = act(**by(person, "11 10:00"), list_=list_, expected_version=list_.version)
        nothing_there(client)
    for address in (f"/theo-doi/danh-sach/{list_.pk}/", f"/theo-doi/danh-sach/{list_.pk}/tai/docx/"):
        assert client.get(address).status_code == 404, address


@pytest.mark.requirement(66)
def test_what_left_the_page_is_not_there_any_more(drafted: MonthlyList, desk: Desk, today: Any):
    list_ = published(drafted, desk)
    today.move_to(at("11 15:00"))
    client = Client()
    assert client.get(f"{FIRST}xa-mot/2026-11.pdf").status_code == 200
    assert list_.expires_on is not None
    expired_at = at("11 15:00") + timedelta(days=(list_.expires_on - localdate(at("11 15:00"))).days + 1)
    today.move_to(expired_at)
    nothing_there(client)
    expire_list(actor=by(desk.head, "11 15:00")["actor"], now=expired_at, list_=list_)
    nothing_there(client)


def test_a_withdrawn_list_is_not_there_any_more(drafted: MonthlyList, desk: Desk, today: Any):
    list_ = published(drafted, desk)
    withdraw_list(**by(desk.head, "11 14:30"), list_=list_, expected_version=list_.version, reason="Nhầm tháng")
    today.move_to(at("11 15:00"))
    nothing_there(Client())
