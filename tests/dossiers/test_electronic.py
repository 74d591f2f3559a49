"""Which procedures are not carried out electronically though dossiers come by them: each number with its rows."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cchc.dossiers.actions.intake import Intake, Person
from cchc.dossiers.models import Dossier
from cchc.procedures.models import Procedure
from tests.factories.clients import client_of
from tests.factories.dossiers import BIRTH, LAND, Desk, at, received
from tests.factories.organizations import grant, official, unit
from tests.factories.procedures import dated, procedure
from tests.rights.test_questions import questions

ADDRESS, ROWS = "/ho-so/su-dung/dien-tu/", "/ho-so/su-dung/ho-so/"
PAPER = "1.000001"


@pytest.fixture(autouse=True)
def friday():
    with time_machine.travel(at("27 08:00"), tick=False):
        yield


@pytest.fixture
def controller(desk: Desk) -> Client:
    person = official("ks1", "Lò Văn Kiểm", desk.province)
    grant(person, "procedure_control_officer", desk.province, covers_subtree=True)
    return client_of(person)


@pytest.fixture
def on_paper(desk: Desk) -> Procedure:
    """A procedure without an online level, and without an address on the portal either."""
    return procedure(desk.province, PAPER, dated(online="none", portal=""))


def received_by(desk: Desk, procedure: Procedure) -> Dossier:
    """Of a procedure that asks for no papers."""
    handed_in = Intake(Person("Trần Thị Lan", "001300012345", "Thôn 1", "0900000001"), [], is_no_duplicate=True)
    return received(desk, BIRTH, "23 08:30", procedure=procedure, intake=handed_in)


@pytest.mark.requirement(37)
def test_each_gap_by_unit_and_by_procedure_with_the_dossiers_behind(
    desk: Desk, controller: Client, on_paper: Procedure
):
    """The birth is fully online and on the portal, the land partly online and not there."""
    births, lands = [received(desk)], [received(desk, LAND, "23 08:10"), received(desk, LAND, "23 08:20")]
    papers = [received_by(desk, on_paper)]
    page = controller.get(ADDRESS, {"ky": "2026-11"}).content.decode()
    assert LAND in page and PAPER in page and BIRTH not in page
    for gap, code, procedures, dossiers in (
        ("khong-truc-tuyen", PAPER, 1, papers), ("chua-co-dia-chi", LAND, 1, lands),
    ):  # fmt: skip
        of_unit = f"ky=2026-11&amp;don-vi=xa-mot&amp;thieu={gap}"
        assert f'<a href="?{of_unit}#procedures">{procedures}</a>' in page
        assert f'<a href="{ROWS}?{of_unit}">{len(dossiers)}</a>' in page
        narrowed = controller.get(f"{ADDRESS}?{of_unit}".replace("&amp;", "&")).content.decode()
        to = {one: f'href="{reverse("procedures:procedure", args=[one])}"' for one in (LAND, PAPER, BIRTH)}
        assert [one for one in to if to[one] in narrowed] == [code]
        rows = controller.get(f"{ROWS}?{of_unit}".replace("&amp;", "&")).content.decode()
        every = [*births, *lands, *papers]
        assert [one.code for one in every if one.code in rows] == [one.code for one in dossiers]
        assert "Trần Thị Lan" not in rows
    of_procedure = controller.get(ROWS, {"ky": "2026-11", "thu-tuc": LAND, "thieu": "chua-co-dia-chi"}).content.decode()
    assert [one.code for one in (*births, *lands, *papers) if one.code in of_procedure] == [one.code for one in lands]


@pytest.mark.requirement(37)
def test_nothing_stands_there_of_another_period_or_another_unit(desk: Desk, controller: Client):
    received(desk, LAND)
    assert LAND not in controller.get(ADDRESS, {"ky": "2026-10"}).content.decode()
    stranger = official("la1", works_in=desk.other)
    grant(stranger, "unit_head", desk.other)
    assert LAND not in client_of(stranger).get(ADDRESS, {"ky": "2026-11"}).content.decode()
    assert client_of(official("la2", works_in=desk.other)).get(ADDRESS).status_code == 403
    assert (
        "Mọi hồ sơ trong kỳ đều theo thủ tục có cung cấp trực tuyến"
        in controller.get(ADDRESS, {"ky": "2026-10"}).content.decode()
    )


def test_the_report_of_use_leads_there_and_what_an_office_received_is_its_bodys(desk: Desk, controller: Client):
    office = unit("mot-cua", desk.commune, "office", "Bộ phận Một cửa")
    grant(desk.receiver, "receiving_officer", office)
    received(desk, LAND, unit=office)
    assert f'{ADDRESS}?ky=2026-11"' in controller.get("/ho-so/su-dung/?ky=2026-11").content.decode()
    page = controller.get(ADDRESS, {"ky": "2026-11"}).content.decode()
    assert "xã Một" in page and "don-vi=xa-mot&amp;thieu=chua-co-dia-chi" in page and "Bộ phận Một cửa" not in page


def test_it_asks_few_questions(desk: Desk, controller: Client, on_paper: Procedure):
    received(desk, LAND)
    few = questions(controller, f"{ADDRESS}?ky=2026-11")
    received_by(desk, on_paper)
    assert questions(controller, f"{ADDRESS}?ky=2026-11") == few <= 9
    assert questions(controller, f"{ADDRESS}?ky=2026-11&don-vi=xa-mot&thieu=khong-truc-tuyen") <= 9
