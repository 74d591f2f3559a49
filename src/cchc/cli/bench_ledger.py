"""`cchc bench ledger`: the delay ledger and a plain Polars job of the same work, side by side on generated logs."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc.cli.output import write_json
from cchc.cli.session import json_option

if TYPE_CHECKING:
    from cchc.bench.ledger import LedgerFigures, SizeFigures, Taken


@click.command(name="ledger", epilog="Example: cchc bench ledger --rows 1000000 --rounds 3")
@click.option(
    "--rows",
    type=click.IntRange(1_000, 1_000_000_000),
    multiple=True,
    help="About so many rows in the log; may be repeated.  [default: 1000000, 10000000 and 60000000]",
)
@click.option("--rounds", type=click.IntRange(1, 99), help="Turns of each.  [default: 7, 3 and 1, by the size]")
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where to work; everything is removed again. A million rows need about 250 MB.  [default: the system's]",
)
@json_option
@click.pass_context
def command(ctx: click.Context, rows: tuple[int, ...], rounds: int | None, folder: Path | None, as_json: bool) -> None:
    """Measure the delay ledger on generated logs, from Parquet file to the written tables.

    The reference is a plain job in Polars and numpy that writes the same tables (dossiers, spells, officials, signals,
    hints) with the same figures, but knows the log beforehand: it cleans nothing, rejects nothing and cannot go on
    where it was stopped. Both must agree on every row, else the run fails.

    Exit code 0 when the ledger takes at most 1.5 times the reference's time, at most 60 MB of memory per million rows
    (judged from 10 million on), and its work grows no faster than the rows to the power of 1.15; 1 otherwise.
    """
    from cchc.bench import ledger

    figures = ledger.run(rows or ledger.SIZES, rounds, folder, lambda what: click.echo(what, err=True))
    if as_json:
        write_json(_document(figures))
    else:
        click.echo("\n".join(_lines(figures)))
    ctx.exit(0 if figures.holds else 1)


def _lines(figures: LedgerFigures) -> Iterator[str]:
    from cchc.bench import ledger as limits

    yield f"Python {platform.python_version()}, Polars {limits.POLARS}, {platform.machine()}"
    for size in figures.sizes:
        yield f"{size.rows:,} rows of a generated log ({size.log_bytes / 1e6:,.0f} MB of Parquet)"
        yield f"  ledger     {_taken(size.ledger)}"
        yield f"  reference  {_taken(size.reference)}"
        yield (
            f"  ledger over reference: {size.times_reference:.2f} by the clock (limit {limits.MOST_TIMES_REFERENCE}), "
            f"{size.times_work:.2f} in processor seconds"
        )
        yield f"  memory of the ledger per million rows: {_memory(size)}"
    for exponent in figures.exponents:
        yield f"work grows with the rows to the power of {exponent:.2f} (limit {limits.MOST_EXPONENT})"
    yield "holds" if figures.holds else "DOES NOT HOLD"


def _taken(taken: Taken) -> str:
    fastest, slowest = taken.rounds.spread
    memory = "" if taken.memory is None else f", at most {taken.memory / 1e6:,.0f} MB"
    return (
        f"median {taken.rounds.median:.2f} s of {len(taken.seconds)} ({fastest:.2f}–{slowest:.2f}), "
        f"{taken.work:.2f} processor seconds{memory}"
    )


def _memory(size: SizeFigures) -> str:
    from cchc.bench import ledger as limits

    if size.megabytes is None:
        return "this system does not tell"
    if size.rows < limits.MEMORY_JUDGED_FROM:
        return f"{size.megabytes:.0f} MB, mostly the interpreter and its libraries (not judged)"
    return f"{size.megabytes:.0f} MB (limit {limits.MOST_MEGABYTES})"


def _document(figures: LedgerFigures) -> dict[str, Any]:
    return {
        "sizes": [
            {
                "rows": size.rows,
                "log_bytes": size.log_bytes,
                "ledger": _taken_document(size.ledger),
                "reference": _taken_document(size.reference),
                "times_reference": round(size.times_reference, 3),
                "times_reference_in_processor_seconds": round(size.times_work, 3),
                "megabytes_per_million_rows": None if size.megabytes is None else round(size.megabytes, 1),
            }
            for size in figures.sizes
        ],
        "exponents": [round(exponent, 3) for exponent in figures.exponents],
        "holds": figures.holds,
    }


def _taken_document(taken: Taken) -> dict[str, Any]:
    return {
        "seconds": taken.seconds,
        "processor_seconds": taken.processor_seconds,
        "most_bytes": taken.most_bytes,
    }
