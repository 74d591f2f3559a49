"""`cchc bench worktime`: ours, the memory's own speed and other software side by side; or a check by counting."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from cchc.bench.timing import Rounds
from cchc.cli.output import write_json
from cchc.cli.session import json_option

if TYPE_CHECKING:
    from cchc.bench.worktime import BulkFigures, SingleFigures, WorktimeFigures


@click.command(name="worktime", epilog="Example: cchc bench worktime --check --cases 1000000")
@click.option("--check", "is_check", is_flag=True, help="Judge random cases by counting minutes one by one instead.")
@click.option("--cases", type=click.IntRange(min=1), help="How many cases --check judges.  [default: 1000000]")
@click.option("--seed", type=click.IntRange(min=0), help="Another series of cases for --check.")
@click.option(
    "--pairs",
    type=click.IntRange(1_000, 100_000_000),
    multiple=True,
    help="Size of an array; may be repeated.  [default: 1000000 and 10000000]",
)
@click.option("--rounds", type=click.IntRange(1, 99), help="Interleaved rounds.  [default: 21]")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    is_check: bool,
    cases: int | None,
    seed: int | None,
    pairs: tuple[int, ...],
    rounds: int | None,
    as_json: bool,
) -> None:
    """Measure elapsed working time: arrays against copying their bytes, single pairs against what else is installed.

    Peers (pm4py, businesstimedelta, business-duration, pandas, exchange_calendars) are compared where they are
    installed, with their wrong answers of 2,000 beside their times; cchc needs none of them.

    Exit code 0 when no answer is wrong, arrays take at most 15 times the copying, and the best correct peer takes at
    least 1,000 times as long as arrays and 8 times as long as single pairs (not judged without a peer); 1 otherwise.
    """
    if is_check:
        ctx.exit(_check(cases, seed, as_json))
    ctx.exit(_measure(pairs, rounds, as_json))


def _tell(what: str) -> None:
    click.echo(what, err=True)


def _check(cases: int | None, seed: int | None, as_json: bool) -> int:
    from cchc.bench import worktime_check

    wanted = worktime_check.CASES if cases is None else cases
    checked = worktime_check.run(wanted, worktime_check.SEED if seed is None else seed, _tell)
    wrong = {name: count for name, count in sorted(checked.wrong.items()) if count}
    if as_json:
        write_json({"cases": checked.cases, "answers": checked.answers, "wrong": wrong})
    else:
        click.echo(f"{checked.cases:,} cases, {checked.answers:,} answers, {sum(wrong.values()):,} wrong")
        for name, count in wrong.items():
            click.echo(f"  {name}: {count:,}")
    return 1 if wrong else 0


def _measure(pairs: tuple[int, ...], rounds: int | None, as_json: bool) -> int:
    from cchc.bench import worktime

    figures = worktime.run(pairs or worktime.SIZES, rounds or worktime.ROUNDS, _tell)
    if as_json:
        write_json(_document(figures))
    else:
        click.echo("\n".join(_lines(figures)))
    return 0 if figures.holds else 1


def _lines(figures: WorktimeFigures) -> Iterator[str]:
    from cchc.bench import worktime as limits

    yield f"Python {platform.python_version()}, numpy {limits.NUMPY}, {platform.machine()}"
    for bulk in figures.bulk:
        yield (
            f"{bulk.pairs:,} pairs in arrays: {bulk.nanoseconds:.1f} ns each {_spread(bulk.ours, bulk.pairs, 1e9)}; "
            f"copy {bulk.bandwidth / 1e9:.1f} GB/s, {limits.BYTES_PER_INTERVAL} bytes a pair; "
            f"{bulk.times_floor:.1f} times the floor (limit {limits.MOST_TIMES_FLOOR})"
        )
    yield f"wrong in arrays: {figures.wrong_in_bulk} of {figures.ours.checked:,}"
    yield "one pair at a time:"
    for single in (figures.ours, *figures.peers):
        version = f" {single.version}" if single.version else ""
        yield (
            f"  {single.name + version:36} {single.microseconds:10.2f} µs "
            f"{_spread(single.rounds, single.pairs, 1e6)}, wrong {single.wrong:,} of {single.checked:,}"
        )
    lengths = ", ".join(f"{days} days {microseconds:.2f}" for days, microseconds in figures.by_length.items())
    yield f"  cchc by mean length of the intervals, µs: {lengths}"
    yield from _verdict(figures)


def _verdict(figures: WorktimeFigures) -> Iterator[str]:
    from cchc.bench import worktime as limits

    if figures.absent:
        yield f"not installed here, not compared: {', '.join(figures.absent)}"
    if figures.best_peer is None:
        yield "no correct peer is installed: the ratios to the best one are not judged"
    else:
        yield (
            f"best correct peer, {figures.best_peer.name}, over ours: "
            f"{figures.ratio_bulk:,.0f} times in arrays (limit {limits.LEAST_RATIO_BULK:,}), "
            f"{figures.ratio_single:.1f} times one by one (limit {limits.LEAST_RATIO_SINGLE})"
        )
    yield "holds" if figures.holds else "DOES NOT HOLD"


def _spread(rounds: Rounds, pairs: int, scale: float) -> str:
    fastest, slowest = (seconds / pairs * scale for seconds in rounds.spread)
    return f"[{fastest:.2f}–{slowest:.2f} in {len(rounds.seconds)} rounds]"


def _document(figures: WorktimeFigures) -> dict[str, Any]:
    best = figures.best_peer
    return {
        "bulk": [_bulk_document(bulk) for bulk in figures.bulk],
        "wrong_in_bulk": figures.wrong_in_bulk,
        "single": [_single_document(single) for single in (figures.ours, *figures.peers)],
        "microseconds_by_mean_days": {str(days): round(value, 3) for days, value in figures.by_length.items()},
        "absent": list(figures.absent),
        "best_correct_peer": best.name if best else None,
        "ratio_bulk": None if figures.ratio_bulk is None else round(figures.ratio_bulk, 1),
        "ratio_single": None if figures.ratio_single is None else round(figures.ratio_single, 2),
        "holds": figures.holds,
    }


def _bulk_document(bulk: BulkFigures) -> dict[str, Any]:
    return {
        "pairs": bulk.pairs,
        "nanoseconds": round(bulk.nanoseconds, 3),
        "copy_bytes_per_second": round(bulk.bandwidth),
        "times_floor": round(bulk.times_floor, 2),
        "seconds": list(bulk.ours.seconds),
        "copy_seconds": list(bulk.copy.seconds),
    }


def _single_document(single: SingleFigures) -> dict[str, Any]:
    return {
        "name": single.name,
        "version": single.version,
        "microseconds": round(single.microseconds, 3),
        "pairs": single.pairs,
        "wrong": single.wrong,
        "checked": single.checked,
        "seconds": list(single.rounds.seconds),
    }
