"""Integrity signals: a case on each side of every edge, and the second partitioning by official and day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.ledger.findings import FOUND, in_words
from cchc.ledger.questions import load, shipped
from cchc.ledger.schema import SIGNALS_OUT
from cchc.ledger.signals import CLOSINGS, DUE_CHANGES_IN, batches, closings, signals_of_dossiers
from cchc.records.errors import DomainError
from cchc.records.words import sentences
from tests.ledger.frames import tables
from tests.ledger.oracle import Dossier, Step
from tests.ledger.strategies import BASE, dossiers
from tests.support.examples import share_of_examples

DAY = date(2026, 3, 1)
HANOI = "Asia/Ho_Chi_Minh"
LEAST = shipped().threshold("batch_closing", "dossiers", DAY)
CHAIN = shipped().threshold("same_minute_chain", "steps", DAY)


def step(start: int, end: int, name: str = "An", kind: str = "official") -> Step:
    return Step("Thẩm định", BASE + start, BASE + end, kind, official=name if kind == "official" else None)


def a_dossier(*steps: Step, received: int = 0, judged: int = 500, due: int | None = None) -> Dossier:
    return Dossier(BASE + received, BASE + judged, steps, None if due is None else BASE + due)


def found(*several: Dossier, due_changes: pl.DataFrame | None = None) -> list[tuple[str, str, str | None, int]]:
    rows = signals_of_dossiers(*tables(several), shipped(), DAY, due_changes)
    assert rows.schema == FOUND
    return [(row["id"], row["dossier"], row["official"], row["at"] - BASE) for row in rows.rows(named=True)]


WORKED = step(0, 500)


@pytest.mark.parametrize(
    ("dossier", "expected"),
    [
        pytest.param(a_dossier(WORKED, due=500), [], id="nothing to ask"),
        pytest.param(a_dossier(judged=-1), ["end_before_receipt"], id="ended before"),
        pytest.param(a_dossier(step(0, 0), judged=0), [], id="ended when received"),
        pytest.param(a_dossier(WORKED, due=-1), ["due_before_receipt"], id="due before receipt"),
        pytest.param(a_dossier(WORKED, due=0), [], id="due at receipt"),
        pytest.param(a_dossier(step(0, 501)), ["end_before_last_event"], id="an event after the end"),
        pytest.param(a_dossier(step(0, 600), due=500), ["end_before_last_event", "reset"], id="set back"),
        pytest.param(a_dossier(step(0, 600), due=501), ["end_before_last_event"], id="end and due date differ"),
        pytest.param(a_dossier(WORKED, step(500, 500)), ["zero_length"], id="a step without length"),
        pytest.param(a_dossier(step(0, 499), step(499, 500)), [], id="a step of one minute"),
        pytest.param(a_dossier(step(0, 0), step(0, 500)), [], id="the first step may be the receipt"),
        pytest.param(a_dossier(WORKED, step(500, 500, kind="system")), [], id="a system account takes no time"),
    ],
)  # fmt: skip
def test_what_one_dossier_asks(dossier: Dossier, expected: list[str]) -> None:
    assert sorted(signal for signal, *_ in found(dossier)) == sorted(expected)


def test_steps_ended_in_one_minute_are_a_chain_from_the_threshold_on() -> None:
    def chain(number: int, *names: str) -> Dossier:
        return a_dossier(*(step(100 * i, 450, names[i % len(names)]) for i in range(number)))

    several = [chain(CHAIN - 1, "An"), chain(CHAIN, "An"), chain(CHAIN, "An", "Bình")]
    chains = [row for row in found(*several) if row[0] == "same_minute_chain"]
    assert chains == [("same_minute_chain", "D1", "An", 450), ("same_minute_chain", "D2", None, 450)]


def test_a_due_date_may_move_before_it_passes_and_may_come_nearer() -> None:
    changes = pl.DataFrame(
        [(0, "An", 101, 100, 200), (0, "An", 100, 100, 200), (0, "An", 101, 100, 99)], DUE_CHANGES_IN, orient="row"
    ).with_columns(pl.col("changed_at", "previous_due_at", "due_at") + BASE)
    assert found(a_dossier(WORKED), due_changes=changes) == [("due_moved_after_passing", "D0", "An", 101)]


def test_an_event_recorded_long_after_the_time_it_states_is_back_dated() -> None:
    threshold = shipped().threshold("back_dated", "minutes", DAY)
    several, steps = tables([a_dossier(step(0, 100), step(100, 500))])
    recorded = steps.with_columns(
        recorded_at=pl.Series([BASE + 100 + threshold, BASE + 501 + threshold], dtype=pl.Int32)
    )
    (row,) = signals_of_dossiers(several, recorded, shipped(), DAY).rows(named=True)
    assert (row["id"], row["at"], row["count"]) == ("back_dated", BASE + 500, threshold + 1)


def test_a_batch_is_many_dossiers_of_one_official_in_one_minute() -> None:
    def closed(number: int, at: int, name: str) -> list[Dossier]:
        return [a_dossier(step(0, at, name), judged=at) for _ in range(number)]

    several = [
        *closed(LEAST, 300, "An"),
        *closed(LEAST - 1, 300, "Bình"),
        a_dossier(step(0, 300, "Bình"), step(1, 300, "Bình")),  # one dossier, two steps: still one
        *closed(LEAST - 2, 301, "Châu"),
        a_dossier(step(0, 302, "Châu")),
        a_dossier(step(0, 301, kind="system")),
    ]
    rows = batches(closings(*tables(several)), shipped(), DAY)
    of_an = {(row["dossier"], row["official"], row["at"] - BASE, row["count"]) for row in rows.rows(named=True)}
    assert of_an == {(f"D{n}", "An", 300, LEAST) for n in range(LEAST)} | {
        (f"D{n}", "Bình", 300, LEAST) for n in range(LEAST, 2 * LEAST)
    }


def test_steps_that_still_run_at_the_moment_of_judgement_were_ended_by_nobody() -> None:
    running = [Dossier(BASE, BASE + 500, (step(0, 500),) * CHAIN, is_open=True) for _ in range(LEAST)]
    assert found(*running) == []
    assert closings(*tables(running)).is_empty()


CLOSED = st.lists(
    st.tuples(st.sampled_from(("An", "Bình")), st.integers(0, 3), st.integers(0, 2), st.integers(0, 9)), max_size=40
)


@settings(max_examples=share_of_examples(0.5))
@given(CLOSED, st.integers(1, 3))
def test_batches_agree_with_plain_counting_in_any_partition(rows: list[tuple[str, int, int, int]], parts: int) -> None:
    table = pl.DataFrame(
        [(who, day * 1440 + minute, f"D{number}") for who, day, minute, number in rows],
        CLOSINGS,
        orient="row",
    )
    by_minute: dict[tuple[str, int], set[str]] = defaultdict(set)
    for who, day, minute, number in rows:
        by_minute[who, day * 1440 + minute].add(f"D{number}")
    expected = {(who, at, name) for (who, at), names in by_minute.items() if len(names) >= LEAST for name in names}
    part = pl.struct("official", "at").hash() % parts
    got = [batches(table.filter(part == n), shipped(), DAY) for n in range(parts)]
    assert sorted(pl.concat(got).select("official", "at", "dossier").rows()) == sorted(expected)


@settings(max_examples=share_of_examples(0.2))
@given(st.lists(dossiers(), min_size=1, max_size=4), st.integers(1, 3))
def test_partitions_of_dossiers_ask_the_same(several: list[Dossier], parts: int) -> None:
    names = [f"D{n}" for n in range(len(several))]
    whole = signals_of_dossiers(*tables(several), shipped(), DAY)
    divided = [
        signals_of_dossiers(*tables(several[n::parts], names[n::parts]), shipped(), DAY)
        for n in range(parts)
        if several[n::parts]
    ]
    assert sorted(pl.concat(divided).rows(), key=repr) == sorted(whole.rows(), key=repr)


@pytest.mark.requirement(62, 71)
def test_signals_are_written_in_words() -> None:
    several, steps = tables([a_dossier(WORKED, step(500, 500, "Lê Văn Bình"), due=-1)])
    written = in_words(signals_of_dossiers(several, steps, shipped(), DAY), "signal", HANOI)
    assert written.schema == SIGNALS_OUT
    assert written.select("signal", "official", "reason").rows() == [
        ("due_before_receipt", None, "Hạn trả 10/01/2026 23:59, trước khi tiếp nhận 11/01/2026 00:00"),
        ("zero_length", "Lê Văn Bình", "Bước “Thẩm định” bắt đầu và kết thúc trong cùng phút 11/01/2026 08:20"),
    ]
    english = in_words(signals_of_dossiers(several, steps, shipped(), DAY), "signal", HANOI, "en")
    assert english["reason"][1] == "The step “Thẩm định” began and ended in the same minute 11/01/2026 08:20"


def test_every_question_has_its_sentence_and_asks_in_both_languages() -> None:
    for kind, records in (("signal", shipped().signals), ("hint", shipped().hints)):
        known = {code.removeprefix(f"ledger.{kind}_") for code in sentences("ledger") if f".{kind}_" in code}
        assert known == set(records)
        for timeline in records.values():
            for record in timeline.records:
                assert record.value.name.en and record.value.question.en
                assert record.verification.doubt_en, "practice says so"


def test_a_threshold_is_a_count() -> None:
    content = b"""
signals:
  - id: batch_closing
    name: {vi: a}
    question: {vi: b}
    thresholds: {dossiers: few}
    valid: {from: 2022-08-12}
    source: {document: x}
    verified: true
hints: []
"""
    with pytest.raises(DomainError) as refused:
        load(content, "q.yaml")
    assert [(p.code, p.place.line if p.place else None) for p in refused.value.problems] == [("records.not_a_count", 6)]


def test_the_order_of_dossiers_only_renames() -> None:
    one, other = a_dossier(WORKED, step(500, 500)), replace(a_dossier(WORKED), due=BASE - 5)
    renamed: dict[Any, Any] = {"D0": "D1", "D1": "D0"}
    assert sorted((s, renamed[d], o, at) for s, d, o, at in found(one, other)) == sorted(found(other, one))
