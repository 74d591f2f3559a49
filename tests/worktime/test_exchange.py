"""Calendars out to YAML, CSV, XLSX and iCalendar, and back without loss."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from cchc.records.errors import DomainError
from cchc.worktime import Calendar
from cchc.worktime.exchange import calendar_of, found_in, whole, written
from cchc.worktime.loading import packaged_ids
from cchc.worktime.reading import read_rules
from cchc.worktime.rules import CalendarRules
from tests.support.examples import share_of_examples
from tests.worktime.written_rules import shipped, written_rules

SHIPPED = packaged_ids()


def read_back(rules: CalendarRules, ending: str) -> CalendarRules:
    content = written(rules, ending)
    if ending == ".yaml":
        return read_rules(content, "back.yaml")
    if ending == ".csv":  # holds the days only
        return calendar_of(found_in(content, "back.csv"), replace(rules, exceptions=()))
    return calendar_of(found_in(content, f"back{ending}"))


@pytest.mark.parametrize("ending", [".yaml", ".csv", ".xlsx", ".ics"])
@pytest.mark.parametrize("id", SHIPPED)
def test_shipped_calendars_come_back_as_they_were(id, ending):
    rules = shipped(id)
    assert read_back(rules, ending) == rules


@pytest.mark.parametrize("ending", [".yaml", ".csv", ".ics"])
@settings(max_examples=share_of_examples(0.6))
@given(rules=written_rules())
def test_every_calendar_comes_back_as_it_was(ending, rules):
    assert read_back(rules, ending) == rules


@settings(max_examples=3)  # each reads a workbook in a process of its own
@given(rules=written_rules())
def test_every_calendar_comes_back_from_a_workbook(rules):
    assert read_back(rules, ".xlsx") == rules


@pytest.mark.parametrize("ending", [".yaml", ".csv", ".xlsx", ".ics"])
def test_a_source_of_the_whole_calendar_comes_back(ending):
    text = """\
id: con
extends: vn
title: Lịch con
source: {document: Quyết định 5, on: 2025-12-01, article: "2", url: "https://example.org"}
verified: {no: Chưa ký}
exceptions: [{on: 2026-03-03, open: [], name: Nghỉ}]
"""
    rules = read_rules(text, "con.yaml")
    assert rules.exceptions[0].source == rules.source
    assert read_back(rules, ending) == rules


@pytest.mark.parametrize("ending", [".yaml", ".csv", ".xlsx", ".ics"])
def test_the_same_calendar_is_the_same_bytes(ending):
    rules = shipped("vn")
    assert written(rules, ending) == written(read_back(rules, ending), ending)


def test_an_unknown_ending_is_refused_with_the_known_ones():
    with pytest.raises(DomainError) as caught:
        written(shipped("nl"), ".doc")
    assert caught.value.code == "worktime.unknown_ending"
    assert caught.value.problems[0].message.params["known"] == (".csv", ".xlsx", ".ics", ".yaml")


def test_days_without_a_calendar_need_a_base():
    found = found_in(written(shipped("vn"), ".csv"), "days.csv")
    with pytest.raises(DomainError) as caught:
        calendar_of(found)
    assert caught.value.code == "worktime.needs_base"
    assert str(caught.value.problems[0].place) == "days.csv"


def test_a_base_gives_everything_but_the_days():
    vn, nl = shipped("vn"), shipped("nl")
    made = calendar_of(found_in(written(vn, ".xlsx"), "vn.xlsx"), nl)
    assert made.exceptions == vn.exceptions
    assert replace(made, exceptions=nl.exceptions) == nl


def test_added_days_stand_beside_those_of_the_base_and_replace_the_same_day():
    vn = shipped("vn")
    last, *_ = (day for day in vn.exceptions if day.on.isoformat() == "2028-04-04")
    changed = replace(last, open="tue")
    table = written(replace(vn, exceptions=(changed,)), ".csv")
    made = calendar_of(found_in(table, "news.csv"), vn, adding=True)
    assert [old.on for old, new in zip(vn.exceptions, made.exceptions, strict=True) if old != new] == [last.on]
    assert changed in made.exceptions


def test_a_calendar_made_whole_answers_the_same_and_extends_nothing():
    commune = Calendar.load("vn-example-commune")
    alone = Calendar([whole(commune)])
    assert len(alone.lineage) == 1
    assert alone.timetable == commune.timetable
    assert alone.rules.exceptions == commune.rules.exceptions
    assert alone.rules.intake == commune.rules.intake
    assert read_back(whole(commune), ".ics") == whole(commune)
