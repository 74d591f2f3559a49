"""Writing registers: what is refused, whoever asks; nothing is lost; tasks bind an entry to its unit."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from cchc.audit.models import AuditEvent
from cchc.followups.deadlines import Deadline
from cchc.interface.histories.showing import payload_of
from cchc.organizations.actions.units import give_supervision, reorganize
from cchc.organizations.viewers import public_viewer, viewer_of
from cchc.records.errors import DomainError
from cchc.records.sources import Source
from cchc.registers.actions.entries import EntryFacts, correct_entry, strike_entry
from cchc.registers.actions.registers import RegisterFacts, change_register, close_register, reopen_register
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.permissions import may_keep_register
from cchc.registers.queries.registers import keeping_units
from cchc.registers.queries.scope import visible_entries, visible_registers
from tests.factories import papers
from tests.factories.followups import step
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit, unsaved_account
from tests.factories.registers import VALUES, entry, given, register

pytestmark = pytest.mark.django_db


def refused(ask, **given) -> str:
    with pytest.raises(DomainError) as error:
        ask(**BY_TESTS, **given)
    return error.value.problems[0].message.code


def facts(unit, kind="remediation", **values):
    return EntryFacts(unit, VALUES[kind] | values)


def seen_by(person):
    return viewer_of(unsaved_account(person), TODAY, used_second_factor=True)


def test_places_are_given_once_though_entries_are_struck_out(people):
    made = register(people.office)
    first = entry(made, people.commune)
    entry(made, people.other)
    strike_entry(**BY_TESTS, entry=first, expected_version=1, reason="Trùng")
    assert entry(made, people.commune).place == 3
    assert RegisterEntry.objects.filter(register=made).count() == 3


def test_the_same_entry_is_not_written_twice(people):
    made = register(people.office)
    entry(made, people.commune)
    with pytest.raises(DomainError, match="entry_known"):
        entry(made, people.commune, weakness="  CHƯA phát phiếu đánh giá ")
    other = entry(made, people.other)
    assert (
        refused(correct_entry, entry=other, facts=facts(people.commune), expected_version=1) == "registers.entry_known"
    )


@pytest.mark.requirement(125)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_history_names_the_units_in_columns(people, language):
    """It told their codes; and what it tells does not hang on the language of whoever writes."""
    made = register(people.office, "plan")
    led_by = {"led_by": people.commune.code}
    with override(language):
        written = entry(made, people.other, **led_by)
    event = AuditEvent.objects.get(subject_type="registers.RegisterEntry", subject_id=str(written.pk))
    name = people.commune.placements.get(ends_on=None).name_vi
    assert f"Đơn vị chủ trì: {name}" in payload_of(event).after["said"]
    same = EntryFacts(people.other, VALUES["plan"] | led_by)
    correct_entry(**BY_TESTS, entry=written, facts=same, expected_version=1)
    assert RegisterEntry.objects.get(pk=written.pk).version == 1, "nothing was changed"


def test_tone_marks_make_two_entries(people):
    made = register(people.office, "plan")
    entry(made, people.commune, work="Bàn giao hồ sơ")
    assert entry(made, people.commune, work="Bán giao hồ sơ").place == 2


@pytest.mark.requirement(127)
def test_what_carries_on_a_keeper_that_is_gone_keeps_its_registers(people):
    heir = unit("van-phong-moi", people.province, "office", starts_on=date(2026, 7, 1))
    head, former = official("moi", works_in=heir, starts_on=date(2026, 7, 1)), official("cu", works_in=people.office)
    grant(head, "unit_head", heir, starts_on=date(2026, 7, 1))
    grant(former, "unit_head", people.office)
    made = register(people.office)
    entry(made, people.commune)
    assert not may_keep_register(seen_by(head), made) and may_keep_register(seen_by(former), made)
    reorganize(
        **BY_TESTS, kind="merger", predecessors=[people.office], successors=[heir], effective_on=TODAY,
        source=Source("QĐ 1/QĐ-UBND"),
    )  # fmt: skip
    assert may_keep_register(seen_by(head), made)
    assert visible_entries(seen_by(head)).count() == 1
    assert keeping_units(seen_by(head)).get() == heir


@pytest.mark.parametrize(("kind", "named", "code"), [("plan", False, "unit_missing"), ("procedures", True, "no_unit")])
def test_a_kind_says_whether_a_unit_is_named(people, kind, named, code):
    with pytest.raises(DomainError, match=code):
        entry(register(people.office, kind), people.commune if named else None)


def test_a_unit_in_a_column_must_be_there(people):
    with pytest.raises(DomainError, match="unit_not_found"):
        entry(register(people.office, "plan"), people.commune, led_by="khong-co")


@pytest.mark.requirement(115)
def test_an_open_task_keeps_its_entry_where_it_is(people):
    made = register(people.office)
    row = entry(made, people.commune)
    task = given(row, people.commune)
    assert refused(strike_entry, entry=row, expected_version=1, reason="Nhầm") == "registers.entry_has_tasks"
    assert (
        refused(correct_entry, entry=row, facts=facts(people.other), expected_version=1) == "registers.unit_has_tasks"
    )
    assert refused(close_register, register=made, expected_version=1) == "registers.tasks_open"
    assert (
        correct_entry(**BY_TESTS, entry=row, facts=facts(people.commune, note="Thêm"), expected_version=1).version == 2
    )
    step(task, "withdraw")
    assert strike_entry(**BY_TESTS, entry=row, expected_version=2, reason="Nhầm").struck_at
    assert close_register(**BY_TESTS, register=made, expected_version=1).state == "closed"


def test_tasks_are_given_by_entries_that_stand_of_kinds_that_give_any(people):
    with pytest.raises(DomainError, match="gives_no_tasks"):
        given(entry(register(people.office, "procedures")), people.commune)
    made = register(people.office)
    row = entry(made, people.commune)
    strike_entry(**BY_TESTS, entry=row, expected_version=1, reason="Nhầm")
    with pytest.raises(DomainError, match="entry_struck"):
        given(row, people.commune)
    other = entry(made, people.other)
    close_register(**BY_TESTS, register=made, expected_version=1)
    with pytest.raises(DomainError, match="not_in_state"):
        given(other, people.other)


def test_a_closed_register_is_not_written_and_goes_on_with_a_reason(people):
    made = register(people.office)
    row = entry(made, people.commune)
    closed = close_register(**BY_TESTS, register=made, expected_version=1)
    assert (
        refused(correct_entry, entry=row, facts=facts(people.commune, note="x"), expected_version=1)
        == "registers.not_in_state"
    )
    assert refused(close_register, register=made, expected_version=closed.version) == "registers.not_in_state"
    assert refused(reopen_register, register=made, expected_version=2, text=" ") == "followups.nothing_said"
    assert reopen_register(**BY_TESTS, register=made, expected_version=2, text="Kéo dài").closed_at is None


def test_what_a_register_rests_on_is_checked_and_nothing_new_leaves_no_trace(people):
    made = register(people.office)
    same = RegisterFacts(made.title, made.starts_on, made.ends_on)
    before = AuditEvent.objects.count()
    assert change_register(**BY_TESTS, register=made, facts=same, expected_version=1).version == 1
    assert AuditEvent.objects.count() == before
    ends_first = RegisterFacts(made.title, made.starts_on, date(2025, 1, 1))
    assert refused(change_register, register=made, facts=ends_first, expected_version=1) == "records.ends_before_start"
    foreign = papers.basis(people.other, "12/NQ-HĐND")
    of_another = RegisterFacts(made.title, made.starts_on, basis=foreign)
    assert refused(change_register, register=made, facts=of_another, expected_version=1) == "papers.basis_not_citable"
    with pytest.raises(DomainError, match="register_known"):
        register(people.office)
    assert refused(change_register, register=made, facts=same, expected_version=7) == "registers.register_stale"


@pytest.mark.requirement(110, 127)
def test_everybody_sees_what_is_theirs(people):
    made = register(people.office, "weaknesses")
    own, other = entry(made, people.commune), entry(made, people.other, weakness="Khác")
    private = register(people.other, "weaknesses", title="Sổ của xã Hai")
    of_nobody = entry(register(people.office, "integrated_services"))
    give_supervision(
        **BY_TESTS, supervisor=people.other, unit=people.commune, starts_on=TODAY, source=Source("Quyết định 2")
    )
    given(entry(private, people.other, weakness="Việc chung"), people.commune, deadline=Deadline(TODAY, working_days=5))

    def rows(viewer):
        return set(visible_entries(viewer).values_list("title", flat=True))

    everything = {one.title for one in RegisterEntry.objects.order_by("pk")}
    assert rows(seen_by(people.officer)) == everything
    assert rows(seen_by(people.clerk)) == {own.title, "Việc chung"}, "what concerns it, and what gave it a task"
    assert rows(seen_by(people.other_chairman)) == {other.title, "Việc chung"}
    assert of_nobody.title not in rows(seen_by(people.clerk))
    assert set(visible_registers(seen_by(people.clerk))) == {made, private}
    assert not visible_registers(public_viewer(TODAY)) and not visible_entries(public_viewer(TODAY))
    grant(people.clerk, "inspector", people.other)
    assert rows(seen_by(people.clerk)) == {own.title, other.title, "Việc chung"}
    assert Register.objects.count() == 3
