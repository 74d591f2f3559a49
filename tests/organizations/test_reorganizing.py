"""Merging, splitting and ending units takes their people, roles and parts along, as the administrator chooses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from cchc.audit.queries import events_of
from cchc.interface.hosting.picking import get_pick_kind, likely
from cchc.organizations.actions.people import post_official
from cchc.organizations.actions.reorganizing import carry_out
from cchc.organizations.actions.units import give_supervision
from cchc.organizations.kinds import may_merge
from cchc.organizations.models import Official, Posting, Reorganization, RoleGrant, Supervision, Unit
from cchc.organizations.queries import people, units
from cchc.organizations.queries.leaving import leaving
from cchc.organizations.reorganizing import Arrangement, Fate, fate_of
from cchc.organizations.viewers import viewer_of
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit, unsaved_account
from tests.organizations.test_units import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
YESTERDAY = date(2026, 11, 22)
DECISION = Source("Nghị quyết 1677/NQ-UBTVQH15")
MERGE = {"predecessors": "koi", "starts_on": "23/11/2026", "source_document": "Nghị quyết 1677/NQ-UBTVQH15"}
ADDRESS = "/don-vi/braih/nhap-vao/"


@pytest.fixture
def koi(province) -> Unit:
    """A commune with a head, a clerk with a role, and an office; next to another."""
    unit("braih", province, "commune", "xã Kon Braih")
    koi = unit("koi", province, "commune", "xã Đăk Kôi")
    office = unit("phong", koi, name="Phòng Kinh tế")
    official("chu-tich", "A Thu", koi, post="Chủ tịch", is_head=True)
    grant(official("cb1", "Lê Văn Ba", koi), "reform_officer", koi)
    official("cb2", "Trần Thị Tư", office)
    return koi


def hidden(page: Any) -> dict[str, Any]:
    """What the question would send."""
    context = page.context
    return dict(context["typed"]) | context["chosen"] | {"buoc": "xac-nhan", "reason": "Theo nghị quyết"}


def chosen(client: Client, address: str, given: dict[str, str], **fates: str) -> Any:
    """The decision, then the choices: `fates` by the beginning of a line's words. Answers the page that asks."""
    form = client.post(address, given).context["form"]
    lines = {line.key: line.initial for line in form.lines}
    for said, fate in fates.items():
        (key,) = [line.key for line in form.lines if line.said.startswith(said.replace("_", " "))]
        lines[key] = fate
    return client.post(address, given | lines | {"buoc": "chon"})


def works(code: str, day: date = TODAY) -> str:
    found = people.main_unit(Official.objects.get(code=code), day)
    return "" if found is None else found.code


@pytest.mark.requirement(4)
def test_people_and_roles_go_along_and_the_page_says_so_first(administrator, koi):
    first = administrator.post(ADDRESS, MERGE)
    said = first.content.decode()
    assert first.status_code == 200 and not Reorganization.objects.exists()
    assert (
        "Lê Văn Ba, Chuyên viên (xã Đăk Kôi)" in said
        and "Phòng Kinh tế" in said
        and '<dialog id="arrangement"' not in said
    )
    unchosen = chosen(administrator, ADDRESS, MERGE)
    assert unchosen.status_code == 422, "who heads a unit that goes is asked about"
    asks = chosen(administrator, ADDRESS, MERGE, A_Thu="moves:braih")
    assert asks.context["question"] == "Nhập xã Đăk Kôi vào xã Kon Braih?"
    assert (
        "Vị trí công tác: 2 chuyển, 0 kết thúc." in asks.context["effect"]
        and '<dialog id="arrangement"' in asks.content.decode()
    )
    assert not Reorganization.objects.exists()
    assert administrator.post(ADDRESS, hidden(asks)).status_code == 302
    assert [works(code) for code in ("chu-tich", "cb1", "cb2")] == ["braih", "braih", "phong"]
    assert works("cb1", YESTERDAY) == "koi"
    new = Posting.objects.get(official__code="chu-tich", starts_on=TODAY)
    assert (new.is_head, new.post, new.source_document) == (False, "Chủ tịch", DECISION.document)
    (held,) = people.named_grants(Official.objects.get(code="cb1"), TODAY)
    assert (held.role, held.unit.code, held.source_document) == ("reform_officer", "braih", DECISION.document)
    assert units.path(Unit.objects.get(code="phong"), TODAY)[-2].unit.code == "braih"
    assert events_of(Reorganization.objects.get())[0].payload.body
    assert "Theo nghị quyết" in events_of(Reorganization.objects.get())[0].payload.body


def test_a_posting_may_end_instead_a_head_may_go_on_as_head_and_a_part_may_join(administrator, koi):
    asks = chosen(
        administrator, ADDRESS, MERGE, A_Thu="heads:braih", **{"Lê_Văn_Ba,_Chuyên": "ends"}, Phòng_Kinh="joins:braih"
    )
    assert administrator.post(ADDRESS, hidden(asks)).status_code == 302
    assert Posting.objects.get(official__code="chu-tich", starts_on=TODAY).is_head
    assert works("cb1") == "" and works("cb2") == "braih"
    assert units.heirs_of(Unit.objects.get(code="phong"), TODAY) == [Unit.objects.get(code="braih")]


def test_final_is_what_was_confirmed_with_a_reason_and_nothing_else(administrator, koi):
    asks = chosen(administrator, ADDRESS, MERGE, A_Thu="ends")
    silent = administrator.post(ADDRESS, hidden(asks) | {"reason": " "})
    assert silent.status_code == 422 and silent.context["error"]
    official("moi", "Người Mới", koi, post="Phó Chủ tịch")
    assert administrator.post(ADDRESS, hidden(asks)).status_code == 422, "somebody came meanwhile"
    assert not Reorganization.objects.exists()


def test_the_device_is_told_of_its_draft_when_all_is_carried_out(administrator, koi):
    kept = {"ban-nhap": "0abc1def2345"}
    asks = chosen(administrator, ADDRESS, MERGE | kept, A_Thu="ends")
    assert "data-draft>" in administrator.get(ADDRESS).content.decode() and "cchc_saved" not in asks.cookies
    assert administrator.post(ADDRESS, hidden(asks)).cookies["cchc_saved"].value == kept["ban-nhap"]


def test_nobody_gets_a_role_over_more_by_the_own_merger(koi, province):
    person = official("qt", works_in=province)
    grant(person, "administrator", province, covers_subtree=True)
    grant(person, "unit_head", koi)
    form = client_of(person).post(ADDRESS, MERGE).context["form"]
    (line,) = [line for line in form.lines if line.key.startswith("grant") and "Nguyễn Văn An" in line.said]
    assert [key for key, _words in line.choices] == ["ends"]


@pytest.mark.parametrize("kind", ["one_stop", "office"])
def test_units_of_different_levels_are_not_merged_and_not_offered(administrator, koi, kind):
    unit("mot-cua", koi, kind, "Trung tâm Một cửa")
    said = administrator.post(ADDRESS, MERGE | {"predecessors": "mot-cua"})
    assert said.status_code == 422 and "không cùng cấp" in said.content.decode()
    assert not Reorganization.objects.exists()
    viewer = viewer_of(unsaved_account(Official.objects.get(code="quan-tri")), TODAY, used_second_factor=True)
    offered = administrator.get(ADDRESS).context["form"].fields["predecessors"].kind
    assert {one.value for one in likely(get_pick_kind(offered), viewer, "")} == {"koi", "braih"}


@pytest.mark.parametrize(
    ("kind", "into", "answer"),
    [
        ("commune", "ward", True), ("special_zone", "commune", True), ("department", "economic_zone_authority", True),
        ("office", "office", True), ("one_stop", "office", True), ("province", "province", True),
        ("department", "province", False), ("commune", "district", False), ("one_stop", "commune", False),
        ("commune", "department", False), ("vertical_agency", "district", False),
    ],
)  # fmt: skip
def test_which_kinds_go_into_which(kind, into, answer):
    assert may_merge(kind, into) is may_merge(into, kind) is answer


@pytest.mark.requirement(4)
def test_a_unit_is_split_into_one_that_is_there_and_a_new_one(administrator, koi):
    given = {"into": "braih", "founded": "xã Đăk Mới\n", "starts_on": "23/11/2026", "source_document": "NQ 2"}
    new = "xa-dak-moi-2026"
    asks = chosen(
        administrator, "/don-vi/koi/chia-tach/", given, A_Thu=f"heads:{new}", Phòng_Kinh=f"moves:{new}",
        **{"Lê_Văn_Ba,_Chuyên": "moves:braih", "Lê_Văn_Ba,_Công": "ends"},
    )  # fmt: skip
    assert asks.context["question"] == "Chia, tách xã Đăk Kôi thành xã Kon Braih, xã Đăk Mới?"
    assert administrator.post("/don-vi/koi/chia-tach/", hidden(asks)).status_code == 302
    assert [works("chu-tich"), works("cb1")] == [new, "braih"]
    assert {one.code for one in units.heirs_of(koi, TODAY)} == {"braih", new}
    assert [one.unit.code for one in units.path(Unit.objects.get(code="phong"), TODAY)] == ["tinh", new, "phong"]


def test_a_unit_that_goes_on_keeps_who_is_not_sent_elsewhere(administrator, koi):
    given = {"founded": "xã Tách", "goes_on": "on", "starts_on": "23/11/2026", "source_document": "NQ 2"}
    asks = chosen(administrator, "/don-vi/koi/chia-tach/", given, **{"Lê_Văn_Ba,_Chuyên": "moves:xa-tach-2026"})
    assert administrator.post("/don-vi/koi/chia-tach/", hidden(asks)).status_code == 302
    assert [works("chu-tich"), works("cb1"), works("cb2")] == ["koi", "xa-tach-2026", "phong"]
    assert RoleGrant.objects.get(official__code="cb1", ends_on=None).unit == koi
    nothing = administrator.post("/don-vi/koi/chia-tach/", given | {"founded": "", "goes_on": "on"})
    assert nothing.status_code == 422


@pytest.mark.requirement(4)
def test_a_unit_is_ended_with_its_parts(administrator, koi):
    given = {"starts_on": "23/11/2026", "source_document": "NQ 3"}
    asks = chosen(administrator, "/don-vi/koi/giai-the/", given, Phòng_Kinh="ends")
    assert asks.context["question"] == "Giải thể xã Đăk Kôi?"
    assert administrator.post("/don-vi/koi/giai-the/", hidden(asks)).status_code == 302
    assert [works(code) for code in ("chu-tich", "cb1", "cb2")] == ["", "", ""]
    assert not units.path(koi, TODAY) and not units.path(Unit.objects.get(code="phong"), TODAY)


def test_a_part_of_what_ends_may_stand_above_it(administrator, koi):
    given = {"starts_on": "23/11/2026", "source_document": "NQ 3"}
    asks = chosen(administrator, "/don-vi/koi/giai-the/", given, Phòng_Kinh="moves:tinh")
    assert administrator.post("/don-vi/koi/giai-the/", hidden(asks)).status_code == 302
    assert [one.unit.code for one in units.path(Unit.objects.get(code="phong"), TODAY)] == ["tinh", "phong"]


def test_what_follows_the_unit_follows_its_successor(koi, province):
    sister = unit("so", province, "department", "Sở")
    give_supervision(**BY_TESTS, supervisor=sister, unit=koi, starts_on=YESTERDAY, source=DECISION)
    braih = Unit.objects.get(code="braih")
    arrangement = Arrangement("merger", [koi], [braih], TODAY, DECISION)
    fates = dict.fromkeys(leaving(arrangement).keys, Fate("moves", "braih"))
    assert refusal(carry_out, **BY_TESTS, arrangement=arrangement, fates={}) == "organizations.arrangement_stale"
    carry_out(**BY_TESTS, arrangement=arrangement, fates=fates)
    (now,) = Supervision.objects.on(TODAY)
    assert (now.supervisor, now.unit) == (sister, braih)
    assert not Supervision.objects.on(TODAY).filter(unit=koi).exists()


def test_what_was_noted_after_a_merger_that_is_entered_late_goes_along_from_its_day(koi, province):
    late = official("muon", "Người Đến Sau", koi, starts_on=TODAY)
    braih = Unit.objects.get(code="braih")
    arrangement = Arrangement("merger", [koi], [braih], date(2026, 7, 1), DECISION)
    carry_out(
        **BY_TESTS, arrangement=arrangement, fates=dict.fromkeys(leaving(arrangement).keys, Fate("moves", "braih"))
    )
    (only,) = Posting.objects.filter(official=late)
    assert (only.unit, only.starts_on) == (braih, TODAY)


def test_fates_are_said_and_read():
    for one in (Fate("ends"), Fate("joins", "braih")):
        assert fate_of(one.key) == one


@pytest.mark.parametrize("size", [1, 6])
def test_the_page_asks_the_same_at_any_size(administrator, koi, province, size, django_assert_num_queries):
    others = [unit(f"xa-{number}", province, "commune") for number in range(size)]
    for number, other in enumerate(others):
        grant(official(f"n-{number}", works_in=other), "unit_head", other)
        unit(f"phong-{number}", other)
    with django_assert_num_queries(9):
        assert administrator.post(ADDRESS, MERGE | {"predecessors": [one.code for one in others]}).status_code == 200


@pytest.mark.parametrize("part", ["nhap-vao", "chia-tach", "giai-the"])
def test_the_first_page_asks_little(administrator, koi, part, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        assert administrator.get(f"/don-vi/koi/{part}/").status_code == 200


def lines(client: Client) -> dict[str, list[str]]:
    """What the page says of each posting, and the choices in words."""
    form = client.post(ADDRESS, MERGE).context["form"]
    return {line.said: [words for _, words in line.choices] for line in form.lines if line.key.startswith("posting")}


@pytest.mark.requirement(4)
def test_the_page_says_what_becomes_of_second_posts_and_so_it_comes(administrator, koi):
    braih = Unit.objects.get(code="braih")
    given = {**BY_TESTS, "starts_on": date(2026, 1, 1), "is_main": False}
    cb1, there, from_elsewhere = (
        Official.objects.get(code="cb1"), official("tai-cho", "Đinh Văn Chỗ", braih), official("xa", "Y Xa"),
    )  # fmt: skip
    post_official(**given, official=cb1, unit=braih, post="Ủy viên")
    post_official(**given, official=there, unit=koi, post="Thư ký")
    place = unit("ngoai", braih.placements.get().parent, name="Sở Ngoài")
    post_official(**(given | {"is_main": True}), official=from_elsewhere, unit=place, post="Chuyên viên")
    post_official(**given, official=from_elsewhere, unit=koi, post="Tư vấn")
    said = lines(administrator)
    assert said["Lê Văn Ba, Chuyên viên (xã Đăk Kôi)"] == [
        "Chuyển đến xã Kon Braih. Vị trí kiêm nhiệm ở đó kết thúc.", "Thôi vị trí công tác",
    ]  # fmt: skip
    assert said["Đinh Văn Chỗ, Thư ký (xã Đăk Kôi), kiêm nhiệm"] == [
        "Thôi vị trí công tác: đã có vị trí ở xã Kon Braih",
    ]  # fmt: skip
    assert said["Y Xa, Tư vấn (xã Đăk Kôi), kiêm nhiệm"] == ["Chuyển đến xã Kon Braih", "Thôi vị trí công tác"]
    asks = chosen(administrator, ADDRESS, MERGE, A_Thu="moves:braih")
    assert administrator.post(ADDRESS, hidden(asks)).status_code == 302
    held = {code: sorted(_posts(code)) for code in ("cb1", "tai-cho", "xa")}
    assert held == {
        "cb1": [("braih", True)], "tai-cho": [("braih", True)], "xa": [("braih", False), ("ngoai", True)],
    }  # fmt: skip


def test_a_second_post_ends_where_the_main_one_goes_too_and_the_page_says_so(administrator, koi, province):
    other = unit("xa-ba", province, "commune", "xã Ba")
    post_official(
        **BY_TESTS, official=Official.objects.get(code="cb1"), unit=other, post="Ủy viên", starts_on=date(2026, 1, 1),
        is_main=False,
    )  # fmt: skip
    both = MERGE | {"predecessors": ["koi", "xa-ba"]}
    form = administrator.post(ADDRESS, both).context["form"]
    (beside,) = [line for line in form.lines if line.said == "Lê Văn Ba, Ủy viên (xã Ba), kiêm nhiệm"]
    assert beside.choices[0][1] == "Chuyển đến xã Kon Braih. Kết thúc nếu vị trí chính cũng chuyển đến đó."
    asks = chosen(administrator, ADDRESS, both, A_Thu="moves:braih")
    assert administrator.post(ADDRESS, hidden(asks) | {"predecessors": both["predecessors"]}).status_code == 302
    assert _posts("cb1") == [("braih", True)]


def _posts(code: str) -> list[tuple[str, bool]]:
    found = Posting.objects.on(TODAY).filter(official__code=code).order_by("pk")
    return list(found.values_list("unit__code", "is_main"))
