"""`cchc bench desk`: what a one-stop's desk costs among few dossiers and among many, in databases of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from cchc.cli.bench_database import own_database
from cchc.cli.output import write_json
from cchc.cli.session import json_option

if TYPE_CHECKING:
    from cchc.bench.desk import DeskFigures


@click.command(name="desk", epilog="Example: cchc bench desk --dossiers 10000 --dossiers 100000")
@click.option("--dossiers", type=click.IntRange(100, 100_000_000), multiple=True, help="Sizes, the smallest first."
              "  [default: 10000, 1000000]")  # fmt: skip
@click.option("--rounds", type=click.IntRange(1, 99), default=7, show_default=True, help="Turns of each size.")
@click.option("--database", metavar="URL", multiple=True, help="An empty database for each size.  [default: new SQLite"
              " files, removed afterwards; a million dossiers need about 8 GB]")  # fmt: skip
@json_option
@click.pass_context
def command(
    ctx: click.Context, dossiers: tuple[int, ...], rounds: int, database: tuple[str, ...], as_json: bool
) -> None:
    """Intake, advance, desk, search and look-up among so many DOSSIERS, each size in turn.

    Exit code 0 when 95 of a hundred requests among the most dossiers take at most 1.5 times what they take among the
    fewest, 95 of a hundred lists are read by the database within 2 ms, and completing a step takes at most twice as
    long as a bare Django script that writes the same rows; 1 otherwise.
    """
    from cchc.bench import desk as bench

    sizes = dossiers or bench.SIZES
    if database and len(database) != len(sizes):
        raise click.UsageError("--database: one for each size.")
    addresses = dict(zip(sizes, database, strict=True)) if database else {}
    figures = bench.run(
        lambda size: _started(size, addresses.get(size)), sizes, rounds, lambda stage: click.echo(stage, err=True)
    )
    if as_json:
        write_json(_document(figures))
    else:
        click.echo("\n".join(_lines(figures)))
    ctx.exit(0 if figures.holds else 1)


@click.command()
@click.argument("dossiers", type=int)
@click.option("--database", metavar="URL")
def register_command(dossiers: int, database: str | None) -> None:
    """One register of `cchc bench desk`, in a process of its own: a line of figures for each line read."""
    with own_database(database):
        from cchc.bench.desk_contestant import serve

        serve(dossiers, sys.stdin, sys.stdout)


def _started(size: int, database: str | None) -> subprocess.Popen[str]:
    asked = [sys.executable, "-m", "cchc.cli.bench_desk", str(size)]
    where = ["--database", database] if database else []
    return subprocess.Popen([*asked, *where], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603


def _lines(figures: DeskFigures) -> Iterator[str]:
    from cchc.bench import desk as limits

    few, many = figures.sizes[0], figures.sizes[-1]
    laid = ", ".join(f"{size:,} dossiers in {seconds:.0f} s" for size, seconds in figures.seconds.items())
    yield f"{figures.engine}; laid out: {laid}; milliseconds, the median and what 95 of a hundred stay within"
    yield f"{'':28}" + "".join(f"{f'{size:,}':>20}" for size in figures.sizes) + f"{'growth':>10}"
    for name in figures.taken[few]:
        cells = "".join(f"{taken[name].median:10.2f}{taken[name].most:10.2f}" for taken in figures.taken.values())
        yield f"{name:28}{cells}{figures.growth(name):10.2f}"
    verdict = {name: "holds" if holds else "DOES NOT HOLD" for name, holds in figures.verdicts.items()}
    yield f"requests among {many:,} at most {limits.MOST_GROWTH} times those among {few:,}: {verdict['growth']}"
    yield f"lists in the database at most {limits.MOST_MILLISECONDS:g} ms: {verdict['lists']}"
    yield (
        f"completing a step {figures.of_bare(limits.ACTION):.2f} of the bare script's speed, with its page"
        f" {figures.of_bare('advance'):.2f} (limit {limits.LEAST_OF_BARE}, without): {verdict['bare']}"
    )


def _document(figures: DeskFigures) -> dict[str, object]:
    return {
        "engine": figures.engine,
        "seconds": {str(size): round(seconds, 1) for size, seconds in figures.seconds.items()},
        "milliseconds": {
            str(size): {
                name: {"median": round(one.median, 3), "most": round(one.most, 3)} for name, one in taken.items()
            }
            for size, taken in figures.taken.items()
        },
        "growth": {name: round(figures.growth(name), 3) for name in figures.taken[figures.sizes[0]]},
        "of_bare": {name: round(figures.of_bare(name), 3) for name in ("advance", "advance, without the page")},
        "verdicts": dict(figures.verdicts),
        "holds": figures.holds,
    }


if __name__ == "__main__":
    register_command()
