"""Units under the names of another time: what lists, search and forms make of a name from before a merger, or after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cchc.interface.hosting.picking import Unclear, get_pick_kind, likely, meant
from cchc.interface.hosting.search import search
from cchc.organizations.actions.units import Standing, found_unit, merge_into, place_unit, reorganize
from cchc.organizations.models import Unit
from cchc.organizations.queries import units
from cchc.organizations.queries.renamed import other_names
from cchc.organizations.viewers import viewer_of
from cchc.records.sources import Source
from tests.factories.organizations import BY_TESTS, TODAY, official, unit, unsaved_account
from tests.organizations.test_units import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
REFORM = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)
DECISION = Source("Nghị quyết 1677/NQ-UBTVQH15", date(2025, 6, 16))


@pytest.fixture
def communes(province) -> tuple[Unit, Unit]:
    """Two that merge at the reform under a new name, carried by the first of them."""
    koi, lung = (unit(c, province, "commune", n) for c, n in (("koi", "xã Đăk Kôi"), ("lung", "xã Đăk Tơ Lung")))
    given = {"others": [lung], "effective_on": REFORM, "source": DECISION, "new_name": "xã Ẵng Mới"}
    merge_into(**BY_TESTS, unit=koi, **given)
    return koi, lung


def said(text: str, day: date = TODAY, most: int = 20) -> list[tuple[str, list[str]]]:
    return [(one.placement.name_vi, [p.name_vi for p in one.on_day]) for one in other_names(text, day, most)]


@pytest.mark.requirement(4)
def test_old_names_lead_to_what_there_is_and_new_names_to_what_there_was(communes):
    assert said("to lung") == [("xã Đăk Tơ Lung", ["xã Ẵng Mới"])]
    assert said("dak") == [("xã Đăk Kôi", ["xã Ẵng Mới"]), ("xã Đăk Tơ Lung", ["xã Ẵng Mới"])]
    assert said("ang moi", BEFORE) == [("xã Ẵng Mới", ["xã Đăk Kôi", "xã Đăk Tơ Lung"])]
    assert said("dak", BEFORE) == [], "they are called so on that day"
    assert said("ang moi") == said("  ") == said("!?") == []
    assert len(said("dak", most=1)) == 1


def test_a_name_that_came_back_or_stayed_through_a_move_is_no_other_name(province):
    commune = unit("xa", province, "commune", "xã Một")
    place_unit(**BY_TESTS, unit=commune, standing=Standing("ward", "phường Một", province), starts_on=date(2010, 1, 1))
    assert said("xa mot") == [("xã Một", ["phường Một"])]
    place_unit(**BY_TESTS, unit=commune, standing=Standing("commune", "xã Một", province), starts_on=REFORM)
    assert said("xa mot") == []
    assert said("xa mot", date(2015, 1, 1)) == [("xã Một", ["phường Một"])], "once, though it was so before and after"
    assert said("phuong") == [("phường Một", ["xã Một"])]
    assert [one.placement.kind for one in other_names("mot", TODAY, 20, kind="commune")] == []


def test_a_name_leads_through_several_mergers_a_split_and_to_nothing_after_a_dissolution(province):
    one, two, three, four = (unit(c, province, "commune", f"xã Số {c}") for c in ("a", "b", "c", "d"))
    for kind, old, new, day in (
        ("merger", [one], [two], date(2010, 1, 1)),
        ("split", [two], [three, four], date(2020, 1, 1)),
        ("dissolution", [three], [], REFORM),
    ):
        reorganize(**BY_TESTS, kind=kind, predecessors=old, successors=new, effective_on=day, source=DECISION)
    assert said("xa so") == [("xã Số a", ["xã Số d"]), ("xã Số b", ["xã Số d"]), ("xã Số c", [])]
    heirs = units.heirs([one.pk, two.pk, three.pk, four.pk], BEFORE)
    assert [[p.name_vi for p in heirs[key.pk]] for key in (one, two, three, four)] == [
        ["xã Số c", "xã Số d"], ["xã Số c", "xã Số d"], ["xã Số c"], ["xã Số d"],
    ]  # fmt: skip


def test_other_names_take_one_question_when_there_are_none_and_a_few_when_there_are(
    province, django_assert_num_queries
):
    heir = unit("moi", province, "commune", "xã Mới")
    for number in range(6):
        old = unit(f"cu-{number}", province, "commune", f"xã Cũ {number}")
        into = {"successors": [heir], "effective_on": REFORM, "source": DECISION}
        reorganize(**BY_TESTS, kind="merger", predecessors=[old], **into)
    with django_assert_num_queries(1):
        assert not said("khong co")
    with django_assert_num_queries(2):
        assert len(said("xa cu")) == 6


def test_merging_into_a_unit_founded_for_it(province):
    one, two = (unit(code, province, "commune", f"xã {code}") for code in ("mot", "hai"))
    new = found_unit(**BY_TESTS, code="moi", standing=Standing("commune", "xã Mới", province), starts_on=REFORM)
    given = {"others": [one, two], "effective_on": REFORM, "source": DECISION}
    assert refusal(merge_into, **BY_TESTS, unit=unit("muon", province, starts_on=TODAY), **given).endswith("not_there")
    merge_into(**BY_TESTS, unit=new, **given)
    assert {code.code for code in units.origins_of(new, BEFORE)} == {"mot", "hai"}
    assert units.heirs_of(one, TODAY) == [new]


@pytest.mark.requirement(4)
def test_a_list_of_last_year_says_what_each_unit_is_today(administrator, communes, province):
    unit("rve", province, "commune", "xã Đăk Rve")
    for address in ("/don-vi/tinh/?ngay=30/06/2025", "/don-vi/?tim=xa&ngay=30/06/2025"):
        page = administrator.get(address)
        said = [(one.placement.name_vi, [now.name_vi for now in one.today]) for one in page.context["standings"]]
        assert said == [
            ("xã Đăk Kôi", ["xã Ẵng Mới"]), ("xã Đăk Rve", ["xã Đăk Rve"]), ("xã Đăk Tơ Lung", ["xã Ẵng Mới"]),
        ]  # fmt: skip
        assert page.content.decode().count("như cũ") == 1
    assert "như cũ" not in administrator.get("/don-vi/tinh/").content.decode()


@pytest.mark.parametrize("size", [1, 5])
def test_a_list_of_last_year_asks_the_same_at_any_size(administrator, province, size, django_assert_num_queries):
    heir = unit("moi", province, "commune", "xã Mới")
    for number in range(size):
        old = unit(f"cu-{number}", province, "commune", f"xã Cũ {number}")
        into = {"successors": [heir], "effective_on": REFORM, "source": DECISION}
        reorganize(**BY_TESTS, kind="merger", predecessors=[old], **into)
    with django_assert_num_queries(9):
        administrator.get("/don-vi/tinh/?ngay=30/06/2025")


@pytest.mark.requirement(4)
def test_search_and_forms_know_former_names(administrator, communes, province):
    viewer = viewer_of(unsaved_account(official("cb", works_in=province)), TODAY)
    ((kind, found),) = search(viewer, "to lung")
    assert kind.code == "organizations.other_names"
    assert [(hit.title, hit.url, hit.note) for hit in found.hits] == [
        ("xã Đăk Tơ Lung", "/don-vi/koi/", "nay là xã Ẵng Mới")
    ]
    pick = get_pick_kind("organizations.unit")
    assert [(one.line, one.note) for one in likely(pick, viewer, "đăk tơ lung")] == [
        ("xã Ẵng Mới (koi)", "trước là xã Đăk Tơ Lung")
    ]
    with pytest.raises(Unclear):
        meant(pick, viewer, "xã Đăk Tơ Lung")
    page = administrator.get("/don-vi/?tim=to+lung")
    assert page.context["rows"] == [] and ">xã Ẵng Mới</a>" in page.content.decode()
    assert "Không có đơn vị nào khớp" not in page.content.decode()


@pytest.mark.requirement(4)
def test_search_says_what_changed_where_the_name_did_not(province):
    """A commune of a district, carried on by one of the same name under the province."""
    district = unit("huyen", province, "district", "huyện Kon Ẵng")
    old = unit("koi-cu", district, "commune", "xã Đăk Kôi")
    new = found_unit(**BY_TESTS, code="koi-moi", standing=Standing("commune", "xã Đăk Kôi", province), starts_on=REFORM)
    merge_into(**BY_TESTS, unit=new, others=[old], effective_on=REFORM, source=DECISION)
    viewer = viewer_of(unsaved_account(official("cb", works_in=province)), TODAY)
    found = {kind.code: found.hits for kind, found in search(viewer, "dak koi")}
    (former,) = found["organizations.other_names"]
    assert (former.title, former.url) == ("xã Đăk Kôi", "/don-vi/koi-moi/")
    assert former.note == "đến 30/06/2025, huyện Kon Ẵng"


def test_what_was_ends_the_day_before_what_is(communes):
    koi, lung = communes
    assert units.path(lung, BEFORE)[-1].ends_on == REFORM - timedelta(days=1)
    assert [one.name_vi for one in units.history(koi)] == ["xã Ẵng Mới", "xã Đăk Kôi"]
