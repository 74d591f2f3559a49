"""The ranking of a year in which units had other names says what they are called today, where that is beyond doubt."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client

from cchc.organizations.actions.units import Standing, merge_into, place_unit
from cchc.organizations.models import Unit
from cchc.portal.models import PublishedRound
from cchc.portal.names import called_today, names_today
from cchc.records.sources import Source
from tests.factories import rounds
from tests.factories.organizations import BY_TESTS, NOW, TODAY, unit

pytestmark = pytest.mark.django_db
REFORM = date(2025, 7, 1)
ROWS = (
    "UBND xã An Bình;;80;100;72;90;80;Tốt;3",
    "Xã Ẳng Nưa;;60,5;90;80,5;100;80,5;Tốt;2",
    "Xã Yên;;95;100;90;100;90;Xuất sắc;1",
    "Xã Không Biết;;95;100;50;100;50;Khá;4",
)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def communes() -> dict[str, Unit]:
    """Three of the district; two merge when it ends. In another district there is one of the same name."""
    province = unit("tinh", name="tỉnh Mẫu")
    district, other = unit("huyen", province, "district", "huyện Mẫu"), unit("khac", province, "district", "huyện Khác")
    given = {"an-binh": "xã An Bình", "ang-nua": "xã Ẳng Nưa", "yen": "xã Yên"}
    found = {code: unit(code, district, "commune", name) for code, name in given.items()}
    unit("an-binh-khac", other, "commune", "xã An Bình")
    new = unit("moi", province, "commune", "xã Đăk Mới", REFORM)
    into = {"others": [found["an-binh"], found["ang-nua"]], "effective_on": REFORM, "source": Source("NQ 1")}
    merge_into(**BY_TESTS, unit=new, **into)
    stays = Standing("commune", "xã Yên", province)
    place_unit(**BY_TESTS, unit=found["yen"], standing=stays, starts_on=REFORM)
    return found


def said(published: PublishedRound, day: date = TODAY) -> dict[str, list[str]]:
    names = names_today(published, published.results.all(), day)
    return {published.results.get(pk=key).unit_name: list(now) for key, now in names.items()}


@pytest.mark.requirement(4)
def test_units_are_called_as_printed_and_as_today(communes, client: Client):
    published = rounds.publish(rows=ROWS)
    merged = {"UBND xã An Bình": ["xã Đăk Mới"], "Xã Ẳng Nưa": ["xã Đăk Mới"]}
    assert said(published) == merged, "xã Yên is called so still; one is not in the register"
    assert said(published, date(2023, 6, 1)) == {}
    assert len(called_today(published, "dak moi", TODAY)) == 2
    page = client.get("/ket-qua/mau-2022/").content.decode()
    assert page.count("nay là xã Đăk Mới") == 2
    for text, count in (("dak moi", 2), ("an binh", 1), ("khong co", 0)):
        assert len(client.get(f"/ket-qua/mau-2022/?tim={text}").context["units"]) == count, text
    assert "nay là xã Đăk Mới" in client.get("/ket-qua/mau-2022/xa-ang-nua/").content.decode()


def test_nothing_is_guessed(communes):
    """Neither of two of one name in the place, nor for a year that is not over."""
    published = rounds.publish(rows=ROWS)
    into = {"others": [communes["yen"]], "effective_on": date(2026, 1, 1), "source": Source("NQ 2")}
    merge_into(**BY_TESTS, unit=Unit.objects.get(code="moi"), **into)
    assert said(published)["Xã Yên"] == ["xã Đăk Mới"]
    unit("yen-hai", Unit.objects.get(code="huyen"), "commune", "xã Yên")
    assert "Xã Yên" not in said(published)
    assert said(rounds.publish("nay-2026", rows=ROWS, year=2026)) == {}


@pytest.mark.parametrize("size", [1, 3])
def test_the_number_of_questions_does_not_grow(communes, size, django_assert_num_queries):
    published = rounds.publish(rows=ROWS[:size])
    results = list(published.results.order_by("pk"))
    with django_assert_num_queries(2):
        names_today(published, results, TODAY)
