"""`cchc bench worktime`: the sample is what it says, the judge notices what is wrong, the limits decide."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from cchc.bench import worktime, worktime_check
from cchc.bench.timing import Rounds
from cchc.bench.worktime import BulkFigures, SingleFigures, WorktimeFigures
from cchc.bench.worktime_peers import PEERS, Peer
from cchc.bench.worktime_sample import CHECKED_PAIRS, SampleCalendar, make_calendar, make_checked_pairs, make_pairs
from cchc.cli.main import main
from cchc.worktime import Calendar, deadlines
from cchc.worktime.bulk import Bulk
from cchc.worktime.timetable import Timetable
from tests.support.examples import share_of_examples

SAMPLE = make_calendar()


def test_random_cases_judged_minute_by_minute() -> None:
    """A million of them: `cchc bench worktime --check`."""
    cases = share_of_examples(30)
    checked = worktime_check.run(cases)
    assert (checked.cases, checked.answers) == (cases, 8 * cases)
    assert not any(checked.wrong.values())


def late_by_one(real: Callable[..., Any]) -> Callable[..., Any]:
    def wrong(*arguments: Any) -> Any:
        found = real(*arguments)
        return found if found is None else found + 1

    return wrong


@pytest.mark.parametrize(
    ("owner", "name", "noticed"),
    [
        (deadlines, "after_minutes", {"due"}),
        (deadlines, "after_working_days", {"due_in_working_days"}),
        (deadlines, "after_calendar_days", {"due_in_calendar_days"}),
        (Bulk, "elapsed", {"elapsed in bulk"}),
        (Bulk, "after_minutes", {"due in bulk", "due"}),
        (Calendar, "elapsed_minutes", {"elapsed", "elapsed in bulk"}),
        (Timetable, "reached", {"due", "due_in_working_days", "due_in_calendar_days"}),
    ],
)
def test_the_judge_notices_a_wrong_minute(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, noticed: set[str]
) -> None:
    monkeypatch.setattr(owner, name, late_by_one(getattr(owner, name)))
    checked = worktime_check.run(200)
    assert {what for what, count in checked.wrong.items() if count} == noticed


def test_the_judge_counts_plain_hours() -> None:
    judge = worktime_check.Judge([((0, 2),), (), ((1439, 1440),)], "")
    assert [judge.count(0, 5), judge.count(5, 0), judge.count(1, 3 * 1440)] == [2, -2, 2]
    assert judge.is_due(0, 2, 2)
    assert not judge.is_due(0, 2, 3), "not the earliest"
    assert judge.is_due(0, 3, 3 * 1440)
    assert judge.is_due(0, 4, None)
    assert not judge.is_due(0, 3, None)
    assert judge.is_due_in_working_days(0, 2, 3 * 1440)
    assert judge.is_due_in_working_days(1, 1, 3 * 1440)
    assert judge.is_due_in_working_days(1, 2, None)
    assert judge.is_due_in_calendar_days(2, 1, 3 * 1440 - 1)
    assert judge.is_due_in_calendar_days(0, 3, 3 * 1440)
    assert judge.is_due_in_calendar_days(1, 3, None)


def test_the_sample_is_as_described() -> None:
    for year in range(2024, 2030):
        worked = [day for day in SAMPLE.worked_saturdays if day.year == year]
        off = [day for day in SAMPLE.days_off if day.year == year]
        assert len(worked) == 2
        assert 12 <= len(off) <= 17, "ten to fifteen holidays and two bridge days"
        assert all(day.weekday() == 5 for day in worked)
        assert all(day.weekday() < 5 for day in off)
    calendar = SAMPLE.calendar
    assert calendar.windows_on(date(2026, 1, 4)) == ()
    assert sum(window.end - window.start for window in calendar.windows_on(min(SAMPLE.worked_saturdays))) == 450


def test_pairs_come_from_their_seed() -> None:
    starts, ends = make_pairs(10_000)
    again, _ = make_pairs(10_000)
    assert (starts == again).all()
    assert (ends >= starts).all()
    days = (ends - starts).astype(np.int64).mean() / 1440
    assert 5.5 < days < 6.5
    checked = make_checked_pairs(SAMPLE)
    assert len(checked[0]) == CHECKED_PAIRS
    assert (checked[1] >= checked[0]).all()
    assert (SAMPLE.calendar.inside(checked[0]) & SAMPLE.calendar.inside(checked[1])).all()


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_peer_that_is_installed_knows_an_ordinary_week(peer: Peer) -> None:
    if peer.version is None:
        pytest.skip(f"{peer.package} is not installed")
    start = datetime(2026, 1, 5, 7, 30)  # noqa: DTZ001 - peers know no time zones
    calm = next(
        start + timedelta(weeks=week)
        for week in range(50)
        if not SAMPLE.days_off & {(start + timedelta(weeks=week, days=day)).date() for day in range(3)}
    )
    minutes = peer.make(SAMPLE)(calm, calm + timedelta(days=2))
    assert 800 < minutes < 1200


def single(name: str, seconds: float, wrong: int = 0) -> SingleFigures:
    return SingleFigures(name, None, Rounds((seconds,)), 1, wrong, 10)


def figures(nanoseconds: float = 5, peers: tuple[SingleFigures, ...] = (), **changed: Any) -> WorktimeFigures:
    bulk = BulkFigures(1_000, Rounds((nanoseconds * 1e-6,)), Rounds((1.0,)), 20_000_000_000)
    fields: dict[str, Any] = {"ours": single("cchc", 1e-6), "wrong_in_bulk": 0} | changed
    return WorktimeFigures([bulk], by_length={}, peers=peers, absent=[], **fields)


def test_the_limits() -> None:
    assert figures().bulk[0].nanoseconds == pytest.approx(5)
    assert figures().bulk[0].times_floor == pytest.approx(5), "20 bytes at 20 GB/s take a nanosecond"
    assert figures(14.9).holds
    assert not figures(15.1).holds
    assert not figures(wrong_in_bulk=1).holds
    assert not figures(ours=single("cchc", 1e-6, wrong=1)).holds
    slow, fast, wrong = single("slow", 1e-4), single("fast", 1e-5), single("wrong", 1e-6, wrong=3)
    compared = figures(5, (slow, wrong, fast))
    assert compared.best_peer is fast
    assert compared.ratio_single == pytest.approx(10)
    assert compared.ratio_bulk == pytest.approx(2000)
    assert compared.holds
    assert not figures(10.1, (fast,)).holds, "less than a thousand times in arrays"
    assert not figures(5, (single("fast", 7.9e-6),)).holds, "less than eight times one by one"
    assert figures(5, (wrong,)).best_peer is None


def day_loop(sample: SampleCalendar) -> Callable[[datetime, datetime], int]:
    """Stands for a peer: right, and slow."""
    return lambda start, end: sample.count(np.datetime64(start, "m"), np.datetime64(end, "m"))


@pytest.mark.long
def test_the_command_measures_peers_beside_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    peers = [Peer("pytest", "trick", day_loop, 50), Peer("pytest", "natural", lambda _: lambda *_: 1, 50)]
    monkeypatch.setattr(worktime, "installed", lambda: iter(peers))
    monkeypatch.setattr(worktime, "absent", lambda: ["pm4py"])
    code = main(["bench", "worktime", "--pairs", "1000", "--rounds", "2", "--json"])
    document = json.loads(capsys.readouterr().out)
    assert code == (0 if document["holds"] else 1)
    ours, right, wrong = document["single"]
    assert (ours["name"], right["name"], wrong["name"]) == ("cchc", "pytest, trick", "pytest, natural")
    assert (ours["wrong"], document["wrong_in_bulk"], right["wrong"]) == (0, 0, 0)
    assert wrong["wrong"] > 1_000
    assert document["best_correct_peer"] == "pytest, trick"
    assert document["absent"] == ["pm4py"]
    main(["bench", "worktime", "--pairs", "1000", "--rounds", "1"])
    out = capsys.readouterr().out
    assert "best correct peer, pytest, trick, over ours" in out
    assert "not installed here, not compared: pm4py" in out


def test_the_command_checks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "worktime", "--check", "--cases", "50"]) == 0
    assert capsys.readouterr().out == "50 cases, 400 answers, 0 wrong\n"
    assert main(["bench", "worktime", "--check", "--cases", "50", "--seed", "5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"cases": 50, "answers": 400, "wrong": {}}


def test_the_command_fails_on_a_wrong_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(deadlines, "after_minutes", late_by_one(deadlines.after_minutes))
    assert main(["bench", "worktime", "--check", "--cases", "50"]) == 1
    assert "due: " in capsys.readouterr().out
