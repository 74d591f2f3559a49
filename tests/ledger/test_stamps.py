"""Moments in logs: a table with a case on each side of every edge; the bulk reader against the plain one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.ledger.clock import end_of_civil_day, to_civil, to_utc
from cchc.ledger.stamps import parse_stamp, read_stamps, utc_microseconds

HANOI, AMSTERDAM = "Asia/Ho_Chi_Minh", "Europe/Amsterdam"


def at(column: pl.Series, zone: str = HANOI) -> list[datetime | None]:
    return read_stamps(column, zone).at.cast(pl.Datetime("us", "UTC")).to_list()


NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02 12:00", NOON),
        ("2026-03-02T12:00", NOON),
        ("2026-03-02 12:00:00", NOON),
        ("2026-03-02T12:00:00.000", NOON),
        ("2026-03-02 12:00:00.123456789", NOON + timedelta(microseconds=123_456)),
        ("2026-03-02 12:00:00,5", NOON + timedelta(milliseconds=500)),
        ("2026-03-02T05:00:00Z", NOON),
        ("2026-03-02 05:00Z", NOON),
        ("2026-03-02 06:00:00+01:00", NOON),
        ("2026-03-02T06:00:00.000+0100", NOON),
        ("2026-03-02 06:00:00 +01", NOON),
        ("2026-03-02 00:30:00-04:30", NOON),
        ("02/03/2026 12:00", NOON),
        ("2/3/2026 12:00:00", NOON),
        ("02-03-2026 12:00", NOON),
        ("02.03.2026 12:00", NOON),
        ("2026/03/02 12:00", NOON),
        ("02/03/2026, 12:00", NOON),
        ("12:00 02/03/2026", NOON),
        ("12:00:00 - 02/03/2026", NOON),
        ("12h00 02/03/2026", NOON),
        ("02/03/2026 12:00 PM", NOON),
        ("02/03/2026 12:00:00 CH", NOON),
        ("02/03/2026 12:00 AM", NOON - timedelta(hours=12)),
        ("02/03/2026 12:00 SA", NOON - timedelta(hours=12)),
        ("02/03/2026 1:00 CH", NOON + timedelta(hours=1)),
        ("02/03/2026 12:00:60", NOON + timedelta(minutes=1)),
        ("46083.5", NOON),
        ("46083,5", NOON),
        ("46083.4999999", NOON),
        ("46083.499", NOON - timedelta(seconds=86)),
        ("28/02/2024 12:00", datetime(2024, 2, 28, 5, tzinfo=UTC)),
        ("29/02/2024 12:00", datetime(2024, 2, 29, 5, tzinfo=UTC)),
        ("29/02/2026 12:00", None),
        ("13/13/2026 12:00", None),
        ("03/13/2026 12:00", None),
        ("02/03/2026 24:00", None),
        ("02/03/2026 12:60", None),
        ("02/03/2026 12:00:61", None),
        ("02/03/2026 13:00 CH", None),
        ("02/03/2026 0:00 SA", None),
        ("02-03/2026 12:00", None),
        ("02/03/26 12:00", None),
        ("0026-03-02 12:00", None),
        ("2026-03-02 12", None),
        ("2026-03-02 12:00:00+25:00", None),
        ("hôm qua", None),
        ("12:00", None),
        ("19999.5", None),
        ("80000", None),
        ("46083.5.1", None),
        ("٢٠٢٦-٠٣-٠٢ 12:00", None),
    ],
)
def test_one_spelling(text, expected):
    assert at(pl.Series([text])) == [expected]


@pytest.mark.parametrize(
    ("text", "is_bare"),
    [("02/03/2026", True), ("2026-03-02", True), ("46083", True), ("46083.0", True), ("02/03/2026 00:00", False)],
)
def test_a_date_alone_is_known_as_such(text, is_bare):
    stamps = read_stamps(pl.Series([text]), HANOI)
    assert stamps.is_bare.to_list() == [is_bare]
    assert stamps.at.cast(pl.Datetime("us", "UTC")).to_list() == [datetime(2026, 3, 1, 17, tzinfo=UTC)]


def test_forms_may_be_mixed_in_one_column():
    column = pl.Series(["2026-03-02 12:00", None, "02/03/2026 12:00", "2026-03-02T05:00:00Z", "x", "12h00 02/03/2026"])
    assert at(column) == [NOON, None, NOON, NOON, None, NOON]


def test_typed_columns():
    naive, aware = datetime(2026, 3, 2, 12), datetime(2026, 3, 2, 13, tzinfo=timezone(timedelta(hours=8)))  # noqa: DTZ001
    assert at(pl.Series([naive, None], dtype=pl.Datetime("ns"))) == [NOON, None]
    assert at(pl.Series([naive], dtype=pl.Datetime("ms"))) == [NOON]
    assert at(pl.Series([aware])) == [NOON]
    assert read_stamps(pl.Series([date(2026, 3, 2)]), HANOI).is_bare.to_list() == [True]
    assert at(pl.Series([46083.5, None])) == [NOON, None]
    assert at(pl.Series([], dtype=pl.String)) == []


@pytest.mark.parametrize(
    ("civil", "utc"),
    [
        ("2011-03-27 01:59", "2011-03-27 00:59"),
        ("2011-03-27 02:30", "2011-03-27 01:30"),  # an hour that clocks leave out
        ("2011-03-27 03:00", "2011-03-27 01:00"),
        ("2011-10-30 02:30", "2011-10-30 00:30"),  # an hour that they repeat: the first pass
        ("2011-10-30 03:00", "2011-10-30 02:00"),
    ],
)
def test_when_clocks_change(civil, utc):
    assert at(pl.Series([civil]), AMSTERDAM) == [datetime.fromisoformat(f"{utc}+00:00")]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2011-12-06T13:41:31+01:00", "2011-12-06T23:00"),
        ("2011-12-06T00:00:00+01:00", "2011-12-06T23:00"),
        ("2011-12-05T23:59:59+00:00", "2011-12-06T23:00"),
        ("2011-03-27T00:30:00+01:00", "2011-03-27T22:00"),  # a day of 23 hours
        ("2011-10-30T00:30:00+02:00", "2011-10-30T23:00"),  # and of 25
    ],
)
def test_the_end_of_a_civil_day(text, end):
    ends = end_of_civil_day(read_stamps(pl.Series([text]), AMSTERDAM).at, AMSTERDAM)
    assert ends.cast(pl.Datetime("us", "UTC")).to_list() == [datetime.fromisoformat(f"{end}+00:00")]


moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001
FORMS = (
    "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y",
    "%Y-%m-%dT%H:%M:%S+07:00", "%Y-%m-%d %H:%M:%S.%fZ", "%H:%M %d-%m-%Y", "%d/%m/%Y %I:%M %p",
)  # fmt: skip
spellings = st.one_of(
    st.builds(lambda moment, form: moment.strftime(form), moments, st.sampled_from(FORMS)),
    st.from_regex(r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}[ T][0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2})?", fullmatch=True),
    st.text("0123456789-/:T .+Z", max_size=20),
)


@given(st.lists(st.none() | spellings, max_size=12), st.sampled_from([HANOI, AMSTERDAM, "UTC"]))
def test_the_bulk_reader_agrees_with_the_plain_one(texts, zone):
    read = read_stamps(pl.Series(texts, dtype=pl.String), zone)
    plain = [None if text is None or (stripped := text.strip()) != text else parse_stamp(stripped) for text in texts]
    for text, stamp, found, is_bare in zip(texts, plain, read.at, read.is_bare, strict=True):
        if text is None or text.strip() != text:
            continue
        assert found == (None if stamp is None else utc_microseconds(stamp.moment, zone)), text
        assert is_bare == (stamp is not None and stamp.is_bare)


@pytest.mark.parametrize(
    ("zone", "changes_at"),
    [
        (AMSTERDAM, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (AMSTERDAM, datetime(2026, 10, 25, 1, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(1985, 12, 31, 18, 30, tzinfo=UTC)),
        ("Africa/Monrovia", datetime(1972, 1, 7, 0, 44, 30, tzinfo=UTC)),
    ],
)
def test_many_minutes_about_a_change_of_clocks(zone, changes_at):
    middle = int(changes_at.timestamp()) // 60
    minutes = np.arange(middle - 200, middle + 200)
    civil = [datetime.fromtimestamp(minute * 60, ZoneInfo(zone)) for minute in minutes.tolist()]
    expected = np.array([moment.replace(tzinfo=None) for moment in civil], dtype="datetime64[m]")
    assert (to_civil(minutes, zone) == expected).all()
    assert len({moment.utcoffset() for moment in civil}) == 2, "the clocks do change"


@given(
    st.lists(st.integers(0, 2**31 - 1).map(lambda minute: minute // 2), max_size=5), st.sampled_from([HANOI, AMSTERDAM])
)
def test_there_and_back(minutes, zone):
    series = pl.Series(minutes, dtype=pl.Int64)
    civil = to_civil(series.to_numpy(), zone)
    back = to_utc(pl.Series(civil.astype("datetime64[us]"), dtype=pl.Datetime("us")), zone).cast(pl.Int64) // 60_000_000
    repeated = [60] if zone == AMSTERDAM else []  # the second pass of a repeated hour comes back as the first
    assert all(minute - again in [0, *repeated] for minute, again in zip(minutes, back, strict=True))
