"""The other shipped calendars: the Netherlands for the event log we measure on, and the sample commune."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import holidays
import polars as pl
import pytest

from cchc.worktime import Calendar
from cchc.worktime.loading import packaged_ids
from tests.support.real_logs import FOLDER, NAMES, needs_real_logs

STAMPS = ("time:timestamp", "case:startdate", "case:enddate", "case:enddate_planned", "case:deadline")


@pytest.mark.parametrize("id", packaged_ids())
def test_every_shipped_calendar_loads_and_names_itself_in_both_languages(id):
    calendar = Calendar.load(id)
    assert calendar.id == id
    assert calendar.title.en
    for exception in calendar.rules.exceptions.values():
        assert exception.name.en
        assert exception.verification.verified or exception.verification.doubt


def test_dutch_days_off_are_those_of_the_law_on_terms():
    nl = Calendar.load("nl")
    theirs = holidays.country_holidays("NL", years=range(2010, 2014))
    on_working_weekdays = {day for day in theirs if day.weekday() < 5}
    ours = {day for day in nl.rules.exceptions if day.weekday() < 5}
    # 5 May is a general holiday by the law every year; for employers mostly every fifth, which is what they list.
    assert ours - on_working_weekdays == {date(2011, 5, 5)}
    assert on_working_weekdays - ours == set()
    assert all(exception.open == () for exception in nl.rules.exceptions.values())


def test_working_days_of_the_dutch_years():
    nl = Calendar.load("nl")
    worked = [day.year for day in nl.rules.days() if nl.windows_on(day)]
    assert [worked.count(year) for year in range(2010, 2014)] == [254, 254, 254, 253]


@needs_real_logs
def test_the_dutch_calendar_covers_the_log_of_receipts():
    nl = Calendar.load("nl")
    log = pl.read_csv(FOLDER / NAMES[0], columns=list(STAMPS), infer_schema=False)
    moments = {text for name in STAMPS for text in log[name].drop_nulls().unique() if text}
    assert len(moments) > 8_000
    civil = [datetime.fromisoformat(text).astimezone(ZoneInfo("Europe/Amsterdam")).date() for text in moments]
    assert nl.first <= min(civil)
    assert max(civil) <= nl.last
    log_days = {datetime.fromisoformat(text).date() for text in log["time:timestamp"].unique()}
    holidays_worked = {day for day, exception in nl.rules.exceptions.items() if day in log_days and not exception.open}
    assert holidays_worked == set()  # the municipality itself kept every one of these days


def test_the_sample_commune_keeps_its_hours_on_an_exchanged_saturday():
    commune, vn = Calendar.load("vn-example-commune"), Calendar.load("vn")
    assert commune.windows_on(date(2026, 8, 22)) == commune.windows_on(date(2026, 8, 24)) != ()
    assert commune.windows_on(date(2026, 8, 22)) != vn.windows_on(date(2026, 8, 22))


def test_the_sample_commune_opens_on_saturdays_but_not_on_a_holiday():
    commune = Calendar.load("vn-example-commune")
    assert commune.windows_on(date(2027, 4, 24))
    assert not commune.windows_on(date(2027, 5, 1))
    assert not commune.windows_on(date(2026, 10, 15))
    assert sum(end - start for start, end in commune.windows_on(date(2026, 10, 14))) == 180
    assert "mẫu" in commune.title.vi
    assert "sample" in (commune.title.en or "")
