"""`cchc bench NAME`: measure, side by side, and say whether the limits hold."""

from __future__ import annotations

import platform

import click

from cchc.bench import scoring
from cchc.bench.timing import Rounds
from cchc.cli import (
    bench_desk,
    bench_kills,
    bench_ledger,
    bench_organizations,
    bench_round,
    bench_uploads,
    bench_worktime,
)
from cchc.cli.output import working, write_json
from cchc.cli.session import json_option


@click.group(epilog="Example: cchc bench scoring")
def command() -> None:
    """Measure cchc against the least that would do the same, in one run."""


command.add_command(bench_organizations.command)
command.add_command(bench_round.command)
command.add_command(bench_worktime.command)
command.add_command(bench_desk.command)
command.add_command(bench_kills.command)
command.add_command(bench_ledger.command)
command.add_command(bench_uploads.command)


@command.command(name="scoring", epilog="Example: cchc bench scoring --units 332 --rounds 3")
@click.option("--units", type=click.IntRange(10, 100_000), default=scoring.UNITS, show_default=True)
@click.option("--rounds", type=click.IntRange(1, 99), default=scoring.ROUNDS, show_default=True)
@json_option
@click.pass_context
def scoring_command(ctx: click.Context, units: int, rounds: int, as_json: bool) -> None:
    """Score UNITS × 100 criteria with reasons, against a bare loop of the same exact arithmetic.

    Exit code 0 when a leaf costs the same number of calls among few units and many, and the time is at most 12 times
    the bare loop's; 1 otherwise.
    """
    with working("bench scoring"):
        figures = scoring.run(units, rounds)
    if as_json:
        write_json(_document(figures))
    else:
        click.echo("\n".join(_lines(figures)))
    ctx.exit(0 if figures.holds else 1)


def _lines(figures: scoring.ScoringFigures) -> list[str]:
    verdict = "holds" if figures.holds else "DOES NOT HOLD"
    return [
        f"{figures.units} units × {scoring.LEAVES} leaves, Python {platform.python_version()}, {platform.machine()}",
        *(f"calls per leaf at {size} units: {calls:.2f}" for size, calls in figures.calls_per_leaf),
        f"with reasons {_seconds(figures.with_reasons)}",
        f"bare loop    {_seconds(figures.bare)}",
        f"ratio {figures.times_bare:.2f} (limit {scoring.MOST_TIMES_BARE}): {verdict}",
    ]


def _seconds(rounds: Rounds) -> str:
    fastest, slowest = rounds.spread
    return f"median {rounds.median:.3f} s of {len(rounds.seconds)} interleaved rounds ({fastest:.3f}–{slowest:.3f})"


def _document(figures: scoring.ScoringFigures) -> dict[str, object]:
    return {
        "units": figures.units,
        "leaves": scoring.LEAVES,
        "calls_per_leaf": {str(size): round(calls, 4) for size, calls in figures.calls_per_leaf},
        "seconds": {"with_reasons": list(figures.with_reasons.seconds), "bare": list(figures.bare.seconds)},
        "ratio": round(figures.times_bare, 3),
        "limit": scoring.MOST_TIMES_BARE,
        "holds": figures.holds,
    }
