"""The board: who sees it, and what stands on it. That figures open what they count: `test_figures`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from cchc.organizations.models import Official
from cchc.oversight.models import KeptDossier, KeptShare
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk
from tests.factories.organizations import official
from tests.factories.oversight import busy_month

BOARD = "/theo-doi/?thang=2026-11"
FIGURE = re.compile(r'<a class="figure" href="(/theo-doi/phan/[^"]+)">([^<]+)</a>')


@pytest.fixture
def busy(desk: Desk) -> Desk:
    return busy_month(desk)


def control_office(desk: Desk):
    return Official.objects.get(code="ks1")


def page(person, address: str) -> str:
    answer = client_of(person).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def figures_on(text: str) -> Iterator[tuple[str, int]]:
    for address, said in FIGURE.findall(text):
        yield unescape(address), int(said.replace(".", ""))


@pytest.mark.requirement(57)
def test_officials_stand_from_a_to_z_with_interval_or_too_few(busy: Desk, today):
    text = page(busy.head, BOARD)
    people = text[text.index('id="people"') : text.index('id="others"')]
    names = re.findall(r'<a href="/theo-doi/can-bo/[^"]+">([^<]+)</a>', people)
    assert names == sorted(names, key=lambda name: name.split()[-1]) and busy.settler.name in names
    assert "chưa đủ" in people


def test_the_line_of_minutes_adds_up_to_the_dossiers(busy: Desk, today):
    text = page(busy.head, BOARD)
    late = sum(KeptDossier.objects.order_by("pk").values_list("late_minutes", flat=True))
    line = text[text.index("data-balance") : text.index("</p>", text.index("data-balance"))]
    total, *parts = [number for _, number in figures_on(line)]
    assert total == late == sum(parts)


@pytest.mark.requirement(127)
def test_each_sees_the_own_scope_and_a_colleague_nothing(busy: Desk, today):
    assert client_of(busy.stranger).get(BOARD).status_code == 403
    assert client_of(busy.settler).get(BOARD).status_code == 403
    assert client_of(busy.head).get(f"{BOARD}&don-vi=tinh").status_code == 403
    assert busy.settler.name in page(busy.one_stop_head, BOARD)
    share = KeptShare.objects.filter(official=busy.settler).order_by("pk")[0]
    assert client_of(busy.settler).get(f"/theo-doi/ho-so/{share.dossier_id}/").status_code == 200, "the own dossier"
    assert client_of(busy.stranger).get(f"/theo-doi/ho-so/{share.dossier_id}/").status_code == 403
    record = "/theo-doi/can-bo/gq1/xa-mot/?thang=2026-11"
    assert client_of(busy.second_settler).get(record).status_code == 403
    assert client_of(busy.settler).get(record).status_code == 200


@pytest.mark.requirement(71, 72)
def test_the_page_of_a_dossier_has_the_course_both_appointments_and_why(busy: Desk, today):
    kept = KeptDossier.objects.filter(late_minutes__gt=0).order_by("pk")[0]
    text = page(busy.head, f"/theo-doi/ho-so/{kept.pk}/")
    assert "khớp" in text and busy.settler.name in text and 'class="due"' in text
    assert "Vì sao" in text and str(kept.own.owner_name) not in text, "owners stand on no page of this room"


@pytest.mark.requirement(60)
def test_a_record_names_what_was_held_allowed_used_and_the_rules(busy: Desk, today):
    late = KeptDossier.objects.filter(late_minutes__gt=0, spells__official=busy.settler).order_by("pk")[0]
    text = page(busy.settler, "/theo-doi/can-bo/gq1/xa-mot/?thang=2026-11")
    assert late.code in text and "theo mọi cách tính" in text
    empty = page(busy.settler, "/theo-doi/can-bo/gq1/xa-mot/?thang=2026-01")
    assert "Không có gì phải giải trình" in empty


def test_the_board_is_taken_along_as_a_workbook(busy: Desk, today):
    answer = client_of(busy.head).get("/theo-doi/tai/?thang=2026-11")
    assert answer.status_code == 200 and answer["Content-Type"].endswith("sheet")


@pytest.mark.parametrize("asked", ["thang=2026-13", "thang=x", "thang=2099-01", "con-so=x", "loai=%00", "sau=x"])
def test_addresses_that_make_no_sense_are_read_as_far_as_they_do(busy: Desk, today, asked: str):
    for path in ("/theo-doi/", "/theo-doi/phan/", "/theo-doi/cac-thang/"):
        assert client_of(busy.head).get(f"{path}?{asked}").status_code == 200
    assert client_of(busy.head).get("/theo-doi/?don-vi=khong-co").status_code == 404
    assert client_of(busy.head).get("/theo-doi/ho-so/999999/").status_code == 404


@pytest.mark.requirement(60)
def test_an_official_finds_the_own_months_and_nobody_elses(busy: Desk, today):
    text = page(busy.settler, "/theo-doi/cua-toi/")
    assert "/theo-doi/can-bo/gq1/xa-mot/?thang=2026-11" in text and "gq2" not in text
    assert client_of(official("moi", "Người Mới", busy.commune)).get("/theo-doi/cua-toi/").status_code == 403
