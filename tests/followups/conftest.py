"""A province with its office, which follows, and two communes, which do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
import time_machine
from playwright.sync_api import Page

from cchc.organizations.models import Official, Unit
from tests.factories.organizations import NOW, grant, official, unit
from tests.support.entering import enter


@dataclass(frozen=True)
class People:
    """Units, and who works there: an officer and the head of the office, an officer and the head of the commune."""

    province: Unit
    office: Unit
    commune: Unit
    other: Unit
    officer: Official
    office_head: Official
    clerk: Official
    chairman: Official
    other_chairman: Official


@pytest.fixture
def today(settings, tmp_path):
    """The day of the tests, which `today.move_to` moves, with a data directory of its own."""
    settings.CCHC_DATA = tmp_path
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def people_of_a_province() -> People:
    """Made anew in whatever database the test has."""
    province = unit("tinh", name="tỉnh Mẫu")
    office = unit("van-phong", province, "office", "Văn phòng UBND tỉnh")
    commune, other = unit("xa-mot", province, name="xã Ẵng Một"), unit("xa-hai", province, name="xã Hai")
    people = People(
        province,
        office,
        commune,
        other,
        official("vp1", "Nguyễn Thị Hoa", office),
        official("vp0", "Phạm Quốc Bình", office, post="Chánh Văn phòng", is_head=True),
        official("xm1", "Lê Văn Ba", commune),
        official("xm0", "Trần Văn Dũng", commune, post="Chủ tịch", is_head=True),
        official("xh0", "Y Blan", other, post="Chủ tịch", is_head=True),
    )
    grant(people.officer, "procedure_control_officer", province, covers_subtree=True)
    grant(people.office_head, "unit_head", province, covers_subtree=True)
    grant(people.clerk, "reform_officer", commune)
    return people


@pytest.fixture(scope="module")
def made_once(filled_once: None) -> People:
    return people_of_a_province()


@pytest.fixture
def people(made_once: People, db: None) -> People:
    """As they are in the database: what another test has done to its own is not theirs."""
    return People(**{name: type(one).objects.get(pk=one.pk) for name, one in vars(made_once).items()})


@pytest.fixture
def live_people(live_site: str) -> People:
    """The same in the database of the live site."""
    return people_of_a_province()


@pytest.fixture
def signed_in(another_page: Callable[[], Page], live_site: str) -> Callable[[str], Page]:
    """A page of the official with that code, in a browser of their own."""
    return lambda code: enter(another_page(), live_site, code)
