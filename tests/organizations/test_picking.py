"""Units and officials picked by name: what is offered to whom, and that names of two are asked back."""

from __future__ import annotations

import pytest

from cchc.interface.hosting.picking import Unclear, get_pick_kind, likely, meant
from cchc.organizations.models import Account
from cchc.organizations.viewers import public_viewer, viewer_of
from tests.factories.clients import client_of
from tests.factories.organizations import TODAY, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
UNIT, OURS, OFFICIAL = "organizations.unit", "organizations.unit_administered", "organizations.official"


@pytest.fixture
def world():
    """Two provinces with a commune of the same name each; somebody administers one and works there."""
    ours, theirs = unit("tinh", name="tỉnh Mẫu"), unit("khac", name="tỉnh Khác")
    for code, parent in (("lap-1", ours), ("lap-2", theirs)):
        unit(code, parent, name="xã Tân Lập")
    unit("lap-hai", theirs, name="xã Tân Lập Hai")
    person = official("quan-tri", "Nguyễn Thị Hoa", ours)
    official("hoa-2", "Nguyễn Thị Hòa", theirs)
    grant(person, "administrator", ours, covers_subtree=True)
    client_of(person)
    return viewer_of(Account.objects.get(official=person), TODAY, used_second_factor=True)


def found(kind, viewer, text):
    return [one.value for one in likely(get_pick_kind(kind), viewer, text)]


def test_the_very_name_comes_first_then_names_that_begin_so(world):
    assert found(UNIT, world, "tan lap") == ["lap-1", "lap-2", "lap-hai"]
    assert found(OURS, world, "tan lap") == ["lap-1"], "only what the viewer administers"
    assert found(UNIT, world, "")[0] == "tinh", "the own units come first"
    assert found(OFFICIAL, world, "hoa") == ["quan-tri", "hoa-2"]
    notes = [one.note for one in likely(get_pick_kind(OFFICIAL), world, "hoa")]
    assert notes == ["Chuyên viên, tỉnh Mẫu", "Chuyên viên, tỉnh Khác"], "what tells people of one name apart"


def test_a_name_of_two_is_asked_back_and_told_apart(world):
    with pytest.raises(Unclear) as caught:
        meant(get_pick_kind(UNIT), world, "Xã Tân Lập")
    assert [(one.value, "tỉnh" in one.note) for one in caught.value.choices] == [("lap-1", True), ("lap-2", True)]
    with pytest.raises(Unclear):
        meant(get_pick_kind(OFFICIAL), world, "Nguyen Thi Hoa")
    assert meant(get_pick_kind(UNIT), world, "lap-2").title == "xã Tân Lập"
    assert meant(get_pick_kind(OFFICIAL), world, "hoa-2").title == "Nguyễn Thị Hòa"


def test_the_public_is_offered_nothing(world):
    for kind in (UNIT, OURS, OFFICIAL):
        assert found(kind, public_viewer(TODAY), "") == []
        assert get_pick_kind(kind).known(public_viewer(TODAY), ["lap-1", "quan-tri"]) == []


@pytest.mark.parametrize("kind", [UNIT, OURS, OFFICIAL])
def test_suggestions_take_a_fixed_number_of_queries(world, kind, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        likely(get_pick_kind(kind), world, "a")
