"""`cchc bench scoring` on tiny sizes: both sides agree, a leaf costs the same calls among few units and many."""

from __future__ import annotations

import json

import pytest

from cchc.bench import scoring
from cchc.bench.timing import Rounds, count_calls, interleave
from cchc.cli.main import main


@pytest.mark.long
def test_the_evaluator_and_the_bare_loop_agree_and_calls_are_constant() -> None:
    figures = scoring.run(units=50, rounds=1)
    assert figures.is_constant
    assert [size for size, _ in figures.calls_per_leaf] == [5, 50]
    assert all(calls > 1 for _, calls in figures.calls_per_leaf)
    assert len(figures.with_reasons.seconds) == len(figures.bare.seconds) == 1


def test_disagreeing_sides_are_no_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "bare_indexes", lambda *_: [])
    with pytest.raises(ArithmeticError):
        scoring.run(units=10, rounds=1)


def test_costs_that_grow_with_the_units_do_not_hold() -> None:
    second = Rounds((1.0,))
    grown = scoring.ScoringFigures(100, second, second, ((10, 100.0), (100, 102.0)))
    assert not grown.is_constant
    assert not grown.holds
    slow = scoring.ScoringFigures(100, Rounds((12.1,)), second, ((10, 100.0), (100, 100.0)))
    assert slow.is_constant
    assert not slow.holds
    assert scoring.ScoringFigures(100, Rounds((12.0,)), second, ((10, 100.0), (100, 100.9))).holds


def test_rounds_are_interleaved_and_calls_counted() -> None:
    order: list[str] = []
    taken = interleave({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 3)
    assert order == ["a", "b"] * 3
    assert {name: len(rounds.seconds) for name, rounds in taken.items()} == {"a": 3, "b": 3}
    assert Rounds((3.0, 1.0, 2.0)).median == 2.0
    assert Rounds((3.0, 1.0, 2.0)).spread == (1.0, 3.0)
    few, many = (count_calls(lambda times=times: [len("") for _ in range(times)]) for times in (10, 110))  # type: ignore[misc]
    assert many - few == 100


def test_the_command_gives_figures(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["bench", "scoring", "--units", "10", "--rounds", "1", "--json"])
    document = json.loads(capsys.readouterr().out)
    assert code == (0 if document["holds"] else 1)
    assert (document["units"], document["leaves"], document["limit"]) == (10, 100, 12)
    assert set(document["calls_per_leaf"]) == {"1", "10"}
