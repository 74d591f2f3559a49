"""Calendars that extend others: which day comes from where, and which lineages are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cchc.records.errors import DomainError
from cchc.worktime import Calendar
from cchc.worktime.windows import Window

FULL = '["07:30-11:30", "13:00-17:00"]'
MORNING = '["08:00-12:00"]'
AN_HOUR = '["09:00-10:00"]'
OFFICE = (Window(450, 690), Window(780, 1020))
WORKED_SATURDAY, HOLIDAY, MONDAY = date(2026, 1, 10), date(2026, 4, 27), date(2026, 3, 2)


def week(start: str, usual: str, saturday: str = "[]") -> str:
    days = ", ".join(f"{day}: {usual}" for day in ("mon", "tue", "wed", "thu", "fri"))
    return f"  - {{from: {start}, {days}, sat: {saturday}, sun: []}}\n"


def exception(on: str, hours: str) -> str:
    return f"  - {{on: {on}, open: {hours}, name: {{vi: N}}, source: {{document: D}}, verified: true}}\n"


NATION = (
    "id: nation\ntitle: {vi: Nước}\ntime_zone: Asia/Ho_Chi_Minh\nvalid: {from: 2026-01-01, to: 2026-12-31}\n"
    f"weeks:\n{week('2026-01-01', FULL)}{week('2026-07-01', MORNING)}"
    'intake: {cut_off: "15:00"}\n'
    f"exceptions:\n{exception('2026-01-10', 'fri')}{exception('2026-04-27', '[]')}{exception('2026-03-02', '[]')}"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "nation.yaml").write_text(NATION, encoding="utf-8")
    return tmp_path


def load(folder: Path, text: str, id: str = "unit", extends: str | None = "nation") -> Calendar:
    head = f"id: {id}\ntitle: {{vi: Xã}}\n" + (f"extends: {extends}\n" if extends else "")
    path = folder / f"{id}.yaml"
    path.write_text(head + text, encoding="utf-8")
    return Calendar.load(path)


def test_without_anything_of_its_own_it_is_its_parent(folder: Path) -> None:
    unit, nation = load(folder, ""), Calendar.load(folder / "nation.yaml")
    assert unit.timetable == nation.timetable
    assert (unit.first, unit.last, unit.time_zone, unit.rules.intake) == (
        nation.first, nation.last, nation.time_zone, nation.rules.intake,
    )  # fmt: skip
    assert unit.hash != nation.hash


def test_an_exception_replaces_the_parents_of_that_day_only(folder: Path) -> None:
    unit = load(folder, f"exceptions:\n{exception('2026-04-27', MORNING)}{exception('2026-04-28', '[]')}")
    assert unit.windows_on(HOLIDAY) == (Window(480, 720),)
    assert unit.windows_on(date(2026, 4, 28)) == ()
    assert unit.windows_on(MONDAY) == ()


def test_weeks_replace_the_parents_from_their_first_day_on(folder: Path) -> None:
    unit = load(folder, f"weeks:\n{week('2026-06-01', AN_HOUR)}")
    assert unit.windows_on(date(2026, 5, 29)) == OFFICE
    assert unit.windows_on(date(2026, 6, 1)) == (Window(540, 600),)
    assert unit.windows_on(date(2026, 7, 1)) == (Window(540, 600),), "the parent's later week no longer holds"


def test_a_worked_saturday_has_the_hours_of_the_units_own_friday(folder: Path) -> None:
    unit = load(folder, f"weeks:\n{week('2026-01-01', MORNING)}")
    assert unit.windows_on(WORKED_SATURDAY) == (Window(480, 720),)


def test_the_parents_holidays_close_the_units_own_saturdays(folder: Path) -> None:
    text = f"weeks:\n{week('2026-01-01', FULL, MORNING)}"
    assert load(folder, text).windows_on(date(2026, 1, 17)) == (Window(480, 720),)
    assert load(folder, text).windows_on(HOLIDAY) == ()


def test_a_narrower_validity_drops_the_parents_days_outside(folder: Path) -> None:
    unit = load(folder, "valid: {from: 2026-03-01, to: 2026-06-30}\n")
    assert (unit.first, unit.last) == (date(2026, 3, 1), date(2026, 6, 30))
    assert WORKED_SATURDAY not in unit.rules.exceptions
    assert HOLIDAY in unit.rules.exceptions


@pytest.mark.requirement(73)
def test_several_levels_the_nearest_counts(folder: Path) -> None:
    load(folder, f"exceptions:\n{exception('2026-04-27', MORNING)}{exception('2026-04-28', MORNING)}", id="province")
    unit = load(folder, f"exceptions:\n{exception('2026-04-28', '[]')}", extends="province")
    assert [rules.id for rules in unit.lineage] == ["nation", "province", "unit"]
    assert unit.windows_on(date(2026, 4, 28)) == ()
    assert unit.windows_on(HOLIDAY) == (Window(480, 720),)
    assert unit.windows_on(MONDAY) == ()


def test_own_intake_replaces_the_parents(folder: Path) -> None:
    unit = load(folder, "intake: {day_zero: not_counted}\n")
    assert (unit.rules.intake.cut_off, unit.rules.intake.day_zero) == (None, "not_counted")


def test_a_parent_is_found_among_the_packaged_ones(folder: Path) -> None:
    assert [rules.id for rules in load(folder, "", extends="vn").lineage] == ["vn", "unit"]


def refused(folder: Path, text: str, **named: str) -> str:
    with pytest.raises(DomainError) as error:
        load(folder, text, **named)
    assert all(problem.place is not None for problem in error.value.problems)
    return error.value.code


def test_lineages_that_cannot_be(folder: Path) -> None:
    assert refused(folder, "", extends="nobody") == "worktime.parent_not_found"
    assert refused(folder, "", extends="unit") == "worktime.extends_itself"
    (folder / "a.yaml").write_text("id: a\ntitle: {vi: A}\nextends: unit\n", encoding="utf-8")
    assert refused(folder, "", extends="a") == "worktime.extends_itself"
    (folder / "b.yaml").write_text("id: c\ntitle: {vi: A}\nextends: nation\n", encoding="utf-8")
    assert refused(folder, "", extends="b") == "worktime.other_id"
    assert refused(folder, "", extends="../nation") == "worktime.bad_id"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("valid: {from: 2025-12-31, to: 2026-06-30}\n", "worktime.outside_parent"),
        ("valid: {from: 2026-01-01, to: 2027-01-01}\n", "worktime.outside_parent"),
        ("valid: {from: 2026-03-01}\n", "worktime.no_end"),
        (f"exceptions:\n{exception('2027-01-01', '[]')}", "worktime.exception_outside_validity"),
        (f"weeks:\n{week('2027-01-01', FULL)}", "worktime.week_outside_validity"),
    ],
)
def test_a_child_stays_within_its_parents_days(folder: Path, text: str, code: str) -> None:
    assert refused(folder, text) == code


def test_the_hash_follows_the_parent(folder: Path) -> None:
    before = load(folder, "").hash
    (folder / "nation.yaml").write_text(NATION.replace("Nước", "Quốc gia"), encoding="utf-8")
    assert load(folder, "").hash != before
