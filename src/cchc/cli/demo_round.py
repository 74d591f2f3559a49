"""`cchc demo round`: a sample round of many units in the sample province."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from cchc.cli.migrate import bring_up_to_date
from cchc.cli.output import working, write_json
from cchc.cli.session import json_option, language_option
from cchc.records.errors import Message
from cchc.records.text import Language
from cchc.records.words import say


@click.command(name="round", epilog="Example: cchc demo round --units 150 --criteria 100")
@click.option("--units", type=click.IntRange(2, 10_000), default=150, show_default=True)
@click.option("--criteria", type=click.IntRange(1, 500), default=100, show_default=True)
@json_option
@language_option
def command(units: int, criteria: int, as_json: bool, language: Language) -> None:
    """Lay out a round (đợt chấm điểm) of UNITS × CRITERIA, labelled sample, under appraisal.

    Figures follow a fixed rule. Units are the communes of the sample province, and invented ones, named as samples, for
    what lacks. Refused where the sample province was not loaded. Nothing is taken away again: use an installation that
    may be thrown away.
    """
    with working(say(Message("demo.laying_out"), language)):
        bring_up_to_date()
        from cchc.demo.large_round import Size, load_large_round
        from cchc.demo.loading import LOADER

        laid = load_large_round(actor=LOADER, now=datetime.now(UTC), size=Size(units, criteria))
    address = f"/dot-cham/{laid.pk}/"
    if as_json:
        write_json({"round": laid.pk, "title": laid.title, "address": address, "units": units, "criteria": criteria})
    else:
        click.echo(say(Message("demo.round_laid_out", {"title": laid.title, "address": address}), language))
