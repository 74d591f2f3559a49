"""Hints that lateness is a forgotten operation, and the second figure by evidenced date."""

from __future__ import annotations

import polars as pl
import pytest

from cchc.ledger.compute import compute
from cchc.ledger.findings import in_words
from cchc.ledger.hints import EVIDENCE_IN, hints, with_evidenced_ends
from cchc.ledger.questions import shipped
from cchc.ledger.schema import HINTS_OUT
from cchc.ledger.signals import batches, closings
from tests.ledger.frames import tables
from tests.ledger.oracle import Dossier, Step
from tests.ledger.strategies import BASE
from tests.ledger.test_signals import DAY, HANOI, LEAST
from tests.ledger.tiny_calendar import TinyCalendar

CALENDAR = TinyCalendar()  # 07:30–11:30, 13:00–17:00; BASE is a midnight
NINE, TEN, NOON = 9 * 60, 10 * 60, 12 * 60


def closed_at(at: int, due: int, last: int | None = None, is_open: bool = False) -> Dossier:
    """Received at 08:00; minutes from midnight."""
    steps = (Step("Ký", BASE + 480, BASE + (at if last is None else last)),)
    return Dossier(BASE + 480, BASE + at, steps, BASE + due, is_open=is_open)


def evidence(*rows: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame([(number, BASE + at) for number, at in rows], EVIDENCE_IN, orient="row")


def hinted(*several: Dossier, results: pl.DataFrame | None = None) -> list[tuple[str, str]]:
    found = batches(closings(*tables(several)), shipped(), DAY)
    rows = hints(*tables(several), CALENDAR, results, found)
    return list(rows.select("dossier", "id").rows())


@pytest.mark.parametrize(
    ("at", "due", "expected"),
    [
        (NOON, TEN, ["closed_outside_hours"]),
        (NOON, NOON, []),  # not late: nothing to explain
        (11 * 60 + 29, TEN, []),
        (11 * 60 + 30, TEN, ["closed_outside_hours"]),
        (13 * 60, TEN, []),
    ],
)
def test_closed_outside_hours(at: int, due: int, expected: list[str]) -> None:
    assert [hint for _, hint in hinted(closed_at(at, due))] == expected


def test_an_end_that_a_column_states_was_not_clicked() -> None:
    """00:00 of a late day, hours after the last event: a date without a time, and nobody's doing."""
    assert hinted(closed_at(24 * 60, TEN, last=630)) == []
    assert hinted(*(closed_at(640, TEN, last=630) for _ in range(LEAST))) == []


@pytest.mark.requirement(59)
@pytest.mark.parametrize(("result", "expected"), [(NINE, True), (TEN, True), (TEN + 1, False)])
def test_a_result_dated_before_the_due_date_hints_at_a_late_click(result: int, expected: bool) -> None:
    late = closed_at(10 * 60 + 30, TEN)
    assert (hinted(late, results=evidence((0, result))) == [("D0", "result_before_due")]) is expected


def test_a_dossier_of_several_results_is_ready_with_the_last() -> None:
    late = closed_at(10 * 60 + 30, TEN)
    assert hinted(late, results=evidence((0, NINE), (0, TEN + 1))) == [("D0", "result_before_end")]


@pytest.mark.requirement(59)
@pytest.mark.parametrize(("result", "expected"), [(TEN, "result_before_due"), (TEN + 1, "result_before_end"),
                                                  (TEN + 29, "result_before_end"), (TEN + 30, None),
                                                  (8 * 60, "result_before_due"), (8 * 60 - 1, None)])  # fmt: skip
def test_only_a_result_from_the_receipt_on_and_before_the_end_proposes_another_date(result: int, expected: str) -> None:
    found = [hint for _, hint in hinted(closed_at(TEN + 30, TEN), results=evidence((0, result)))]
    assert found == ([] if expected is None else [expected])


def test_an_open_overdue_dossier_whose_result_is_there_was_forgotten() -> None:
    assert hinted(closed_at(10 * 60 + 30, TEN, is_open=True), results=evidence((0, NINE))) == [
        ("D0", "result_before_due")
    ]


def test_late_dossiers_closed_together_are_hinted_at_and_those_in_time_are_not() -> None:
    several = [*(closed_at(630, TEN) for _ in range(LEAST - 1)), closed_at(630, 640)]
    assert hinted(*several) == [(f"D{n}", "closed_with_many") for n in range(LEAST - 1)]
    assert hinted(*several[1:]) == []


def test_clicks_after_the_end_are_hinted_at_when_the_due_date_had_passed() -> None:
    assert hinted(closed_at(NINE, TEN, last=630)) == [("D0", "end_before_last_event")]
    assert hinted(closed_at(NINE, TEN, last=TEN)) == []


def test_hints_are_written_in_words() -> None:
    rows = hints(*tables([closed_at(NOON, TEN)]), CALENDAR, evidence((0, NINE)))
    written = in_words(rows, "hint", HANOI)
    assert written.schema == HINTS_OUT
    outside, before_due = written["reason"]
    assert outside == "Hồ sơ được kết thúc lúc 11/01/2026 12:00, ngoài giờ làm việc"
    assert before_due == (
        "Kết quả có lúc 11/01/2026 09:00, không sau hạn trả; "
        "trên hệ thống đến 11/01/2026 12:00 mới hoặc vẫn chưa kết thúc"
    )


@pytest.mark.requirement(59)
@pytest.mark.parametrize(
    ("result", "real"),
    [
        (NINE, 0),  # done in time, clicked late
        (TEN + 20, 20),  # late as well, though less
        (NOON, 60),  # after the system's end: changes nothing
        (NINE - 120, 60),  # before the receipt: cannot be
    ],
)
def test_real_lateness_stands_beside_that_of_the_system(result: int, real: int) -> None:
    several, steps = tables([closed_at(11 * 60, TEN), closed_at(11 * 60, TEN)])
    evidenced = with_evidenced_ends(several, evidence((0, result)))
    assert evidenced.schema == several.schema
    assert compute(several, steps, CALENDAR).dossiers["late_minutes"].to_list() == [60, 60]
    assert compute(evidenced, steps, CALENDAR).dossiers["late_minutes"].to_list() == [real, 60]
