"""`cchc procedures check|show|plan`: procedures in a file, and when the steps of a dossier are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click

from cchc.cli.output import safe, write_json
from cchc.cli.session import json_option, language_option
from cchc.procedures.loading import load
from cchc.procedures.planning import PlannedStep, plan
from cchc.procedures.versions import CatalogueEntry, Version
from cchc.procedures.wording import procedure_line, step_line, version_lines
from cchc.records.errors import Message, refuse
from cchc.records.text import Language
from cchc.records.timelines import Dated
from cchc.records.words import say
from cchc.worktime import Calendar
from cchc.worktime.appointments import appoint
from cchc.worktime.moments import end_message, moment_message, parse_moment

_FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))


@click.group(epilog="Example: cchc procedures check thu-tuc.yaml")
def command() -> None:
    """Check and show procedures (thủ tục hành chính) of a YAML file; plan the steps of a dossier."""


@command.command(epilog="Example: cchc procedures check thu-tuc.yaml --json")
@_FILE
@json_option
@language_option
def check(file: Path, as_json: bool, language: Language) -> None:
    """Read FILE and say what is wrong with it, all at once.

    Exit code 0 when it can be used, 1 when it is refused, 2 when it cannot be read.
    """
    found = load(file)
    counts = {"number": len(found), "versions": sum(len(one.versions.records) for one in found)}
    if as_json:
        write_json({"procedures": counts["number"], "versions": counts["versions"]})
    else:
        click.echo(say(Message("procedures.good", counts), language))


@command.command(name="show", epilog="Example: cchc procedures show thu-tuc.yaml --code MAU-002 --lang en")
@_FILE
@click.option("--code", help="One procedure alone.")
@language_option
def show_(file: Path, code: str | None, language: Language) -> None:
    """Print every procedure of FILE with its versions and steps in words."""
    found = load(file)
    for one in found if code is None else [_named(found, code)]:
        click.echo(safe(say(procedure_line(one), language)))
        for dated in one.versions.records:
            first, *rest = version_lines(dated)
            click.echo(safe(f"  {say(first, language)}"))
            for line in rest:
                click.echo(safe(f"    {say(line, language)}"))


@command.command(name="plan", epilog="Example: cchc procedures plan thu-tuc.yaml MAU-002 2026-11-30T09:15")
@_FILE
@click.argument("code")
@click.argument("received")
@click.option("--calendar", "calendar_id", default="vn", show_default=True, help="A packaged calendar, or a path.")
@json_option
@language_option
def plan_(file: Path, code: str, received: str, calendar_id: str, as_json: bool, language: Language) -> None:
    """When each step of a dossier received at RECEIVED begins and is due, and its appointment.

    The version of that day counts, and the calendar's intake rule. Exit code 1 where no version holds then.
    """
    calendar = Calendar.load(calendar_id)
    moment = parse_moment(received, calendar.zone)
    if not isinstance(moment, datetime):
        moment = calendar.end_of(moment) - timedelta(minutes=1)  # received on that day, at the latest
    procedure = _named(load(file), code)
    dated = procedure.versions.as_of(moment.date())
    steps = plan(dated.value, calendar, moment)
    due_at = None if dated.value.limit is None else appoint(calendar, moment, dated.value.limit).due_at
    if as_json:
        write_json(_document(procedure, steps, due_at))
    else:
        _print(dated, steps, due_at, language)


def _named(found: tuple[CatalogueEntry, ...], code: str) -> CatalogueEntry:
    for one in found:
        if one.code == code:
            return one
    raise refuse("procedures.unknown_code", code=code, known=tuple(one.code for one in found))


def _document(procedure: CatalogueEntry, steps: Sequence[PlannedStep], due_at: datetime | None) -> dict[str, object]:
    return {
        "procedure": procedure.code,
        "due": due_at and due_at.isoformat(),
        "steps": [
            {"id": one.step.id, "begins": one.begins_at.isoformat(), "due": one.due_at.isoformat()} for one in steps
        ],
    }


def _print(dated: Dated[Version], steps: Sequence[PlannedStep], due_at: datetime | None, language: Language) -> None:
    for one in steps:
        click.echo(safe(say(_line(dated.value, one), language)))
    told = Message("procedures.no_appointment") if due_at is None else _appointment(due_at)
    click.echo(safe(say(told, language)))
    if doubt := dated.verification.doubt_told:
        click.echo(safe(say(Message("procedures.doubtful", {"doubt": doubt}), language)))


def _appointment(due_at: datetime) -> Message:
    return Message("procedures.appointment", {"due": end_message(due_at)})


def _line(version: Version, one: PlannedStep) -> Message:
    return Message(
        "procedures.planned_step",
        {"start": moment_message(one.begins_at), "due": end_message(one.due_at), "step": step_line(version, one.step)},
    )
