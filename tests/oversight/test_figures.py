"""Every figure on every page of the room opens rows that come to exactly it: a test walks them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape

import pytest
from django.test import Client

from cchc.dossiers.models import Dossier
from cchc.organizations.models import Official
from cchc.organizations.viewers import actor_of
from cchc.oversight.actions.verdicts import Found, give_verdict
from cchc.oversight.figures import FIGURES
from cchc.oversight.models import KeptDossier
from tests.factories.clients import client_of
from tests.factories.dossiers import ZONE, Desk, at
from tests.factories.oversight import busy_month, check_conserved, finished, refreshed

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(57, 59, 71)]
ROWS, STRETCHES = "/theo-doi/phan/", "/theo-doi/quy-trinh/doan/"
FIGURE = re.compile(rf'<a class="figure" href="((?:{ROWS}|{STRETCHES})[^"]+)">([^<]+)</a>')
SUM = re.compile(r"data-sum>([^<]+)<")
LINE = re.compile(r'<th scope="row"><div><a class="figure" href="/theo-doi/ho-so/.*?</tr>', re.DOTALL)
CELLS = {
    "phut": re.compile(r'data-label="Phút quá hạn">([^<]+)<'),
    "buoc": re.compile(r'data-label="Số bước">([^<]+)<'),
    "buoc-qua-han": re.compile(r'Bước bị tính: <span class="figure">([^<]+)<'),
}
"""Where a row says what it adds to a figure that is a sum; of others every row counts once."""
NEWS = datetime(2026, 12, 7, 10, tzinfo=ZONE)


@pytest.fixture
def two_months(desk: Desk) -> Desk:
    """One of the late dossiers ended in November, the others lie on in December; a verifier found something of two."""
    busy_month(desk)
    first, second = Dossier.objects.order_by("pk")[:2]
    finished(desk, first, "25")
    refreshed(at("26 10:00"))
    verifier = actor_of(Official.objects.get(code="ks1"))
    for one, found in ((first, Found("forgotten", "Có giấy", "Văn bản 12")), (second, Found("real", "Chưa có"))):
        give_verdict(actor=verifier, now=at("26 14:00"), kept=KeptDossier.objects.get(own=one), found=found)
    refreshed(NEWS, is_whole=True)
    check_conserved()
    return desk


def said(text: str) -> int:
    """`1.234`."""
    return int(text.replace(".", ""))


def figures_on(client: Client, address: str) -> Iterator[tuple[str, int]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    for found, number in FIGURE.findall(answer.content.decode()):
        yield unescape(found), said(number)


def what_rows_come_to(client: Client, address: str) -> tuple[int, int]:
    """As the page says it, and as one adds it up."""
    page = client.get(address).content.decode()
    lines = LINE.findall(page)
    assert len(lines) < 100, "all stand on one page"
    figure = re.search(r"con-so=([a-z-]+)", address)
    cell = CELLS.get(figure[1]) if figure else None
    counted = len(lines) if cell is None else sum(said(one) for line in lines for one in cell.findall(line))
    (shown,) = SUM.findall(page) if ROWS in address else [str(counted)]
    return said(shown), counted


def pages(desk: Desk) -> Iterator[str]:
    """The board, twelve months and where time goes, of a province and a commune, by month, procedure and role."""
    for path in ("/theo-doi/", "/theo-doi/cac-thang/", "/theo-doi/quy-trinh/"):
        for unit in ("tinh", "xa-mot"):
            for month in ("2026-11", "2026-12"):
                for more in ("", "&vai-tro=settling_official", "&thu-tuc=MAU-002", "&thu-tuc=MAU-001&vai-tro=x"):
                    yield f"{path}?don-vi={unit}&thang={month}{more}"


def test_every_figure_opens_rows_that_come_to_it(two_months: Desk, today):
    today.move_to(NEWS)
    client, seen = client_of(Official.objects.get(code="ks1")), dict[str, int]()
    for page in pages(two_months):
        for address, number in figures_on(client, page):
            assert seen.setdefault(address, number) == number, f"{address} is another number on {page}"
    for address, number in seen.items():
        assert what_rows_come_to(client, address) == (number, number), address
    kinds = {found[1] for one in seen if (found := re.search(r"con-so=([a-z-]+)", one))}
    assert kinds == FIGURES.keys(), "each kind of figure was on some page"
    assert sum(STRETCHES in one for one in seen) > 6


def test_what_is_overdue_is_what_was_found_and_what_nobody_decided(two_months: Desk, today):
    today.move_to(NEWS)
    client = client_of(two_months.head)
    for page in pages(two_months):
        if "don-vi=tinh" in page or "quy-trinh" in page:
            continue
        by_holder: dict[str, dict[str, int]] = {}
        for address, number in figures_on(client, page):
            rest = re.sub(r"con-so=([a-z-]+)&?", "", address)
            by_holder.setdefault(rest, {})[re.findall(r"con-so=([a-z-]+)|$", address)[0]] = number
        for rest, found in by_holder.items():
            parts = sum(found.get(one, 0) for one in ("thuc-te", "quen-thao-tac", "chua-ket-luan"))
            assert parts == found.get("qua-han", 0), rest
