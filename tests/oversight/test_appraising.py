"""Figures for appraisal and emulation: what they come to, the rows behind each, the workbook."""

from __future__ import annotations

import html
import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cchc.organizations.models import Official
from cchc.organizations.viewers import actor_of
from cchc.oversight.actions.cases import conclude_case, open_case
from cchc.oversight.actions.verdicts import Found, give_verdict
from cchc.oversight.appraising import COUNTED
from cchc.oversight.consequences import OFFICIAL
from cchc.oversight.models import KeptDossier, KeptShare
from cchc.oversight.queries.appraising import Stretch, figures_of
from cchc.oversight.queries.grounds import Concerned, Origin
from tests.factories.clients import client_of
from tests.factories.dossiers import BIRTH, ZONE, Desk
from tests.factories.lists import frozen_list, published_list
from tests.factories.organizations import grant, official
from tests.factories.oversight import late_with, refreshed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.requirement(69)]
PAGE = "/theo-doi/danh-gia/"
OWNER = "Trần Thị Lan"


def at(day: int) -> datetime:
    return datetime(2026, 12, day, 9, tzinfo=ZONE)


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.content.decode())
    return answer.content.decode()


@pytest.fixture
def year(desk: Desk, today: Any) -> Desk:
    """Three late dossiers, one found real, one forgotten; a published list; one commended."""
    for _ in range(3):
        late_with(desk)
    list_ = frozen_list(desk.commune, desk.procedures[BIRTH], desk.receiver, desk.one_stop_head, desk.head)
    published_list(list_)
    today.move_to(at(7))
    refreshed(at(7))
    verifier = official("ks1", "Lý Thị Kim", desk.province)
    late = KeptDossier.objects.filter(spells__official=desk.settler).distinct().order_by("pk")
    for kept, finding in zip(late, ("real", "forgotten"), strict=False):
        give_verdict(actor=actor_of(verifier), now=at(7), kept=kept, found=Found(finding, "Đã xem", "Văn bản 1"))
    about = Concerned(OFFICIAL, desk.commune, desk.signer, desk.signer.name)
    origin = Origin(official=desk.signer, unit=desk.commune, month=date(2026, 12, 1))
    by = {"actor": actor_of(desk.head), "now": at(7)}
    case = open_case(**by, origin=origin, about=about, why="Ký đúng hạn")
    conclude_case(**by, case=case, expected_version=1, conclusion="Tốt", measure="commend")
    return desk


@pytest.fixture
def above(desk: Desk) -> Official:
    person = official("ct0", "Bùi Thị Xuân", desk.province)
    grant(person, "unit_head", desk.province, covers_subtree=True)
    return person


def test_figures_are_those_of_shares_verdicts_lists_and_cases(year: Desk):
    whole = Stretch(year.province, date(2026, 1, 1), date(2026, 12, 1), date(2026, 12, 7))
    figures = figures_of(whole)
    settler = figures[year.settler.pk, year.commune.pk]
    assert (settler.overdue, settler.real, settler.forgotten, settler.undecided) == (3, 1, 1, 1)
    shares = KeptShare.objects.filter(official=year.settler)
    assert settler.minutes == sum(one.late_minutes for one in shares)
    assert settler.dossiers == shares.filter(is_main=True).count()
    assert figures[year.receiver.pk, year.commune.pk].lists == 1
    signer = figures[year.signer.pk, year.commune.pk]
    assert (signer.cases, signer.measures, signer.commendations) == (1, 0, 1)
    before = Stretch(year.province, date(2026, 1, 1), date(2026, 9, 1), date(2026, 9, 30))
    assert not figures_of(before), "nothing of other months"
    elsewhere = Stretch(year.other, date(2026, 1, 1), date(2026, 12, 1), date(2026, 12, 7))
    assert not figures_of(elsewhere), "nothing of other units"


def test_every_number_opens_rows_that_come_to_it(year: Desk, above: Official):
    client = client_of(above)
    page = said(client, f"{PAGE}?don-vi=tinh&tu=2026-01&den=2026-12")
    assert OWNER not in page and year.settler.name in page
    links = re.findall(r'<a href="([^"]*danh-gia/dong/[^"]*)">([\d.]+)</a>', page)
    assert len(links) % len(COUNTED) == 0 and len(links) >= 3 * len(COUNTED)
    for url, number in links:
        if number == "0":
            continue
        rows = said(client, html.unescape(url))
        total = re.search(r"data-sum>([\d.]+)<", rows)
        assert total is not None and total[1] == number, url
        values = re.findall(r'<td class="num"[^>]*>([\d.]+)</td>', rows)
        assert sum(int(value.replace(".", "")) for value in values) == int(number.replace(".", "")), url
    nothing = next(url for url, number in links if number == "0")
    assert "Chưa có gì ở đây" in said(client, html.unescape(nothing))


def test_the_workbook_says_the_same(year: Desk, above: Official):
    answer = client_of(above).get(f"{PAGE}tai/?don-vi=tinh&tu=2026-01&den=2026-12")
    assert answer.status_code == 200
    book = load_workbook(BytesIO(answer.getvalue() if answer.streaming else answer.content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    settler = next(row for row in rows if year.settler.name in row)
    heads = next(row for row in rows if "Quá hạn" in row)
    assert settler[heads.index("Quá hạn")] == 3
    assert len(book.worksheets) == 2


def test_who_sees_it_and_what_is_asked(year: Desk, above: Official):
    assert client_of(year.settler).get(PAGE).status_code == 403
    assert client_of(year.one_stop_head).get(PAGE).status_code == 403
    assert year.settler.name in said(client_of(year.head), PAGE)
    assert client_of(year.head).get(f"{PAGE}?don-vi=xa-hai").status_code == 403
    client = client_of(above)
    for asked in ("tu=2026-12&den=2026-11", "tu=x", "den=2027-01", "tu=2020-01&den=2026-01"):
        assert client.get(f"{PAGE}?don-vi=tinh&{asked}").status_code == 422, asked
    said(client, f"{PAGE}?don-vi=tinh&tu=2024-01&den=2026-12")


def test_the_page_asks_few_questions(year: Desk, above: Official):
    client = client_of(above)
    said(client, f"{PAGE}?don-vi=tinh")
    with CaptureQueriesContext(connection) as asked:
        said(client, f"{PAGE}?don-vi=tinh")
    assert len(asked) <= 9, [one["sql"][:80] for one in asked]
