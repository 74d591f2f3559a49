"""Pairing of starts and completions against a queue that anybody can follow."""

from __future__ import annotations

from collections import defaultdict, deque

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from cchc.ledger.occurrences import completed, paired, started, told_whole

Event = tuple[int, int, bool, str]  # dossier, minute, is_start, key
events = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 6), st.booleans(), st.sampled_from("ab")), max_size=14
).map(lambda found: sorted(found, key=lambda event: event[:2]))


def frame(found: list[Event]) -> pl.DataFrame:
    """Events in order; the official tells which event it was, and so does the moment it was recorded."""
    return pl.DataFrame(
        [
            (dossier, minute, is_start, key, key, f"#{number}", None, None, 99, number, number)
            for number, (dossier, minute, is_start, key) in enumerate(found)
        ],
        schema={
            "dossier": pl.UInt32, "minute": pl.Int32, "is_start": pl.Boolean, "step": pl.String, "key": pl.String,
            "official": pl.String, "role": pl.String, "unit": pl.String, "judged_at": pl.Int32,
            "recorded": pl.Int32, "result": pl.Int32,
        },
        orient="row",
    )  # fmt: skip


def queued(found: list[Event], running_until: int | None) -> list[tuple[object, ...]]:
    """First in, first out, one event after another."""
    waiting: dict[tuple[int, str], deque[int]] = defaultdict(deque)
    rows: list[tuple[int, tuple[object, ...]]] = []
    for number, (dossier, minute, is_start, key) in enumerate(found):
        queue = waiting[dossier, key]
        if is_start:
            queue.append(number)
        elif queue:
            begun = queue.popleft()
            rows.append((begun, (dossier, key, found[begun][1], minute, f"#{number}", False, False, number)))
        else:
            before = found[number - 1][1] if number and found[number - 1][0] == dossier else minute
            rows.append((number, (dossier, key, before, minute, f"#{number}", True, False, number)))
    for (dossier, key), queue in waiting.items():
        last = max(minute for other, minute, *_ in found if other == dossier)
        rows += [
            (begun, (dossier, key, found[begun][1], running_until or last, f"#{begun}", False, True, None))
            for begun in queue
        ]
    return [row for _, row in sorted(rows, key=lambda item: (item[1][0], item[1][2], item[0]))]


def shown(happened: pl.DataFrame) -> list[tuple[object, ...]]:
    columns = ("dossier", "step", "start", "end", "official", "is_after_gap", "is_running", "recorded_at")
    return happened.select(columns).rows()


@given(events)
def test_starts_and_completions_pair_first_in_first_out(found):
    assert shown(paired(frame(found))) == queued(found, None)


@given(events)
def test_a_row_without_an_end_runs_until_its_dossier_is_judged(found):
    assert shown(paired(frame(found), running_until="judged_at")) == queued(found, 99)


@given(events)
def test_completed_events_follow_one_another(found):
    before: dict[int, int] = {}
    expected = []
    for number, (dossier, minute, _, key) in enumerate(found):
        expected.append((dossier, key, before.get(dossier, minute), minute, f"#{number}", True, False, number))
        before[dossier] = minute
    assert shown(completed(frame(found))) == expected


@given(events)
def test_started_events_last_until_the_next(found):
    expected = []
    for number, (dossier, minute, _, key) in enumerate(found):
        follows = number + 1 < len(found) and found[number + 1][0] == dossier
        end = found[number + 1][1] if follows else minute
        expected.append((dossier, key, minute, end, f"#{number}", False, False, None))
    assert shown(started(frame(found))) == expected


rows = st.lists(
    st.tuples(st.integers(0, 1), *[st.none() | st.integers(0, 6)] * 2)
    .filter(lambda row: row[1:] != (None, None))
    .map(lambda row: row if None in row else (row[0], *sorted(row[1:]))),
    max_size=8,
)  # fmt: skip


@given(rows)
def test_rows_that_tell_start_and_end_are_pairs_of_their_own(told):
    numbered = sorted(enumerate(told), key=lambda row: (row[1][0], min(m for m in row[1][1:] if m is not None), row[0]))
    table = pl.DataFrame(
        [(dossier, row, start, end) for row, (dossier, start, end) in numbered],
        schema={"dossier": pl.UInt32, "row": pl.Int64, "start": pl.Int64, "at": pl.Int64},
        orient="row",
    ).with_columns(
        minute=pl.col("at").cast(pl.Int32), first_minute=pl.coalesce("start", "at").cast(pl.Int32),
        judged_at=pl.lit(99, pl.Int32), is_start=pl.lit(False), step=pl.col("row").cast(pl.String),
        official=pl.lit("An"), role=pl.lit(None, pl.String), unit=pl.lit(None, pl.String),
        recorded=pl.col("row").cast(pl.Int32), result=pl.lit(None, pl.Int32),
    )  # fmt: skip
    moments = [
        (dossier, minute, row, is_end)
        for row, (dossier, start, end) in numbered
        for minute, is_end in ((start, False), (end, True))
        if minute is not None
    ]
    events = [(dossier, minute, not is_end, str(row)) for dossier, minute, row, is_end in sorted(moments)]
    pairs = queued(events, 99)
    expected = [(*pair[:4], "An", *pair[5:7], None if pair[6] else int(str(pair[1]))) for pair in pairs]
    assert shown(told_whole(table, running_until="judged_at")) == expected
