"""What a calendar file may say, and what is refused with its line and next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cchc.records.errors import DomainError, Unreadable
from cchc.records.words import say_problem
from cchc.worktime import Calendar
from cchc.worktime.loading import packaged_ids
from cchc.worktime.reading import read_rules
from cchc.worktime.windows import Window

OFFICE = (Window(450, 690), Window(780, 1020))
TEXT = """\
id: office
title: {vi: Lịch}
time_zone: Asia/Ho_Chi_Minh
valid: {from: 2026-01-01, to: 2026-12-31}
weeks:
  - from: 2026-01-01
    mon: ["07:30-11:30", "13:00-17:00"]
    tue: ["07:30-11:30", "13:00-17:00"]
    wed: ["07:30-11:30", "13:00-17:00"]
    thu: ["07:30-11:30", "13:00-17:00"]
    fri: ["07:30-11:30", "13:00-16:30"]
    sat: []
    sun: []
intake: {cut_off: "15:00", after_cut_off: next_working_day}
exceptions:
  - {on: 2026-04-27, open: [], name: {vi: Nghỉ bù}, source: {document: Thông báo 1}, verified: true}
  - {on: 2026-01-10, open: fri, name: {vi: Làm bù}, source: {document: Thông báo 2}, verified: {no: Chưa đối chiếu}}
"""


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def test_a_calendar_reads_as_it_is_written() -> None:
    calendar = Calendar([read_rules(TEXT, "office.yaml")])
    assert (calendar.id, calendar.time_zone, calendar.first, calendar.last) == (
        "office", "Asia/Ho_Chi_Minh", date(2026, 1, 1), date(2026, 12, 31),
    )  # fmt: skip
    assert calendar.windows_on(date(2026, 4, 28)) == OFFICE
    assert calendar.windows_on(date(2026, 4, 27)) == ()
    assert calendar.windows_on(date(2026, 1, 10)) == (Window(450, 690), Window(780, 990))
    assert calendar.rules.intake.cut_off == 15 * 60
    exception = calendar.rules.exceptions[date(2026, 1, 10)]
    assert (exception.name.vi, exception.source.document) == ("Làm bù", "Thông báo 2")
    assert exception.verification.doubt == "Chưa đối chiếu"


def test_windows_may_stand_in_any_order_and_touch_and_reach_midnight() -> None:
    text = changed('fri: ["07:30-11:30", "13:00-16:30"]', 'fri: ["13:00-24:00", "7:30 – 11:30", "11:30-12:00"]')
    assert Calendar([read_rules(text, "x.yaml")]).windows_on(date(2026, 1, 2)) == (
        Window(450, 690), Window(690, 720), Window(780, 1440),
    )  # fmt: skip


def test_source_and_verification_of_the_whole_calendar_stand_for_its_days_and_weeks() -> None:
    text = changed("title: {vi: Lịch}", "title: {vi: Lịch}\nsource: {document: Quyết định 5}\nverified: true")
    text = text.replace(", source: {document: Thông báo 1}, verified: true", "")
    rules = read_rules(text, "x.yaml")
    by_day = {exception.on: exception for exception in rules.exceptions}
    assert by_day[date(2026, 4, 27)].source.document == "Quyết định 5"
    assert by_day[date(2026, 4, 27)].verification.verified
    assert by_day[date(2026, 1, 10)].source.document == "Thông báo 2"
    assert rules.weeks[0].source == rules.source


def wrong(old: str, new: str) -> Callable[[], str]:
    return lambda: changed(old, new)


REFUSED: dict[str, tuple[Callable[[], str], str, int | None]] = {
    "unknown key": (wrong("intake:", "intakes:"), "records.unknown_key", 14),
    "unknown key of a day": (wrong("open: fri", "opens: fri"), "records.missing_key", 17),
    "no time zone": (wrong("time_zone: Asia/Ho_Chi_Minh\n", ""), "records.missing_key", 1),
    "no validity": (wrong("valid: {from: 2026-01-01, to: 2026-12-31}\n", ""), "records.missing_key", 1),
    "a weekday missing": (wrong("    sun: []\n", ""), "records.missing_key", 6),
    "no end": (wrong(", to: 2026-12-31", ""), "worktime.no_end", 1),
    "ends early": (wrong("to: 2026-12-31", "to: 2025-12-31"), "records.ends_before_start", 4),
    "too long": (wrong("to: 2026-12-31", "to: 2076-01-01"), "worktime.too_long", 1),
    "unknown time zone": (wrong("Asia/Ho_Chi_Minh", "Asia/Hanoi"), "worktime.unknown_time_zone", 3),
    "a folder of time zones": (wrong("Asia/Ho_Chi_Minh", "Asia"), "worktime.unknown_time_zone", 3),
    "a path as time zone": (wrong("Asia/Ho_Chi_Minh", "../../etc/passwd"), "worktime.unknown_time_zone", 3),
    "a path as id": (wrong("id: office", "id: ../office"), "worktime.bad_id", 1),
    "windows overlap": (wrong('"13:00-16:30"', '"11:29-16:30"'), "worktime.windows_overlap", 11),
    "window past midnight": (wrong('"13:00-16:30"', '"22:00-02:00"'), "worktime.window_ends_early", 11),
    "empty window": (wrong('"13:00-16:30"', '"13:00-13:00"'), "worktime.window_ends_early", 11),
    "window after midnight": (wrong('"13:00-16:30"', '"13:00-24:01"'), "worktime.not_a_time", 11),
    "minute 60": (wrong('"13:00-16:30"', '"13:00-16:60"'), "worktime.not_a_time", 11),
    "no window": (wrong('"13:00-16:30"', '"13:00"'), "worktime.not_a_window", 11),
    "open as a word": (wrong("open: fri", "open: friday"), "records.not_one_of", 17),
    "open without a value": (wrong("open: fri", "open: ~"), "records.missing_key", 17),
    "no source": (wrong("source: {document: Thông báo 1}, ", ""), "records.missing_key", 16),
    "no verification": (wrong("báo 1}, verified: true", "báo 1}"), "records.missing_key", 16),
    "doubt unexplained": (wrong("{no: Chưa đối chiếu}", "false"), "records.not_verified_without_reason", 17),
    "a day twice": (wrong("on: 2026-01-10", "on: 2026-04-27"), "worktime.exceptions_twice", 17),
    "a day before": (wrong("on: 2026-01-10", "on: 2025-12-31"), "worktime.exception_outside_validity", 17),
    "a day after": (wrong("on: 2026-01-10", "on: 2027-01-01"), "worktime.exception_outside_validity", 17),
    "weeks start late": (wrong("  - from: 2026-01-01", "  - from: 2026-01-02"), "worktime.weeks_start_late", 1),
    "cut-off": (wrong('"15:00"', '"25:00"'), "worktime.not_a_time", 14),
    "after the cut-off": (wrong("next_working_day", "never"), "records.not_one_of", 14),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_unclear_is_refused_where_it_stands(case: str) -> None:
    text, code, line = REFUSED[case]
    with pytest.raises(DomainError) as refused:
        Calendar([read_rules(text(), "office.yaml")])
    found = {problem.code: problem for problem in refused.value.problems}
    assert code in found
    place = found[code].place
    assert place is not None
    assert (place.file, place.line) == ("office.yaml", line)
    for language in ("vi", "en"):
        assert say_problem(found[code], language).startswith(f"office.yaml:{line}: ")


def test_a_week_twice_and_one_after_the_end() -> None:
    week = TEXT[TEXT.index("  - from") : TEXT.index("intake")]
    with pytest.raises(DomainError) as twice:
        read_rules(changed("intake", week + "intake"), "x.yaml")
    assert twice.value.code == "worktime.weeks_twice"
    late = changed("intake", week.replace("2026-01-01", "2027-01-01") + "intake")
    with pytest.raises(DomainError) as after:
        Calendar([read_rules(late, "x.yaml")])
    assert after.value.code == "worktime.week_outside_validity"


def test_all_problems_are_told_at_once() -> None:
    text = changed("open: fri", "open: friday").replace("on: 2026-04-27", "on: 2026-04-31")
    with pytest.raises(DomainError) as refused:
        read_rules(text, "x.yaml")
    assert [problem.code for problem in refused.value.problems] == ["records.not_a_date", "records.not_one_of"]


def test_what_is_not_there_or_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as missing:
        Calendar.load(tmp_path / "nowhere.yaml")
    assert missing.value.code == "worktime.calendar_not_found"
    assert "vn" in say_problem(missing.value.problems[0])
    with pytest.raises(Unreadable) as folder:
        Calendar.load(tmp_path)
    assert folder.value.code == "worktime.calendar_not_found"


@pytest.mark.parametrize("id", packaged_ids())
def test_every_packaged_calendar_loads_under_its_name(id: str) -> None:
    assert Calendar.load(id).id == id


def test_the_hash_names_the_content_not_its_spelling() -> None:
    plain = Calendar([read_rules(TEXT, "x.yaml")]).hash
    respelled = TEXT.replace("2026-01-10", "10/01/2026").replace('"07:30-11:30"', '"7:30 - 11:30"')
    lines = respelled.splitlines()
    reordered = "\n".join(["# a comment", *lines[:-2], lines[-1], lines[-2]])
    assert Calendar([read_rules(reordered, "y.yaml")]).hash == plain
    assert Calendar([read_rules(changed("16:30", "16:31"), "x.yaml")]).hash != plain
    assert Calendar([read_rules(changed("Thông báo 1", "Thông báo 3"), "x.yaml")]).hash != plain
    assert Calendar([read_rules(changed("15:00", "15:30"), "x.yaml")]).hash != plain
