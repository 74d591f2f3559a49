"""`cchc bench uploads`: pages while hostile files are examined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cchc.cli.bench_database import own_database
from cchc.cli.output import write_json
from cchc.cli.session import json_option

if TYPE_CHECKING:
    from cchc.bench.uploads import UploadFigures


@click.command(name="uploads", epilog="Example: cchc bench uploads --pages 50 --rounds 3")
@click.option("--pages", type=click.IntRange(20, 10_000), default=100, show_default=True)
@click.option("--rounds", type=click.IntRange(1, 99), default=5, show_default=True)
@json_option
@click.pass_context
def command(ctx: click.Context, pages: int, rounds: int, as_json: bool) -> None:
    """Ask for PAGES pages, alone and while one hostile file after the other is examined, in turn.

    Exit code 0 when 95 of a hundred pages beside the examiner come within one and a half times what they take alone;
    1 otherwise.
    """
    with own_database():
        from cchc.bench import uploads

        figures = uploads.run(pages, rounds)
        if as_json:
            write_json(_document(figures))
        else:
            click.echo("\n".join(_lines(figures)))
    ctx.exit(0 if figures.holds else 1)


def _lines(figures: UploadFigures) -> list[str]:
    from cchc.bench.uploads import MOST_TIMES, p95

    verdict = "holds" if figures.holds else "DOES NOT HOLD"
    return [
        f"{len(figures.alone)} pages alone: p95 {p95(figures.alone):.1f} ms",
        f"{len(figures.beside)} pages beside {figures.examined} hostile files: p95 {p95(figures.beside):.1f} ms",
        f"ratio {figures.times:.2f} (limit {MOST_TIMES}): {verdict}",
    ]


def _document(figures: UploadFigures) -> dict[str, object]:
    from cchc.bench.uploads import MOST_TIMES, p95

    return {
        "p95_milliseconds": {"alone": round(p95(figures.alone), 2), "beside": round(p95(figures.beside), 2)},
        "examined": figures.examined,
        "ratio": round(figures.times, 3),
        "limit": MOST_TIMES,
        "holds": figures.holds,
    }
