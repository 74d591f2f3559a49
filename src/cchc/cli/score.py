"""`cchc score SET SHEET`: points with reasons, maximum, index, class and rank."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from cchc.cli.output import working, write_json
from cchc.cli.session import json_option, language_option
from cchc.records.errors import Place, unreadable
from cchc.records.text import Language
from cchc.scoring.evaluation import evaluate
from cchc.scoring.result_documents import results_document
from cchc.scoring.set_files import load_any
from cchc.scoring.sheet_reading import read_sheet

_UNITS_NAMED: Final = 10


@click.command(epilog="Example: cchc score tt01-2018 phieu-cham.csv --lang en")
@click.argument("criteria_set", metavar="SET")
@click.argument("sheet", type=click.Path(path_type=Path))
@click.option("--unit", "only", help="Show only this unit (đơn vị); all are still ranked.")
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context, criteria_set: str, sheet: Path, only: str | None, as_json: bool, language: Language
) -> None:
    """Score SHEET (phiếu chấm: CSV, XLSX or YAML) with SET (bộ tiêu chí: a YAML or XLSX file, or a shipped id).

    Every unit is given at every stage (giai đoạn) that occurs, with the reason of each criterion.

    Exit code 0 when everything could be scored, 1 when a unit has an error, 2 when a file cannot be read.
    """
    with working(str(sheet)):
        made = load_any(criteria_set)
        results = evaluate(made, read_sheet(made, sheet))
    units = tuple(dict.fromkeys(unit.unit for unit in results.units))
    if only not in (None, *units):
        raise unreadable("cli.unknown_unit", Place(str(sheet)), unit=only, known=units[:_UNITS_NAMED])
    if as_json:
        document = results_document(results, language)
        write_json(document | {"units": [unit for unit in document["units"] if only in (None, unit["unit"])]})
    else:
        from cchc.cli.score_report import print_results  # rich takes a while to load

        print_results(results, language, only)
    ctx.exit(1 if results.has_errors else 0)
