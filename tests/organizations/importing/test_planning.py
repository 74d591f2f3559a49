"""What a file would do: each kind of change, and each way a row can be wrong."""

from __future__ import annotations

from datetime import date

import pytest

from cchc.organizations.importing.planning import plan_import
from cchc.organizations.importing.plans import Plan
from cchc.organizations.importing.reading import _kind
from cchc.organizations.importing.register import (
    Contact,
    Granted,
    Held,
    KnownOfficial,
    KnownUnit,
    Opened,
    Placed,
    Posted,
    Register,
    Scope,
)
from cchc.records.errors import DomainError
from cchc.records.words import tell
from tests.factories.workbooks import rows_with

START, REFORM, LATER = date(2005, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
TODAY = date(2026, 11, 23)
EVERYTHING = Scope()


def known(
    code: str, name: str, kind: str, parent: str | None, start: date = START, end: date | None = None
) -> KnownUnit:
    return KnownUnit(code, (Placed(name, kind, parent, "", "", start, end),))


UNITS = {
    unit.code: unit
    for unit in (
        known("tinh", "tỉnh Mẫu", "province", None),
        known("so", "Sở Nội vụ", "department", "tinh"),
        known("phong", "Phòng Cải cách hành chính", "office", "so"),
        known("to", "Tổ một", "office", "phong"),
        known("xa", "xã Ẵng Mẫu", "commune", "tinh"),
        known("khac", "tỉnh Khác", "province", None),
        known("cu", "xã Cũ", "commune", "tinh", end=date(2025, 6, 30)),
    )
}
OFFICIALS = {
    "cb1": KnownOfficial(
        "cb1", Contact("Lò Văn Ẵng", "ang@mau.gov.vn", "0912"), (Posted("xa", "Chủ tịch", True, START),)
    ),
    "cb2": KnownOfficial("cb2", Contact("Trần Thị Bình"), (Posted("khac", "Chuyên viên", False, START),)),
}
REGISTER = Register(UNITS, OFFICIALS, {("xa", "lo van ang"): ["cb1"]})
XA = {"code": "xa", "name": "xã Ẵng Mẫu", "kind": "Xã", "parent": "tinh"}
CB1 = {"code": "cb1", "name": "Lò Văn Ẵng", "unit": "xa", "post": "Chủ tịch"}

PHONG = {"code": "phong", "name": "Phòng", "kind": "office", "starts_on": LATER}
NEW = {"code": "m", "name": "M", "kind": "commune", "starts_on": LATER}


def plan(units=(), officials=(), scope: Scope = EVERYTHING, register: Register = REGISTER) -> Plan:
    return plan_import(rows_with(units, officials), register, scope)


def told(planned: Plan) -> list[str]:
    return [one.code for one in planned.problems]


def changes(planned: Plan) -> list[tuple[str, str]]:
    assert told(planned) == []
    return [(change.kind, change.code) for change in planned.changes]


@pytest.mark.parametrize(("row", "expected"), [
    (XA, []),
    (XA | {"parent": "", "name": "", "kind": "Xã"}, []),
    (XA | {"starts_on": START}, []),
    (XA | {"name": "xã Mới", "starts_on": LATER}, [("rename", "xa")]),
    (XA | {"kind": "ward", "starts_on": LATER}, [("rename", "xa")]),
    (XA | {"symbol": "UBND", "starts_on": LATER}, [("rename", "xa")]),
    (XA | {"symbol": "-"}, []),
    (XA | {"parent": "khac", "starts_on": LATER}, [("move", "xa")]),
    (XA | {"ends_on": LATER}, [("end", "xa")]),
    (XA | {"code": "moi", "starts_on": LATER}, [("found", "moi")]),
    ({"code": "cu", "name": "xã Cũ", "kind": "Xã", "parent": "tinh"}, []),
    ({"code": "cu", "name": "xã Cũ", "kind": "Phường", "parent": "tinh", "starts_on": REFORM}, [("rename", "cu")]),
    ({"code": "ba", "name": "tỉnh Ba", "kind": "Province", "parent": "-", "starts_on": REFORM}, [("found", "ba")]),
])  # fmt: skip
def test_what_one_unit_would_become(row, expected):
    assert changes(plan([row])) == expected


@pytest.mark.parametrize(("row", "expected"), [
    (CB1, []),
    (CB1 | {"is_head": "Có", "starts_on": START}, []),
    (CB1 | {"phone": "0987"}, [("contact", "cb1")]),
    (CB1 | {"phone": "-"}, [("contact", "cb1")]),
    (CB1 | {"name": "Lò Thị Ẵng"}, [("contact", "cb1")]),
    (CB1 | {"post": "Bí thư", "starts_on": LATER}, [("transfer", "cb1")]),
    (CB1 | {"is_head": "Không", "starts_on": LATER}, [("transfer", "cb1")]),
    (CB1 | {"unit": "so", "starts_on": LATER, "email": "moi@mau.gov.vn"}, [("contact", "cb1"), ("transfer", "cb1")]),
    (CB1 | {"ends_on": LATER}, [("leave", "cb1")]),
    (CB1 | {"code": "cb9", "starts_on": LATER}, [("enter", "cb9"), ("post", "cb9")]),
])  # fmt: skip
def test_what_one_official_would_become(row, expected):
    assert changes(plan(officials=[row])) == expected


@pytest.mark.parametrize(("row", "code"), [
    (XA | {"name": "xã Mới"}, "organizations.import_no_start"),
    (XA | {"name": "xã Mới", "starts_on": START}, "organizations.import_changes_past"),
    (XA | {"parent": "vo-danh", "starts_on": LATER}, "organizations.import_unknown_unit"),
    (XA | {"parent": "tinh khac", "starts_on": LATER}, "organizations.import_unit_by_name"),
    (XA | {"parent": "so", "starts_on": LATER}, "organizations.wrong_parent_kind"),
    (XA | {"parent": "cu", "kind": "office", "starts_on": LATER}, "organizations.not_there"),
    (XA | {"kind": "vương quốc", "starts_on": LATER}, "organizations.unknown_kind"),
    (XA | {"kind": "thành phố", "starts_on": LATER}, "organizations.unknown_kind"),
    (XA | {"kind": "huyện", "starts_on": LATER}, "records.not_in_force"),
    (XA | {"kind": "district", "starts_on": LATER}, "records.not_in_force"),
    (XA | {"ends_on": date(2004, 12, 31)}, "records.ends_before_start"),
    (XA | {"starts_on": "31/02/2025"}, "records.not_a_date"),
    (XA | {"code": "xã mới"}, "organizations.import_not_a_code"),
    (XA | {"code": ""}, "organizations.import_no_code"),
    (XA | {"name": "ă" * 301}, "organizations.import_too_long"),
    ({"code": "moi", "name": "xã Mới", "starts_on": LATER}, "organizations.import_incomplete"),
    ({"code": "moi", "name": "xã Mới", "kind": "Xã", "parent": "tinh"}, "organizations.import_no_start"),
    ({"code": "cu", "name": "xã Khác", "kind": "Xã", "starts_on": date(2025, 7, 2)}, "organizations.unit_ended"),
    ({"code": "cu", "name": "xã Cũ", "kind": "Xã", "ends_on": REFORM}, "organizations.already_ended"),
    ({"code": "so", "name": "Sở Nội vụ", "kind": "department", "ends_on": LATER}, "organizations.still_has_parts"),
    (PHONG | {"parent": "to"}, "organizations.circle"),
    (PHONG | {"parent": "phong"}, "organizations.import_circle"),
])  # fmt: skip
def test_what_is_wrong_with_a_unit(row, code):
    assert told(plan([row])) == [code]


@pytest.mark.parametrize(("row", "code"), [
    (CB1 | {"post": "Bí thư"}, "organizations.import_no_start"),
    (CB1 | {"post": "Bí thư", "starts_on": START}, "organizations.import_changes_past"),
    (CB1 | {"unit": "vo-danh", "starts_on": LATER}, "organizations.import_unknown_unit"),
    (CB1 | {"unit": "Sở Nội vụ", "starts_on": LATER}, "organizations.import_unit_by_name"),
    (CB1 | {"unit": "cu", "starts_on": REFORM}, "organizations.not_there"),
    (CB1 | {"ends_on": date(2004, 12, 31)}, "records.ends_before_start"),
    (CB1 | {"email": "ang"}, "organizations.import_not_an_address"),
    (CB1 | {"phone": "0" * 21}, "organizations.import_too_long"),
    (CB1 | {"is_head": "vua"}, "organizations.import_not_a_flag"),
    ({"code": "cb9", "name": "Nguyễn Văn Mới", "unit": "xa", "starts_on": LATER}, "organizations.import_incomplete"),
    ({"code": "cb9", "unit": "xa", "post": "Chuyên viên", "starts_on": LATER}, "organizations.import_incomplete"),
    ({"code": "cb9", "name": "Mới", "unit": "xa", "post": "Chuyên viên"}, "organizations.import_no_start"),
])  # fmt: skip
def test_what_is_wrong_with_an_official(row, code):
    assert told(plan(officials=[row])) == [code]


def test_a_problem_names_sheet_row_and_column():
    planned = plan([XA, {"code": "moi", "name": "xã", "kind": "vua", "starts_on": LATER}], [CB1 | {"starts_on": "mai"}])
    assert [str(one.place) for one in planned.problems] == ["tep.xlsx:Đơn vị:3:C", "tep.xlsx:Cán bộ:2:E"]


def test_a_code_stands_once():
    planned = plan([XA, XA])
    assert told(planned) == ["organizations.import_code_twice"]
    assert planned.problems[0].message.params == {"code": "xa", "row": 2}


def test_a_name_is_never_taken_for_a_code_but_its_codes_are_told():
    planned = plan(officials=[CB1 | {"unit": "xa ang mau", "starts_on": LATER}])
    assert planned.problems[0].message.params["likely"] == ("xa",)
    same = plan(officials=[CB1 | {"code": "cb9", "starts_on": LATER}])
    assert [one.code for one in same.remarks] == ["organizations.import_same_official"]
    same = plan([XA | {"code": "xa-hai", "starts_on": LATER}])
    assert [one.code for one in same.remarks] == ["organizations.import_same_name"]


def test_parents_may_stand_below_their_parts_in_the_file():
    office = {"code": "p", "name": "Phòng", "kind": "office", "parent": "s", "starts_on": REFORM}
    department = {"code": "s", "name": "Sở", "kind": "department", "parent": "tinh", "starts_on": REFORM}
    person = CB1 | {"code": "cb9", "unit": "p", "starts_on": REFORM}
    assert changes(plan([office, department], [person])) == [
        ("found", "p"), ("found", "s"), ("enter", "cb9"), ("post", "cb9"),
    ]  # fmt: skip


def test_a_circle_in_the_file_is_told_once_and_what_hangs_on_it_not_at_all():
    rows = [
        {"code": code, "name": code, "kind": "office", "parent": parent, "starts_on": REFORM}
        for code, parent in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    ]
    person = CB1 | {"code": "cb9", "unit": "d", "starts_on": REFORM}
    planned = plan(rows, [person])
    assert told(planned) == ["organizations.import_circle"]
    assert planned.problems[0].message.params["codes"] == ("a", "b", "c", "a")


def test_units_that_change_places_stand_in_no_circle():
    swap = [
        {"code": "phong", "name": "Phòng", "kind": "office", "parent": "to", "starts_on": LATER},
        {"code": "to", "name": "Tổ một", "kind": "office", "parent": "so", "starts_on": LATER},
    ]
    assert changes(plan(swap)) == [("move", "phong"), ("move", "to")]


def test_what_ends_with_its_parts_may_end():
    ends = [
        {"code": code, "name": unit.placements[-1].name, "kind": unit.placements[-1].kind, "ends_on": LATER}
        for code in ("so", "phong", "to")
        for unit in (UNITS[code],)
    ]
    assert changes(plan(ends)) == [("end", "so"), ("end", "phong"), ("end", "to")]
    assert told(plan(ends[:2])) == ["organizations.still_has_parts"]


def test_a_new_unit_ends_with_its_kind_and_with_its_parent():
    planned = plan([
        {"code": "h", "name": "huyện", "kind": "district", "parent": "tinh", "starts_on": START},
        {"code": "x", "name": "xã", "kind": "commune", "parent": "h", "starts_on": START},
    ])  # fmt: skip
    assert [change.after.ends_on for change in planned.changes] == [date(2025, 6, 30)] * 2


MINE = Scope(frozenset({"so", "phong", "to"}), frozenset({"so", "phong", "to"}))


@pytest.mark.requirement(124)
@pytest.mark.parametrize("unit", [
    XA | {"name": "xã Mới", "starts_on": LATER}, XA | {"ends_on": LATER}, NEW | {"parent": "tinh"},
    PHONG | {"parent": "khac"},
])  # fmt: skip
def test_nobody_changes_units_that_others_administer(unit):
    assert told(plan([unit], scope=MINE)) == ["organizations.import_not_yours"]


@pytest.mark.requirement(124)
@pytest.mark.parametrize("official", [
    CB1 | {"phone": "0987"}, CB1 | {"unit": "so", "starts_on": LATER}, CB1 | {"ends_on": LATER},
    CB1 | {"code": "cb9", "starts_on": LATER},
])  # fmt: skip
def test_nobody_changes_officials_whom_others_administer(official):
    assert told(plan(officials=[official], scope=MINE)) == ["organizations.import_not_yours"]


def test_only_the_installation_founds_at_the_top():
    top = NEW | {"kind": "province"}
    assert (told(plan([top], scope=MINE)), told(plan([top]))) == (["organizations.top_not_allowed"], [])


def test_in_ones_own_reach_everything_is_as_without_a_bound():
    rows = [
        {"code": "m", "name": "M", "kind": "office", "parent": "so", "starts_on": LATER},
        {"code": "n", "name": "N", "kind": "office", "parent": "m", "starts_on": LATER},
        {"code": "to", "name": "Tổ", "kind": "office", "parent": "n", "starts_on": LATER},
        XA,
    ]
    people = [CB1, CB1 | {"code": "cb9", "unit": "n", "starts_on": LATER}]
    assert changes(plan(rows, people, MINE)) == changes(plan(rows, people))
    alone = Scope(frozenset({"so"}))
    assert told(plan(rows[:2], scope=alone)) == ["organizations.import_not_yours"], "a part, but nothing under the part"


def test_the_digest_stands_for_the_changes_alone():
    renamed = XA | {"name": "xã Mới", "starts_on": LATER}
    assert plan([renamed]).digest() == plan([renamed]).digest()
    assert plan([renamed]).digest() != plan([renamed | {"name": "xã Khác"}]).digest()
    assert plan([]).digest() == plan([XA]).digest()


SEEN = Register(
    UNITS,
    OFFICIALS
    | {
        "sep": KnownOfficial(
            "sep", Contact("Y Blan"), (Posted("xa", "Phó Chủ tịch", False, START),),
            roles=(Held("unit_head", "xa", False, "sep"), Held("auditor", "tinh", True, "sep")), username="blan.y",
        ),
        "pho": KnownOfficial(
            "pho", Contact("A Brol"), (Posted("xa", "Văn thư", False, START),),
            lent=(Held("unit_head", "khac", False, "cb2"),),
        ),
    },
    usernames={"blan.y": "sep"},
    day=TODAY,
)  # fmt: skip
MAYOR = Scope(frozenset({"xa", "so"}), frozenset({"so"}), frozenset({"toi"}))


def rights(official, scope: Scope = EVERYTHING) -> list[object]:
    """The codes of what is wrong, or what is given beside the rest."""
    planned = plan(officials=[official], scope=scope, register=SEEN)
    given = [change.after for change in planned.changes if change.kind in {"account", "role"}]
    return told(planned) or given


@pytest.mark.parametrize(("row", "expected"), [
    ({"username": "Ang.LV"}, [Opened("ang.lv")]),
    ({"role": "Người đứng đầu đơn vị"}, [Granted("unit_head", "xa", False, TODAY)]),
    ({"role": "unit_head", "over": "tinh", "below": "Có"}, [Granted("unit_head", "tinh", True, TODAY)]),
    ({"role": "Auditor", "below": "Không", "starts_on": START}, [Granted("auditor", "xa", False, TODAY)]),
    ({"role": "Auditor", "unit": "so", "starts_on": date(2026, 12, 1)},
     [Granted("auditor", "so", False, date(2026, 12, 1))]),
    ({"username": "ang.lv", "role": "auditor"}, [Opened("ang.lv"), Granted("auditor", "xa", False, TODAY)]),
    ({"code": "sep", "username": "blan.y", "role": "auditor", "over": "tinh"}, []),
    ({"code": "sep", "role": "auditor", "over": "tinh", "below": "Có"}, []),
    ({"code": "sep", "role": "auditor", "over": "tinh", "below": "Không"}, ["organizations.import_other_reach"]),
    ({"code": "sep", "username": "blan"}, ["organizations.import_has_account"]),
    ({"username": "blan.y"}, ["organizations.code_taken"]),
    ({"username": "hai chữ"}, ["organizations.not_a_username"]),
    ({"role": "Vua"}, ["organizations.unknown_role"]),
    ({"over": "xa"}, ["organizations.import_incomplete"]),
    ({"below": "Có"}, ["organizations.import_incomplete"]),
    ({"role": "auditor", "over": "khong-co"}, ["organizations.import_unknown_unit"]),
    ({"role": "auditor", "over": "cu"}, ["organizations.not_there"]),
])  # fmt: skip
def test_the_account_and_the_role_that_a_row_asks_for(row, expected):
    assert rights({"code": "cb1", **row}) == expected


@pytest.mark.parametrize(("row", "code"), [
    ({"role": "auditor"}, None),
    ({"role": "auditor", "over": "so", "below": "Có"}, None),
    ({"role": "auditor", "below": "Có"}, "organizations.subtree_not_allowed"),
    ({"role": "auditor", "over": "tinh"}, "organizations.import_not_yours"),
    ({"username": "ang.lv"}, None),
    ({"code": "cb2", "username": "binh.tt"}, "organizations.import_not_yours"),
    ({"code": "cb2", "role": "auditor", "over": "xa"}, "organizations.import_not_yours"),
    ({"code": "pho", "username": "brol.a"}, "organizations.import_not_yours"),
    ({"code": "toi", "name": "Tôi", "unit": "xa", "post": "Phó", "starts_on": LATER, "role": "auditor"},
     "organizations.own_rights_not_allowed"),
])  # fmt: skip
def test_nobody_gives_by_a_file_what_they_could_not_give_by_hand(row, code):
    """Nor an account to whoever acts for somebody mightier, nor a role to themselves."""
    found = rights({"code": "cb1", **row}, MAYOR)
    assert found == [code] if code else found and not isinstance(found[0], str)


def test_a_sign_in_name_stands_once_in_a_file():
    rows = [{"code": code, "username": "ang.lv"} for code in ("cb1", "cb2")]
    assert told(plan(officials=rows, register=SEEN)) == ["organizations.code_taken"]


def test_an_account_that_holds_more_than_the_sender_could_give_is_not_opened():
    held = KnownOfficial(
        "cb1", Contact("A"), OFFICIALS["cb1"].postings, roles=(Held("unit_head", "tinh", True, "cb1"),)
    )
    register = Register(UNITS, {"cb1": held}, day=TODAY)
    row = {"code": "cb1", "username": "ang.lv"}
    assert told(plan(officials=[row], scope=MAYOR, register=register)) == ["organizations.import_not_yours"]
    assert told(plan(officials=[row], register=register)) == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Văn phòng", "office"), ("phong", "office"), ("Sở", "department"), ("Tỉnh", "province"),
        ("thị xã", "district"), ("Bộ phận Một cửa", "one_stop"), ("xã", "commune"), ("Office", "office"),
        ("ward", "ward"),
    ],
)  # fmt: skip
def test_a_kind_is_meant_by_each_name_that_its_name_lists(said, kind):
    assert _kind(said) == kind


def test_a_kind_of_which_only_the_beginning_is_written_is_suggested():
    with pytest.raises(DomainError) as refused:
        _kind("Cơ quan")
    assert tell(refused.value.problems[0].message) == (
        "Không có loại đơn vị “Cơ quan”. Chọn một trong: Cơ quan chuyên môn (sở, ban, ngành); "
        "Cơ quan ngành dọc đóng trên địa bàn."
    )
    with pytest.raises(DomainError) as unknown:
        _kind("Vương quốc")
    assert "Thị trấn; Xã; Phường" in tell(unknown.value.problems[0].message)
