"""XES: attributes of events and traces, what is never a default, broken files, bounded memory."""

from __future__ import annotations

import gzip
import tracemalloc

import polars as pl
import pytest

from cchc.ledger import reading_xes
from cchc.ledger.columns import ROW
from cchc.ledger.reading import open_log
from cchc.records.errors import Unreadable
from tests.ledger.test_reading import file, refused, rows_in


def log(*inside: str, attributes: str = "") -> str:
    return f"<log {attributes}>{''.join(inside)}</log>"


def trace(name: str, *events: str, more: str = "") -> str:
    return f'<trace><string key="concept:name" value="{name}"/>{more}{"".join(events)}</trace>'


def event(**attributes: str) -> str:
    return "<event>" + "".join(f'<string key="{k}" value="{v}"/>' for k, v in attributes.items()) + "</event>"


def test_attributes_of_traces_come_under_case(tmp_path):
    text = log(trace("1", event(a="x"), event(a="y")), trace("2", event(a="z")))
    assert rows_in(file(tmp_path, text), "case:concept:name", "a") == [
        (1, False, "1", "x"), (2, False, "1", "y"), (3, False, "2", "z"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["string", "date", "int", "float", "boolean", "id"])
def test_every_kind_of_value_is_its_text(tmp_path, kind):
    text = log(f'<trace><event><{kind} key="a" value="2026-03-02T08:00:00.000+07:00"/></event></trace>')
    assert rows_in(file(tmp_path, text), "a") == [(1, False, "2026-03-02T08:00:00.000+07:00")]


def test_a_global_default_is_never_applied_but_names_its_column(tmp_path):
    declared = (
        '<global scope="trace"><string key="deadline" value="UNKNOWN"/></global>'
        '<global scope="event"><string key="a" value="UNKNOWN"/><string key="b" value="UNKNOWN"/></global>'
    )
    text = log(declared, trace("1", event(a="x"), event()))
    assert rows_in(file(tmp_path, text), "a", "b", "case:deadline") == [
        (1, False, "x", None, None), (2, False, None, None, None),
    ]  # fmt: skip


def test_a_column_nobody_names_is_missing_even_when_found_out_at_the_end(tmp_path):
    error = refused(file(tmp_path, log(trace("1", event(a="x")))), "a", "b")
    assert isinstance(error, Unreadable) and error.code == "ledger.column_missing"


def test_nested_attributes_lists_and_the_log_s_own_are_left_out(tmp_path):
    text = log(
        '<string key="a" value="of the log"/>',
        '<classifier name="Activity" keys="a"/>',
        trace(
            "1",
            '<event><string key="a" value="x"><string key="b" value="nested"/></string>'
            '<list key="c"><values><string key="b" value="listed"/></values></list>'
            '<container key="d"><string key="b" value="contained"/></container><string key="b" value="own"/></event>',
        ),
    )
    assert rows_in(file(tmp_path, text), "a", "b") == [(1, False, "x", "own")]
    frame = next(open_log(tmp_path / "log", tmp_path).batches())
    assert set(frame.columns[2:]) == {"a", "b", "case:concept:name"}


@pytest.mark.parametrize(
    "attributes",
    ['xmlns="http://www.xes-standard.org/"', 'xmlns="http://code.deckfour.org/xes"', 'xes.version="2.0"'],
)
def test_namespaces_do_not_matter(tmp_path, attributes):
    assert rows_in(file(tmp_path, log(trace("1", event(a="x")), attributes=attributes)), "a") == [(1, False, "x")]


def test_a_prefixed_namespace(tmp_path):
    text = '<x:log xmlns:x="u"><x:trace><x:event><x:string key="a" value="y"/></x:event></x:trace></x:log>'
    assert rows_in(file(tmp_path, text), "a") == [(1, False, "y")]


def test_an_attribute_of_the_trace_may_stand_behind_its_events(tmp_path):
    text = log(f'<trace>{event(a="x")}<string key="concept:name" value="1"/></trace>')
    assert rows_in(file(tmp_path, text), "case:concept:name", "a") == [(1, False, "1", "x")]


def test_an_event_outside_any_trace_has_no_case(tmp_path):
    text = log(trace("1", event(a="x")), event(a="y"))
    assert rows_in(file(tmp_path, text), "case:concept:name", "a") == [(1, False, "1", "x"), (2, False, None, "y")]


def test_the_first_of_two_equal_keys_counts_and_half_attributes_do_not(tmp_path):
    text = log('<trace><event><string key="a" value="x"/><string key="a" value="y"/><string key="b"/></event></trace>')
    assert rows_in(file(tmp_path, text), "a") == [(1, False, "x")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(tmp_path, encoding):
    declared = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    text = f'<?xml version="1.0" encoding="{declared}"?>' + log(trace("1", event(a="é & Ã".replace("&", "&amp;"))))
    assert rows_in(file(tmp_path, text.encode(encoding)), "a") == [(1, False, "é & Ã")]


GOOD = log(trace("1", event(a="x")))
LONG = log(*(trace(str(number), event(a=f"x{number}")) for number in range(200))).encode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (GOOD[:-6], "ledger.xes_damaged"),
        (GOOD.replace("</event>", ""), "ledger.xes_damaged"),
        (GOOD.replace('"x"', '"x'), "ledger.xes_damaged"),
        (GOOD + "<more/>", "ledger.xes_damaged"),
        (GOOD.replace("x", "\x01"), "ledger.xes_damaged"),
        ("<log>&nothing;</log>", "ledger.xes_damaged"),
        ('<?xml version="1.0" encoding="no-such"?><log/>', "ledger.xes_damaged"),
        (b"<log>\xff\xfe</log>", "ledger.xes_damaged"),
        ("<html/>", "ledger.xes_other_root"),
        ('<!DOCTYPE log [<!ENTITY a "b">]><log/>', "ledger.xes_doctype"),
        ('<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>', "ledger.xes_doctype"),
        (gzip.compress(LONG, mtime=0)[:-12], "ledger.packed_damaged"),
        (gzip.compress(LONG, mtime=0)[:-8] + b"\0" * 8, "ledger.packed_damaged"),
        (gzip.compress(GOOD[:-6].encode(), mtime=0), "ledger.xes_damaged"),
    ],
)
def test_broken_files_are_unreadable_as_a_whole(tmp_path, content, code):
    error = refused(file(tmp_path, content), "a")
    assert isinstance(error, Unreadable) and error.code == code


def test_damage_is_placed_by_its_line(tmp_path):
    error = refused(file(tmp_path, "<log>\n<trace>\n<event>\n</trace></log>"), "a")
    assert error.problems[0].place.line == 4


def test_a_trace_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading_xes, "MOST_EVENTS_OF_A_TRACE", 3)
    assert len(rows_in(file(tmp_path, log(trace("1", *[event(a="x")] * 3), trace("2", event(a="x")))), "a")) == 4
    assert refused(file(tmp_path, log(trace("1", *[event(a="x")] * 4))), "a").code == "ledger.xes_trace_too_long"


@pytest.mark.long
def test_a_long_log_is_read_in_parts_within_bounds(tmp_path):
    traces = 12_000
    with gzip.open(tmp_path / "log.xes.gz", "wt", encoding="utf-8", compresslevel=1) as target:
        target.write("<log>")
        for number in range(traces):
            target.write(trace(str(number), *(event(a=f"step {n}", b="some text " * 3) for n in range(6))))
        target.write("</log>")
    tracemalloc.start()
    heights, last = [], 0
    for frame in open_log(tmp_path / "log.xes.gz", tmp_path).batches(["case:concept:name", "a"]):
        heights.append(frame.height)
        last = frame[ROW].max() if frame.height else last
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(heights) == last == 6 * traces
    assert max(heights) < 60_000
    assert peak < 80_000_000


def test_no_columns_at_all(tmp_path):
    frames = list(open_log(file(tmp_path, "<log/>"), tmp_path).batches())
    assert pl.concat(frames).height == 0
