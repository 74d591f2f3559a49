"""After a merger: those who administer the successor, or what stood above, look after what is gone and its people."""

from __future__ import annotations

from typing import Any

import pytest

from cchc.organizations.actions.units import reorganize
from cchc.organizations.models import Official, Unit
from cchc.organizations.permissions import may_change_unit, may_manage_rights
from cchc.organizations.queries import people
from cchc.organizations.viewers import viewer_of
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit, unsaved_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DECISION = Source("Nghị quyết 1677/NQ-UBTVQH15")


def merge(old: Unit, *into: Unit) -> None:
    kind: Any = "merger" if into else "dissolution"
    reorganize(**BY_TESTS, kind=kind, predecessors=[old], successors=into, effective_on=TODAY, source=DECISION)


@pytest.fixture
def stranded(province) -> Official:
    """Works in, and has a role over, a commune that is gone, as earlier mergers left people behind."""
    old, new = unit("koi", province, "commune", "xã Đăk Kôi"), unit("braih", province, "commune", "xã Kon Braih")
    person = official("cb1", "Lê Văn Ba", old)
    grant(person, "reform_officer", old)
    merge(old, new)
    return person


@pytest.mark.requirement(4)
def test_whoever_was_left_in_a_unit_that_is_gone_is_transferred(administrator, stranded):
    page = administrator.get("/can-bo/cb1/").content.decode()
    assert "None" not in page and "xã Đăk Kôi" in page
    for part in ("sua", "dieu-dong", "vai-tro"):
        assert administrator.get(f"/can-bo/cb1/{part}/").status_code == 200
    form = administrator.get("/can-bo/cb1/dieu-dong/").context["form"]
    seen = {bound.name: bound.value() for bound in form if bound.value() is not None and bound.name != "is_head"}
    moved = seen | {"unit": "braih", "post": "Công chức", "starts_on": "23/11/2026"}
    assert administrator.post("/can-bo/cb1/dieu-dong/", moved).status_code == 302
    assert people.main_unit(stranded, TODAY) == Unit.objects.get(code="braih")
    assert not people.named_grants(stranded, TODAY).exists()


def test_administrators_of_the_successor_look_after_it_and_others_do_not(province, stranded):
    for code, unit_code, answer in (("moi", "braih", True), ("khac", "rve", False)):
        over = Unit.objects.filter(code=unit_code).first() or unit(unit_code, province, "commune")
        person = official(code, works_in=over)
        grant(person, "administrator", over)
        viewer = viewer_of(unsaved_account(person), TODAY, used_second_factor=True)
        assert bool(may_change_unit(viewer, Unit.objects.get(code="koi"))) is answer
        assert bool(may_manage_rights(viewer, stranded, Unit.objects.get(code="koi"))) is answer
        assert not may_manage_rights(viewer, stranded, Unit.objects.get(code="koi"), below=True)


def test_a_unit_that_is_still_to_come_is_looked_after_too(administrator, province):
    unit("sau", province, "commune", "xã Sau", starts_on=TODAY.replace(month=12))
    assert administrator.get("/don-vi/sau/sua/").status_code == 200


def test_a_unit_that_is_gone_offers_nothing_to_press(administrator, stranded):
    assert client_of(stranded).get("/don-vi/koi/sua/").status_code == 403
    assert "/don-vi/koi/sua/" not in administrator.get("/don-vi/koi/").content.decode()
