"""Posts beside the main one from a file: given, followed by another, ended; never beside no main post."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cchc.organizations.actions.imports import import_directly
from cchc.organizations.actions.people import post_official
from cchc.organizations.importing.planning import plan_import
from cchc.organizations.importing.plans import Plan
from cchc.organizations.importing.reading import rows_of
from cchc.organizations.importing.register import Scope
from cchc.organizations.importing.template import template_table, template_workbook
from cchc.organizations.models import Official, Posting
from cchc.organizations.queries import people
from cchc.organizations.queries.register import known_officials, known_units, register_for
from cchc.tables.reading import read_tables
from tests.factories.organizations import BY_TESTS, TODAY, official, unit
from tests.factories.workbooks import Said, rows_with

pytestmark = pytest.mark.django_db
MARCH, LAST = date(2027, 3, 1), date(2027, 2, 28)
HAI: Said = {"code": "cb1", "unit": "hai", "post": "Phó Chủ tịch", "starts_on": TODAY, "document": "QĐ 9"}
BA: Said = {"code": "cb1", "unit": "ba", "post": "Ủy viên", "starts_on": TODAY}
EVERYTHING = Scope()


@pytest.fixture(autouse=True)
def person() -> Official:
    province = unit("tinh")
    for code in ("mot", "hai", "ba"):
        unit(code, province)
    official("cb2", "Trần Văn Dũng")
    return official("cb1", "Lê Văn Ba", people.Unit.objects.get(code="mot"))


def plan(besides: list[Said], officials: list[Said] | None = None, scope: Scope = EVERYTHING) -> Plan:
    rows = rows_with([], officials or [], besides)
    return plan_import(rows, register_for(rows, TODAY), scope)


def told(planned: Plan) -> list[str]:
    return [one.code for one in planned.problems]


def carry_out(besides: list[Said], officials: list[Said] | None = None) -> Plan:
    rows = rows_with([], officials or [], besides)
    return import_directly(**BY_TESTS, file="tep.xlsx", content=b"", rows=rows)


def posted(day: date, code: str = "cb1") -> dict[str, bool]:
    held = Posting.objects.on(day).filter(official__code=code)
    return {one.unit.code: one.is_main for one in held.select_related("unit")}


def test_two_posts_beside_one_come_in_and_the_same_file_again_changes_nothing():
    assert [change.kind for change in carry_out([HAI, BA]).changes] == ["beside", "beside"]
    assert posted(TODAY) == {"mot": True, "hai": False, "ba": False}
    given = Posting.objects.get(unit__code="hai")
    assert (given.post, given.source_document) == ("Phó Chủ tịch", "QĐ 9")
    again = plan([HAI, BA])
    assert (again.changes, again.unchanged_officials) == ((), 2)


@pytest.mark.parametrize(("row", "code"), [
    ({"unit": ""}, "organizations.import_incomplete"),
    ({"post": ""}, "organizations.import_incomplete"),
    ({"starts_on": None}, "organizations.import_no_start"),
    ({"unit": "khong-co"}, "organizations.import_unknown_unit"),
    ({"unit": "mot"}, "organizations.days_taken"),
    ({"code": "cb2"}, "organizations.no_main_post"),
    ({"code": "cb9"}, "organizations.official_not_found"),
    ({"starts_on": date(2004, 12, 31)}, "organizations.not_there"),
    ({"ends_on": date(2026, 11, 22)}, "records.ends_before_start"),
])  # fmt: skip
def test_what_is_no_post_beside_a_main_one(row, code):
    assert told(plan([HAI | row])) == [code]


def test_a_unit_stands_once_for_a_person_and_two_units_do_not_clash():
    assert told(plan([HAI, HAI])) == ["organizations.import_code_twice"]
    assert told(plan([HAI, BA])) == []


def test_another_post_there_ends_the_one_before_and_a_last_day_ends_it():
    carry_out([HAI])
    later: Said = HAI | {"post": "Chủ tịch", "starts_on": MARCH}
    assert told(plan([later | {"starts_on": TODAY}])) == ["organizations.import_changes_past"]
    carry_out([later])
    held = Posting.objects.filter(unit__code="hai").order_by("starts_on")
    assert [(one.post, one.ends_on) for one in held] == [("Phó Chủ tịch", LAST), ("Chủ tịch", None)]
    ended = carry_out([{"code": "cb1", "unit": "hai", "ends_on": MARCH}])
    assert [change.kind for change in ended.changes] == ["beside_end"]
    assert posted(MARCH) == {"mot": True, "hai": False} and posted(date(2027, 3, 2)) == {"mot": True}
    assert told(plan([{"code": "cb1", "unit": "hai", "ends_on": date(2027, 4, 1)}])) == ["organizations.already_ended"]


def test_a_new_official_and_the_post_beside_come_in_one_file():
    new: Said = {"code": "moi", "name": "Hồ Thị Mới", "unit": "mot", "post": "Chuyên viên", "starts_on": MARCH}
    beside: Said = HAI | {"code": "moi"}
    assert told(plan([beside], [new])) == ["organizations.no_main_post"], "the main one begins later"
    carry_out([beside | {"starts_on": MARCH}], [new])
    assert posted(MARCH, "moi") == {"mot": True, "hai": False}


def test_a_transfer_into_that_unit_ends_the_post_beside():
    carry_out([HAI, BA])
    moved: Said = {"code": "cb1", "name": "Lê Văn Ba", "unit": "hai", "post": "Chủ tịch", "starts_on": MARCH}
    done = carry_out([], [moved])
    assert [change.kind for change in done.changes] == ["transfer", "beside_end"]
    assert posted(MARCH) == {"hai": True, "ba": False} and posted(LAST) == {"mot": True, "hai": False, "ba": False}


def test_a_file_gives_and_ends_only_where_its_sender_may():
    given: dict[str, Any] = {"official": Official.objects.get(code="cb1"), "post": "Ủy viên", "starts_on": TODAY}
    post_official(**BY_TESTS, **given, unit=people.Unit.objects.get(code="ba"), is_main=False)
    only = {code: Scope(frozenset({code})) for code in ("mot", "hai", "ba")}
    both = Scope(frozenset({"mot", "hai"}))
    assert [told(plan([HAI], scope=scope)) for scope in (only["mot"], only["hai"], both)] == [
        ["organizations.import_not_yours"], ["organizations.import_not_yours"], [],
    ]  # fmt: skip
    ended: Said = {"code": "cb1", "unit": "ba", "ends_on": MARCH}
    assert [told(plan([ended], scope=only[code])) for code in ("mot", "ba", "hai")] == [
        [], [], ["organizations.import_not_yours"],
    ]  # fmt: skip


def test_the_template_holds_them_and_comes_back_without_a_change():
    carry_out([HAI, BA])
    known = known_officials(["cb1"], TODAY).values()
    rows = rows_of(read_tables(template_workbook(known_units().values(), known), "tep.xlsx"))
    assert len(rows.besides) == 2
    assert plan_import(rows, register_for(rows, TODAY), EVERYTHING).changes == ()
    alone = rows_of(read_tables(template_table("besides", [], known), "kiem-nhiem.csv"))
    assert [(row.unit, row.document) for row in alone.besides] == [("hai", "QĐ 9"), ("ba", None)]


def test_whoever_leaves_the_main_post_by_a_file_and_keeps_another_is_named():
    carry_out([HAI | {"ends_on": LAST}, BA])
    left: Said = {"code": "cb1", "name": "Lê Văn Ba", "unit": "mot", "ends_on": LAST}
    (remark,) = plan([], [left]).remarks
    assert (remark.code, remark.message.params["units"]) == ("organizations.import_beside_remain", ("ba",))
