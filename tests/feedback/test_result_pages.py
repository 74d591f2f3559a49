"""Pages of results: every number opens its rows, nobody's answer can be told, units without forms are named."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cchc.feedback.models import Rating
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk, received
from tests.factories.feedback import Made, made_dossiers, several_rated
from tests.factories.organizations import grant, official
from tests.support.taken import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/danh-gia/ket-qua/"
UNIT = f"{PAGE}xa-mot/"
FOUR = ("very_satisfied", "satisfied", "unsatisfied", "satisfied")


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


@pytest.mark.requirement(13)
def test_a_line_counts_dossiers_forms_and_ratings_and_each_number_opens_its_dossiers(desk: Desk):
    made_dossiers(received(desk), desk.receiver, [
        Made(hand_out="out"), Made(hand_out="taken_in"), Made(hand_out="taken_in", answers={"overall": "satisfied"}),
    ])  # fmt: skip
    client = client_of(desk.receiver)
    page = said(client, f"{PAGE}?nam=2026&thang=11")
    line = page[page.index("<tbody>") : page.index("</tbody>")]
    opened = re.findall(r'<a href="([^"]+)">(\d+)</a>', line)
    assert [number for _, number in opened] == ["4", "3", "2", "1"] and "25,0 %" in line
    for address, number in opened:
        rows = said(client, address.replace("&amp;", "&"))
        assert rows.count('<th scope="row">') == int(number)
    assert "4 hồ sơ" not in said(client, f"{PAGE}?nam=2026&thang=10")


@pytest.mark.requirement(21)
def test_units_that_hand_out_no_form_are_named(desk: Desk):
    controller = official("ks1", "Mai Thị Hoa", desk.province)
    grant(controller, "procedure_control_officer", desk.province, covers_subtree=True)
    elsewhere = received(desk)
    made_dossiers(elsewhere, desk.receiver, [Made(unit=desk.other, hand_out="out"), Made(unit=desk.other)])
    client = client_of(controller)
    page = said(client, f"{PAGE}?nam=2026")
    assert "xã Một" in page and "xã Hai" in page and "1 đơn vị chưa phát phiếu nào" in page
    none = said(client, f"{PAGE}?nam=2026&xem=khong-phat")
    assert "xã Một" in none and "xã Hai" not in none


@pytest.mark.requirement(13)
@pytest.mark.parametrize(("number", "is_shown"), [(4, False), (5, True), (6, True)])
def test_an_official_and_the_public_see_answers_from_five_ratings_on(desk: Desk, number: int, is_shown: bool):
    several_rated(desk, *(["unsatisfied", *["satisfied"] * 5][:number]))
    own = said(client_of(desk.settler), f"{UNIT}?nam=2026")
    assert ("(4/5)" in own) is is_shown, "the first five: 0 + 4 · 1"
    assert ("ít hơn 5 phiếu" in own) is not is_shown and desk.receiver.name not in own.split("Theo cán bộ")[1]
    answers = said(client_of(desk.settler), f"{UNIT}tra-loi/?nam=2026")
    assert ("Không hài lòng" in answers) is is_shown
    public = said(Client(), "/muc-do-hai-long/xa-mot/?nam=2026")
    assert ("Không hài lòng" in public) is is_shown and f"{number} hồ sơ" in public
    assert "xã Một" in said(Client(), "/muc-do-hai-long/?nam=2026")


@pytest.mark.requirement(13)
def test_heads_see_the_unit_always_and_officials_from_five_on(desk: Desk):
    several_rated(desk, *FOUR)
    head = client_of(desk.head)
    page = said(head, f"{UNIT}?nam=2026&thang=11")
    assert "1,00" in page and "(4/4)" in page, "2 + 1 + 0 + 1 over four"
    of_officials = page.split("Theo cán bộ")[1]
    assert desk.settler.name in of_officials and "ít hơn 5 phiếu" in of_officials and "(4/4)" not in of_officials
    assert "Không hài lòng" not in said(head, f"{UNIT}tra-loi/?nam=2026&can-bo={desk.settler.code}")
    assert "Không hài lòng" in said(head, f"{UNIT}tra-loi/?nam=2026&thang=11")
    for code in Rating.objects.values_list("dossier__code", flat=True):
        assert code not in page and code not in said(head, f"{UNIT}tra-loi/?nam=2026")


@pytest.mark.parametrize(("number", "lines"), [(4, 0), (5, 5), (9, 5), (10, 10)])
def test_words_come_in_whole_blocks_without_anything_beside_them(desk: Desk, number: int, lines: int):
    ratings = several_rated(desk, *["satisfied"] * number)
    page = said(client_of(desk.head), f"{UNIT}y-kien/?nam=2026")
    assert page.count("Lời ") == lines
    assert not any(one.dossier.code in page or one.dossier.owner_name in page for one in ratings)


@pytest.mark.requirement(127)
def test_who_may_look(desk: Desk):
    several_rated(desk, "satisfied")
    for person in (desk.receiver, desk.settler, desk.signer):
        client = client_of(person)
        assert client.get(UNIT).status_code == 200 and client.get(f"{UNIT}y-kien/").status_code == 403
    stranger = client_of(desk.stranger)
    assert stranger.get(PAGE).status_code == 200 and "xã Một" not in said(stranger, f"{PAGE}?nam=2026")
    for below in ("", "ho-so/", "tra-loi/", "y-kien/"):
        assert stranger.get(f"{UNIT}{below}").status_code == 403
        assert Client().get(f"{UNIT}{below}").status_code in {302, 403, 404}


def test_another_official_is_not_asked_for_by_the_address(desk: Desk):
    several_rated(desk, *["unsatisfied"] * 5)
    other = official("dn2", "Võ Văn Phúc", desk.commune)
    grant(other, "settling_official", desk.commune)
    assert "Không hài lòng" not in said(client_of(other), f"{UNIT}tra-loi/?nam=2026&can-bo={desk.settler.code}")


@pytest.mark.requirement(13)
def test_the_table_is_taken_along_with_exact_averages(desk: Desk):
    several_rated(desk, "very_satisfied", "satisfied", "satisfied")
    head = client_of(desk.head)
    rows = rows_of(head.get(f"{PAGE}tai/xlsx/?nam=2026"))
    line = next(row for row in rows if row and row[0] == "xã Một")
    assert [int(one) for one in (line[1], line[2], line[3], line[4], line[7], line[8])] == [3, 0, 0, 3, 4, 3]
    csv = head.get(f"{PAGE}tai/csv/?nam=2026").content.decode("utf-8-sig")
    assert "xã Một;3;0;0;3;1;1,333333;4;3" in csv
    assert head.get(f"{PAGE}tai/pdf/").status_code == 404


@pytest.mark.parametrize("query", ["nam=2018", "nam=3000", "nam=abc", "thang=13&nam=2026", "thang=0", "nam=²"])
def test_what_is_no_period_is_this_year(desk: Desk, query: str):
    assert "năm 2026" in said(client_of(desk.head), f"{PAGE}?{query}")


def test_pages_ask_the_same_however_many_there_are(desk: Desk):
    head, first = client_of(desk.head), received(desk)
    counted = []
    for _ in range(2):
        made_dossiers(first, desk.receiver, [Made(hand_out="out", answers={"overall": "satisfied"})] * 40)
        for address in (PAGE, UNIT, f"{UNIT}ho-so/", f"{UNIT}tra-loi/", f"{UNIT}y-kien/", "/muc-do-hai-long/xa-mot/"):
            with CaptureQueriesContext(connection) as asked:
                said(head, f"{address}?nam=2026")
            counted.append(len(asked))
    assert counted[:6] == counted[6:] and max(counted) <= 9, counted
