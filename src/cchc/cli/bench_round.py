"""`cchc bench round`: what the pages of a scoring round cost as it grows, in a database of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cchc.cli.bench_database import own_database
from cchc.cli.output import write_json
from cchc.cli.session import json_option

if TYPE_CHECKING:
    from cchc.bench.round import RoundFigures


@click.command(name="round", epilog="Example: cchc bench round --units 10 --units 150")
@click.option("--units", type=click.IntRange(2, 10_000), multiple=True, help="Sizes.  [default: 10, 150, 1000]")
@click.option("--database", metavar="URL", help="An empty database.  [default: a new SQLite file, removed afterwards]")
@json_option
@click.pass_context
def command(ctx: click.Context, units: tuple[int, ...], database: str | None, as_json: bool) -> None:
    """Rounds of UNITS × 100 criteria: milliseconds, queries and kilobytes of every page, side by side.

    Exit code 0 when every page takes at most 9 queries, with those that know who is signed in, and the page of one
    sheet does not grow with the round; 1 otherwise.
    """
    with own_database(database):
        from cchc.bench import round as bench

        figures = bench.run(units or bench.SIZES, lambda stage: click.echo(stage, err=True))
    if as_json:
        write_json(_document(figures))
    else:
        click.echo("\n".join(_lines(figures)))
    ctx.exit(0 if figures.holds else 1)


def _lines(figures: RoundFigures) -> list[str]:
    verdict = "holds" if figures.holds else "DOES NOT HOLD"
    heading = f"{'page':10}" + "".join(f"{f'{size} units':>32}" for size in figures.sizes)
    first = figures.pages[figures.sizes[0]]
    rows = [
        f"{name:10}" + "".join(_cell(figures.pages[size][name].milliseconds, figures.pages[size][name].queries,
                                     figures.pages[size][name].kilobytes) for size in figures.sizes)
        for name in first
    ]  # fmt: skip
    laid = ", ".join(f"{size} units in {seconds:.1f} s" for size, seconds in figures.seconds.items())
    return [
        f"100 criteria, {figures.engine}; laid out: {laid}",
        heading,
        *rows,
        f"pages at most 9 queries, a sheet {figures.sheet_growth:.2f} times as large: {verdict}",
    ]


def _cell(milliseconds: float, queries: int, kilobytes: float) -> str:
    return f"{milliseconds:11.0f} ms{queries:4} q{kilobytes:9.0f} kB".rjust(32)


def _document(figures: RoundFigures) -> dict[str, object]:
    return {
        "engine": figures.engine,
        "seconds": {str(size): round(seconds, 2) for size, seconds in figures.seconds.items()},
        "pages": {
            str(size): {
                name: {
                    "milliseconds": round(page.milliseconds, 1),
                    "queries": page.queries,
                    "kilobytes": page.kilobytes,
                }
                for name, page in pages.items()
            }
            for size, pages in figures.pages.items()
        },
        "sheet_growth": round(figures.sheet_growth, 4),
        "holds": figures.holds,
    }
