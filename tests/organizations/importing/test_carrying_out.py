"""A file carried out leaves what the same changes by hand, one action each, would have left."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction

from cchc.audit.actions import action
from cchc.audit.models import AuditEvent
from cchc.audit.queries import events_of, verify_chain
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.actions.ancestry import renew_links
from cchc.organizations.actions.dating import end
from cchc.organizations.actions.imports import import_directly
from cchc.organizations.actions.people import change_official, end_posting, post_official
from cchc.organizations.actions.rights import delegate
from cchc.organizations.actions.units import Standing, lock_unit, place_unit
from cchc.organizations.audit_kinds import IMPORT_COMMITTED, PLACEMENT_ENDED
from cchc.organizations.importing.planning import plan_import
from cchc.organizations.importing.plans import Change, Plan
from cchc.organizations.importing.reading import rows_of
from cchc.organizations.importing.register import Contact, Held, Placed, Posted, Scope
from cchc.organizations.importing.template import template_workbook
from cchc.organizations.models import Ancestry, Official, Placement, Posting, RegisterImport, Unit
from cchc.organizations.queries import people, units
from cchc.organizations.queries.register import known_officials, known_units, register_for, units_in
from cchc.records.errors import DomainError
from cchc.records.words import say
from cchc.tables.reading import read_tables
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, grant, official, unit
from tests.factories.workbooks import Said, rows_with, workbook

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def carry_out(units_: list[Said], officials: list[Said]) -> Plan:
    return import_directly(**BY_TESTS, file="tep.xlsx", content=b"", rows=rows_with(units_, officials))


def by_hand(changes: list[Change], random: Random) -> bool:
    """Every change by the action for one, in an order in which each is allowed; whether such an order was found."""
    for _ in range(3):
        random.shuffle(changes)
        changes.sort(key=lambda change: change.kind != "end")
        start, left = transaction.savepoint(), list(changes)
        while (done := next((one for one in left if _is_done(one)), None)) is not None:
            left.remove(done)
        if not left:
            return True
        transaction.savepoint_rollback(start)
    return False


def _is_done(change: Change) -> bool:
    start = transaction.savepoint()
    try:
        _do(**BY_TESTS, change=change)
    except (DomainError, Official.DoesNotExist):
        transaction.savepoint_rollback(start)
        return False
    return True


@action
def _do(*, actor: Any, now: Any, change: Change) -> None:
    by, after = {"actor": actor, "now": now}, change.after
    if isinstance(after, Placed):
        parent = None if after.parent is None else Unit.objects.get(code=after.parent)
        standing = Standing(after.kind, after.name, parent, after.name_en, after.symbol)
        if change.kind == "end":
            assert after.ends_on is not None
            held = lock_unit(Unit.objects.get(code=change.code), None)
            end(held.placements.order_by("-starts_on").first(), after.ends_on, PLACEMENT_ENDED)
            renew_links([held.pk])
        else:
            place_unit(**by, unit=Unit.objects.get(code=change.code), standing=standing, starts_on=after.starts_on)
        return
    person = Official.objects.get(code=change.code)
    if isinstance(after, Contact):
        change_official(**by, official=person, name=after.name, email=after.email, phone=after.phone)
    elif change.kind == "leave":
        posting = person.postings.filter(is_main=True).order_by("-starts_on").first()
        end_posting(**by, posting=posting, ends_on=after.ends_on, reason="x")
    else:
        assert isinstance(after, Posted)
        place = Unit.objects.get(code=after.unit)
        post_official(
            **by, official=person, unit=place, post=after.post, starts_on=after.starts_on, ends_on=after.ends_on,
            is_head=after.is_head,
        )  # fmt: skip


def state() -> dict[str, Any]:
    """All that the register holds, by codes."""
    placed = (
        "unit__code",
        "parent__code",
        "kind",
        "name_vi",
        "symbol",
        "search_key",
        "sort_key",
        "starts_on",
        "ends_on",
    )
    return {
        "units": set(Unit.objects.values_list("code", "version")),
        "placements": set(Placement.objects.values_list(*placed)),
        "links": set(
            Ancestry.objects.values_list("ancestor__code", "descendant__code", "depth", "starts_on", "ends_on")
        ),
        "people": set(
            Official.objects.values_list("code", "name", "email", "phone", "search_key", "sort_key", "version")
        ),
        "postings": set(
            Posting.objects.values_list(
                "official__code", "unit__code", "post", "is_main", "is_head", "starts_on", "ends_on"
            )
        ),
    }


def events() -> Counter[tuple[str, bool]]:
    told = AuditEvent.objects.exclude(kind=IMPORT_COMMITTED).values_list("kind", "personal")
    return Counter(told)


def invented(random: Random, day: date, known: set[str]) -> tuple[list[Said], list[Said]]:
    """A file whose rows often stand under one another, and often change what there is."""
    rows: list[Said] = [{"code": "tinh", "name": "tỉnh Mẫu", "kind": "province", "starts_on": LONG_AGO}]
    for number in range(8):
        parent = f"u{random.randrange(number)}" if number > 2 else "tinh"
        kind = "department" if parent == "tinh" else "office"
        row = {
            "code": f"u{number}",
            "name": f"Đơn vị {random.randrange(3)}",
            "kind": kind,
            "parent": parent,
            "starts_on": day,
        }
        if row["code"] in known and random.random() < 0.2:
            row = {"code": row["code"], "ends_on": day + 30 * DAY}
        rows.append(row)
    random.shuffle(rows)
    people_ = [
        {"code": f"cb{number}", "name": f"Người {random.randrange(3)}", "post": random.choice(("Chuyên viên", "Phó")),
         "unit": random.choice(("tinh", f"u{number}")), "starts_on": day, "phone": random.choice(("-", "0912"))}
        for number in range(8)
    ]  # fmt: skip
    return rows, people_


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 7, 13, 19, 21])  # for these there is an order by hand
def test_a_file_leaves_what_the_same_changes_by_hand_leave(seed):
    random = Random(seed)
    carry_out(*invented(random, date(2020, 1, 1), set()))
    rows = rows_with(*invented(random, date(2025, 8, 1), {f"u{number}" for number in range(8)}))
    planned = plan_import(rows, register_for(rows, TODAY), Scope())
    assert len(planned.changes) > 15 and not planned.problems
    before = events()
    before_hand = transaction.savepoint()
    assert by_hand(list(planned.changes), random)
    expected, expected_events = state(), events()
    transaction.savepoint_rollback(before_hand)
    assert events() == before
    import_directly(**BY_TESTS, file="tep.xlsx", content=b"", rows=rows)
    assert state() == expected
    assert events() == expected_events
    assert verify_chain().damages == ()


def test_the_same_file_again_changes_nothing():
    file = invented(Random(1), date(2020, 1, 1), set())
    first = carry_out(*file)
    assert first.counts()["found"] == 9
    head, left = AuditEvent.objects.count(), state()
    again = carry_out(*file)
    assert (again.changes, again.unchanged_units, again.unchanged_officials) == ((), 9, 8)
    assert (AuditEvent.objects.count(), state()) == (head, left)
    assert RegisterImport.objects.count() == 1


def test_what_the_template_holds_changes_nothing_and_comes_back_whole():
    province = unit("tinh", name="tỉnh Ẵng Mẫu")
    official("cb1", "Lò Văn Ẵng", unit("xa", province))
    official("cb2", "Chưa có việc")
    found = units_in(Scope())
    content = template_workbook(found, known_officials(["cb1", "cb2"], TODAY).values())
    rows = rows_of(read_tables(content, "mau.xlsx"))
    planned = plan_import(rows, register_for(rows, TODAY), Scope())
    assert (planned.problems, planned.remarks, planned.changes) == ((), (), ())
    assert (planned.unchanged_units, planned.unchanged_officials) == (2, 2)
    assert {row.code for row in rows.units} == set(known_units())


@pytest.mark.requirement(124)
def test_whoever_is_transferred_by_a_file_and_keeps_roles_is_remarked():
    province = unit("tinh", name="tỉnh Ẵng Mẫu")
    commune = unit("xa", province)
    unit("xa-moi", province)
    for code in ("cb1", "cb2", "cb3"):
        official(code, works_in=commune)
    grant(Official.objects.get(code="cb1"), "administrator", commune)
    grant(Official.objects.get(code="cb1"), "auditor", province, ends_on=TODAY - timedelta(days=1))
    grant(Official.objects.get(code="cb3"), "auditor", commune)
    moved = [{"code": code, "unit": "xa-moi", "starts_on": TODAY} for code in ("cb1", "cb2")]
    rows = rows_with([], [*moved, {"code": "cb3", "post": "Bí thư", "starts_on": TODAY}])
    planned = plan_import(rows, register_for(rows, TODAY), Scope())
    assert (planned.problems, len(planned.changes)) == ((), 3)
    (remark,) = planned.remarks
    said = "Nguyễn Văn An chuyển đơn vị nhưng vẫn giữ vai trò: Quản trị (xa)."
    assert (say(remark.message, "vi"), remark.place.row) == (said, 2)
    assert "(xa)" in say(remark.message, "en")


def test_each_event_names_the_row_and_one_sums_up():
    row = {"code": "tinh", "name": "tỉnh Mẫu", "kind": "province", "starts_on": LONG_AGO}
    import_directly(**BY_TESTS, file="tep.xlsx", content=b"abc", rows=rows_of(read_tables(workbook([row]), "tep.xlsx")))
    made = RegisterImport.objects.get()
    (founded,) = events_of(Unit.objects.get(code="tinh"))
    assert '"reason":"tep.xlsx: Đơn vị 2"' in founded.payload.body
    (summary,) = events_of(made)
    assert summary.kind == IMPORT_COMMITTED and '"found":1' in summary.payload.body
    assert len(made.sha256) == 64 and bytes(made.content) == b""


def test_with_one_wrong_row_nothing_is_written():
    row = {"code": "tinh", "name": "tỉnh Mẫu", "kind": "province", "starts_on": LONG_AGO}
    with pytest.raises(DomainError) as refused:
        carry_out([row, row | {"code": "hai", "starts_on": "hôm qua"}], [{"code": "cb1", "name": "A", "unit": "khong"}])
    assert [one.code for one in refused.value.problems] == ["records.not_a_date", "organizations.import_incomplete"]
    assert not Unit.objects.exists() and not RegisterImport.objects.exists()


def test_the_past_reads_as_it_was():
    province = unit("tinh", name="tỉnh Mẫu")
    commune = unit("xa", province, name="xã Cũ")
    person = official("cb1", works_in=commune)
    carry_out(
        [{"code": "xa", "name": "phường Mới", "kind": "Phường", "parent": "tinh", "starts_on": date(2025, 7, 1),
          "document": "QĐ 1", "document_on": date(2025, 6, 1)}],
        [{"code": "cb1", "name": person.name, "unit": "tinh", "post": "Chuyên viên", "starts_on": date(2025, 7, 1)}],
    )  # fmt: skip
    day = date(2025, 6, 30)
    assert [one.name_vi for one in units.path(commune, day)] == ["tỉnh Mẫu", "xã Cũ"]
    assert [one.name_vi for one in units.path(commune, TODAY)] == ["tỉnh Mẫu", "phường Mới"]
    assert people.main_unit(person, day) == commune and people.main_unit(person, TODAY) == province
    assert commune.placements.get(ends_on=None).source_document == "QĐ 1"


def test_the_register_knows_accounts_and_for_whom_somebody_acts():
    province = unit("tinh")
    head, deputy, other = official("truong", works_in=province), official("pho", works_in=province), official("khac")
    grant(head, "unit_head", province, covers_subtree=True)
    grant(head, "auditor", province)
    grant(other, "inspector", province)
    days = {"starts_on": TODAY, "ends_on": TODAY, "reason": "Họp"}
    delegate(**BY_TESTS, principal=head, deputy=deputy, role="unit_head", **days)
    delegate(**BY_TESTS, principal=other, deputy=deputy, **days)
    open_account(**BY_TESTS, official=deputy, username="pho.ten")
    known = known_officials(["pho", "truong"], TODAY)
    assert known["pho"].lent == (Held("unit_head", "tinh", True, "truong"), Held("inspector", "tinh", False, "khac"))
    assert (known["pho"].username, known["truong"].username, known["truong"].lent) == ("pho.ten", "", ())
    assert known_officials(["pho"], TODAY + DAY)["pho"].lent == ()
    rows = rows_with([], [{"code": "truong", "username": "pho.ten"}, {"code": "khac", "username": "moi.ten"}])
    assert register_for(rows, TODAY).usernames == {"pho.ten": "pho"}


SEVERAL: list[Said] = [
    {"code": f"cb{at}", "name": f"Lò Văn Số {at}", "post": "Chuyên viên", "unit": "tinh", "starts_on": LONG_AGO}
    for at in range(25)
]
PROVINCE: Said = {"code": "tinh", "name": "tỉnh Mẫu", "kind": "province", "starts_on": LONG_AGO}


@pytest.fixture
def in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts so small that there are several of everything."""
    monkeypatch.setattr("cchc.organizations.queries.batches.BATCH", 4)
    monkeypatch.setattr("cchc.organizations.actions.carrying_out.BATCH", 4)
    monkeypatch.setattr("cchc.audit.chain._AT_ONCE", 7)


@pytest.mark.requirement(84)
@pytest.mark.usefixtures("in_small_parts")
def test_it_is_told_how_many_changes_are_written_up_to_the_last() -> None:
    told: list[tuple[int, int]] = []
    plan = import_directly(
        **BY_TESTS, file="tep.xlsx", content=b"", rows=rows_with([PROVINCE], SEVERAL),
        tell=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert len(plan.changes) == 51 and {of for _, of in told} == {51}
    counts = [done for done, _ in told]
    assert counts == sorted(counts) and counts[0] < 10 and counts[-1] == 51
    assert len(set(counts)) > 20, "in many small steps"
    assert counts[-2] < 51, "all is done when all events stand in the chain, and not before"


@pytest.mark.requirement(84)
@pytest.mark.usefixtures("in_small_parts")
@pytest.mark.parametrize("at", [1, 15, 40, 50])
def test_stopped_at_any_part_nothing_of_it_is_written(at: int) -> None:
    class Stopped(BaseException):
        """As a job is cancelled, or Ctrl-C pressed."""

    def stop(done: int, of: int) -> None:
        if done >= at:
            raise Stopped

    before = state(), AuditEvent.objects.count()
    with pytest.raises(Stopped):
        import_directly(
            **BY_TESTS, file="tep.xlsx", content=b"", rows=rows_with([PROVINCE], SEVERAL), tell=stop
        )  # fmt: skip
    assert (state(), AuditEvent.objects.count()) == before
    assert verify_chain().is_valid and not RegisterImport.objects.exists()
