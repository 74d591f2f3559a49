"""Mappings: every key typed, the unclear refused with its place, one hash for one meaning."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from cchc.ledger import mapping_reading
from cchc.ledger.mapping import Constant, Limit, LogMapping, column_name, first_match, match_all
from cchc.ledger.mapping_reading import load_mapping, read_mapping
from cchc.records.errors import DomainError, Unreadable
from cchc.records.words import say_problem

SHORT = "case: c\nactivity: a\ntime: t\n"
CONTRACT = """
case: "case:concept:name"            # required; XES trace attributes are named case:KEY
activity: "concept:name"
time: "time:timestamp"
official: "org:resource"
unit: "org:group"
procedure: {constant: "Cấp phép"}
nulls: ["", "EMPTY", "nil"]
received: first_event
finished: last_event
due: "case:deadline"
due_time: as_written
first_due: null
limits: {"Check*": {working_minutes: 480}}
holders: {"T09*": agency}
events: completed
gap: official
system_accounts: [admin1, admin2]
calendar: vn
time_zone: Europe/Amsterdam
open_until: 2013-06-30T00:00
max_rejects: 0.01
"""


def codes(text: str) -> list[str]:
    with pytest.raises(DomainError) as refused:
        read_mapping(text, "m.yaml")
    for problem in refused.value.problems:
        assert say_problem(problem, "vi") != say_problem(problem, "en")
        assert problem.place is not None and problem.place.line is not None
    return [problem.code for problem in refused.value.problems]


def test_the_mapping_of_the_contract_is_read():
    assert read_mapping(CONTRACT, "m.yaml") == LogMapping(
        case="case:concept:name",
        activity="concept:name",
        time="time:timestamp",
        official="org:resource",
        unit="org:group",
        procedure=Constant("Cấp phép"),
        nulls=frozenset({"", "EMPTY", "nil"}),
        due="case:deadline",
        limits=(("Check*", Limit("working_minutes", 480)),),
        holders=(("T09*", "agency"),),
        system_accounts=frozenset({"admin1", "admin2"}),
        time_zone="Europe/Amsterdam",
        open_until=datetime(2013, 6, 30),  # noqa: DTZ001 - civil time of the log
    )


def test_what_is_left_out_has_the_default():
    made = read_mapping(SHORT, "m.yaml")
    assert made == LogMapping("c", "a", "t")
    assert (made.events, made.gap, made.calendar, made.max_rejects) == ("completed", "official", "vn", Fraction(1, 100))
    assert (made.received, made.finished, made.due_time, made.nulls) == (None, None, "as_written", frozenset({""}))


def test_every_field_of_the_record_is_a_key():
    assert set(mapping_reading._READERS) == {field.name for field in fields(LogMapping)}


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("actvity: x", "records.unknown_key"),
        ("limits: {A: {working_hours: 3}}", "records.unknown_key"),
        ("limits: {A: {}}", "ledger.limit_kinds"),
        ("limits: {A: {working_days: 1, calendar_days: 1}}", "ledger.limit_kinds"),
        ("limits: {A: {working_days: 1.5}}", "records.not_a_count"),
        ("limits: {A: {working_days: -1}}", "records.not_a_count"),
        ("limits: {A: {working_days: 1000000001}}", "ledger.limit_too_long"),
        ("limits: [A]", "records.not_a_mapping"),
        ("holders: {A: nobody}", "records.not_one_of"),
        ("events: all", "records.not_one_of"),
        ("gap: nobody", "records.not_one_of"),
        ("due: {days: 3}", "records.unknown_key"),
        ("due: x\ndue_time: noon", "records.not_one_of"),
        ("unit: {constant: }", "records.missing_key"),
        ("unit: [U]", "records.not_a_mapping"),
        ("nulls: EMPTY", "records.not_a_list"),
        ("nulls: [[x]]", "ledger.not_a_list_of_texts"),
        ("system_accounts: {a: b}", "records.not_a_list"),
        ("time_zone: Mars/North", "worktime.unknown_time_zone"),
        ("open_until: tomorrow", "ledger.not_a_moment"),
        ("open_until: 2026-02-30T00:00", "ledger.not_a_moment"),
        ("max_rejects: 1.01", "ledger.not_a_share"),
        ("max_rejects: -0.1", "ledger.not_a_share"),
        ("max_rejects: few", "records.not_a_number"),
        ("bare_dates: noon", "records.not_one_of"),
        ("events: both", "ledger.lifecycle_missing"),
        ("start: s\nevents: started", "ledger.start_and_events"),
        ("first_due: x", "ledger.first_due_without_due"),
        ("due_time: end_of_day", "ledger.due_time_without_due"),
    ],
)
def test_the_unclear_is_refused_with_its_place(keys, code):
    assert code in codes(SHORT + keys + "\n")


@pytest.mark.parametrize("missing", ["case", "activity", "time"])
def test_case_activity_and_time_are_needed(missing):
    text = "".join(line for line in SHORT.splitlines(keepends=True) if not line.startswith(missing))
    assert codes(text + "official: o\n") == ["records.missing_key"]


def test_all_problems_are_told_together():
    assert codes("case: c\nactivty: a\ntime: t\nevents: x\n") == [
        "records.missing_key", "records.not_one_of", "records.unknown_key",
    ]  # fmt: skip


def test_the_edges_of_the_share_are_shares():
    assert read_mapping(SHORT + "max_rejects: 0", "m").max_rejects == 0
    assert read_mapping(SHORT + "max_rejects: 1", "m").max_rejects == 1


@pytest.mark.parametrize("written", ["2026-06-30T00:00", "30/06/2026 00:00", "2026-06-30 00:00:00"])
def test_the_moment_of_judgement_is_written_as_logs_write_moments(written):
    assert read_mapping(f"{SHORT}open_until: {written}", "m").open_until == datetime(2026, 6, 30)  # noqa: DTZ001


def test_the_moment_of_judgement_may_have_a_zone():
    made = read_mapping(f"{SHORT}open_until: 2026-06-30T07:00+07:00", "m")
    assert made.open_until == datetime(2026, 6, 30, tzinfo=UTC)


def test_the_words_for_the_default_and_columns_are_told_apart():
    made = read_mapping(SHORT + "received: Ngày  nhận\nfinished: last_event", "m")
    assert (made.received, made.finished) == ("Ngày nhận", None)
    assert made.columns == ("c", "a", "t", "Ngày nhận")


def test_columns_are_named_once():
    assert read_mapping(SHORT + "official: a\nunit: {constant: U}\ndue: {working_days: 2}", "m").columns == (
        "c",
        "a",
        "t",
    )


def test_the_hash_names_the_meaning():
    made = read_mapping(SHORT + "limits: {A*: {working_days: 2}, B: {working_days: 3}}\nnulls: [x, y]", "m")
    same = read_mapping(
        "time: t\nactivity: a   # no matter\ncase: c\nmax_rejects: 0,010\nnulls: [y, '', x]\n"
        "limits:\n  A*: {working_days: 02}\n  B: {working_days: 3}\n",
        "other.yaml",
    )
    assert made.hash == same.hash and len(made.hash) == 64
    others = [
        SHORT + "nulls: [x, y]",
        SHORT + "limits: {B: {working_days: 3}, A*: {working_days: 2}}\nnulls: [x, y]",
        SHORT + "limits: {A*: {working_days: 2}, B: {working_minutes: 3}}\nnulls: [x, y]",
    ]
    assert len({made.hash, *(read_mapping(text, "m").hash for text in others)}) == 4


def test_a_mapping_that_is_not_there(tmp_path: Path):
    with pytest.raises(Unreadable) as refused:
        load_mapping(tmp_path / "none.yaml")
    assert refused.value.code == "ledger.mapping_not_readable"


@pytest.mark.parametrize(
    ("pattern", "activity", "matches"),
    [
        ("Check*", "Check", True),
        ("Check*", "Check it\ntwice", True),
        ("Check*", "check", False),
        ("Check*", " Check", False),
        ("T0?", "T09", True),
        ("T0?", "T0", False),
        ("*ký*", "Trình ký duyệt", True),
        ("[Duyệt]", "[Duyệt]", True),
        ("[Duyệt]", "D", False),
        ("a.c", "abc", False),
        ("*", "", True),
    ],
)
def test_patterns(pattern, activity, matches):
    assert (first_match([(pattern, 1)], activity) == 1) is matches


def test_the_first_pattern_of_the_file_wins():
    patterns = [("Thẩm định", 1), ("Th*", 2), ("*", 3)]
    assert match_all(patterns, ["Thẩm định", "Thu phí", "Ký"]) == {"Thẩm định": 1, "Thu phí": 2, "Ký": 3}
    assert match_all(patterns[:2], ["Ký"]) == {}


def test_headings_are_compared_without_breaks_in_them():
    assert column_name(" Nga\u0300y\nhẹn  trả ") == "Ngày hẹn trả"
