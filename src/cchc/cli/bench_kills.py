"""`cchc bench kills`: counters and workers killed while they write, in a database of its own."""

from __future__ import annotations

from dataclasses import asdict

import click

from cchc.cli.bench_database import own_database
from cchc.cli.output import write_json
from cchc.cli.session import json_option


@click.command(name="kills", epilog="Example: cchc bench kills --kills 200 --seed 7")
@click.option("--kills", type=click.IntRange(2, 100_000), default=200, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the moments at which they are killed.")
@click.option("--database", metavar="URL", help="An empty database.  [default: a new SQLite file, removed afterwards]")
@json_option
@click.pass_context
def command(ctx: click.Context, kills: int, seed: int, database: str | None, as_json: bool) -> None:
    """Kill a counter and a worker in turn, KILLS times, while they write.

    Exit code 0 when everything that was acknowledged is there, once and whole, codes have neither gap nor twin, every
    row of the workers' list was received once, and the audit chain verifies; 1 otherwise.
    """
    with own_database(database):
        from cchc.bench import kills as bench

        figures = bench.run(kills, seed, lambda stage: click.echo(stage, err=True))
        from django.db import connection

        engine = connection.vendor
    if as_json:
        write_json(asdict(figures) | {"engine": engine, "holds": figures.holds})
    else:
        click.echo(
            f"{engine}: {figures.kills} kills, {figures.of_workers} of them of workers; {figures.acknowledged} writes"
            f" acknowledged, {figures.dossiers} dossiers"
        )
        click.echo("\n".join(figures.wrong) or "nothing lost, doubled or torn")
    ctx.exit(0 if figures.holds else 1)
