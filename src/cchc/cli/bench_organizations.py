"""`cchc bench organizations`: a register of the country's size, in a database of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cchc.cli.bench_database import own_database
from cchc.cli.output import write_json
from cchc.cli.session import json_option

if TYPE_CHECKING:
    from cchc.bench.organizations import RegisterFigures


@click.command(name="organizations", epilog="Example: cchc bench organizations --units 332 --officials 3000")
@click.option("--units", type=click.IntRange(10, 100_000), default=3_321, show_default=True)
@click.option("--officials", type=click.IntRange(10, 1_000_000), default=30_000, show_default=True)
@click.option(
    "--every",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="One in so many officials also has a second post, an account and a role; 1: all.",
)
@click.option("--database", metavar="URL", help="An empty database.  [default: a new SQLite file, removed afterwards]")
@json_option
@click.pass_context
def command(ctx: click.Context, units: int, officials: int, every: int, database: str | None, as_json: bool) -> None:
    """Import UNITS and OFFICIALS from one workbook, one in EVERY with a second post, an account and a role, and look at
    the pages: time, memory, queries.

    Exit code 0 when reading and carrying out take at most 60 seconds and every page at most 9 queries
    with those that know who is signed in; 1 otherwise.
    """
    with own_database(database):
        from cchc.bench import organizations

        figures = organizations.run(units, officials, every, lambda stage: click.echo(stage, err=True))
    if as_json:
        write_json(_document(figures))
    else:
        click.echo("\n".join(_lines(figures)))
    ctx.exit(0 if figures.holds else 1)


def _lines(figures: RegisterFigures) -> list[str]:
    verdict = "holds" if figures.holds else "DOES NOT HOLD"
    return [
        f"{figures.units} units, {figures.officials} officials, {figures.engine}",
        *(f"{stage:18}{seconds:8.2f} s" for stage, seconds in figures.seconds.items()),
        *(
            f"{name:18}{page.milliseconds:8.0f} ms, the median{page.queries:5} queries"
            for name, page in figures.pages.items()
        ),
        f"{figures.changes} changes; the longest without a sign of progress {figures.silence:.1f} s",
        f"memory {figures.megabytes} MB",
        f"import {figures.import_seconds:.1f} s (limit 60), pages at most 9 queries: {verdict}",
    ]


def _document(figures: RegisterFigures) -> dict[str, object]:
    return {
        "units": figures.units,
        "officials": figures.officials,
        "engine": figures.engine,
        "changes": figures.changes,
        "longest_silence": round(figures.silence, 3),
        "seconds": {stage: round(seconds, 3) for stage, seconds in figures.seconds.items()},
        "pages": {
            name: {"milliseconds": round(page.milliseconds, 1), "queries": page.queries}
            for name, page in figures.pages.items()
        },
        "megabytes": figures.megabytes,
        "holds": figures.holds,
    }
