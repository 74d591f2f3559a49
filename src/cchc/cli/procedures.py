"""`cchc procedures check|show|plan|import`: procedures in a file, when steps are due, a catalogue brought in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc.cli.output import counting, safe, write_json
from cchc.cli.session import json_option, language_option
from cchc.config import boot
from cchc.procedures.loading import load
from cchc.procedures.planning import PlannedStep, plan
from cchc.procedures.versions import CatalogueEntry, Version
from cchc.procedures.wording import procedure_line, step_line, version_lines
from cchc.records.errors import DomainError, Message, refuse, unreadable
from cchc.records.text import Language, LocalText
from cchc.records.timelines import Dated
from cchc.records.words import say
from cchc.tables.reading import read_bytes
from cchc.worktime import Calendar
from cchc.worktime.appointments import appoint
from cchc.worktime.moments import end_message, moment_message, parse_moment

if TYPE_CHECKING:
    from cchc.organizations.models import Unit
    from cchc.procedures.comparing import Said
    from cchc.procedures.importing.planning import CataloguePlan

_FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))


@click.group(epilog="Example: cchc procedures check thu-tuc.yaml")
def command() -> None:
    """Check and show procedures (thủ tục hành chính) of a YAML file; plan the steps of a dossier; bring a file in."""


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


@command.command(name="import", epilog="Example: cchc procedures import danh-muc.xlsx --unit tinh --apply")
@_FILE
@click.option("--unit", "code", required=True, help="Whose catalogue it is.")
@click.option("--apply", "is_applied", is_flag=True, help="Carry it out, whole or not at all.")
@json_option
@language_option
@click.pass_context
def import_(ctx: click.Context, file: Path, code: str, is_applied: bool, as_json: bool, language: Language) -> None:
    """Compare FILE (XLSX, CSV or YAML) with the catalogue of a unit; with --apply carry it out.

    Without --apply nothing is changed. A terminal shows how many procedures are written; stopped by Ctrl-C, nothing is.
    Exit code 0 when it was carried out or would be, 1 when a row is wrong, 2 when it cannot be read.
    """
    boot.setup()
    from cchc.audit.triggers import is_migrated
    from cchc.organizations.queries.units import get_unit
    from cchc.procedures.importing.planning import plan_file

    if not is_migrated():
        raise unreadable("audit.not_set_up")
    keeper, content = get_unit(code), read_bytes(file)
    plan = _carried_out(keeper, file.name, content, language) if is_applied else plan_file(content, file.name, keeper)
    if plan.problems:
        raise DomainError(*plan.problems)
    if as_json:
        write_json(_plan_document(plan, is_applied))
    else:
        _print_plan(plan, is_applied, language)


def _carried_out(keeper: Unit, file: str, content: bytes, language: Language) -> CataloguePlan:
    from cchc.audit.actors import command_line
    from cchc.procedures.actions.imports import import_file

    with counting(say(Message("cli.procedures_writing"), language)) as tell:
        return import_file(
            actor=command_line("procedures import"), now=datetime.now(UTC), keeper=keeper, file=file, content=content,
            tell=tell,
        )  # fmt: skip


def _plan_document(plan: CataloguePlan, is_applied: bool) -> dict[str, object]:
    return {
        "committed": is_applied and bool(plan.changes),
        "unchanged": plan.unchanged,
        "changes": [
            {
                "code": one.entry.facts.code, "kind": one.kind, "from": one.entry.dated.validity.start.isoformat(),
                "place": str(one.entry.place), "fields": len(one.differences),
            }
            for one in plan.changes
        ],
    }  # fmt: skip


def _print_plan(plan: CataloguePlan, is_applied: bool, language: Language) -> None:
    for one in plan.changes:
        facts, day = one.entry.facts, one.entry.dated.validity.start
        given = {"code": facts.code, "name": facts.name, "day": day}
        click.echo(safe(say(Message(f"cli.procedures_{one.kind}", given), language)))
        for part in one.differences:
            said = [_in_words(value, language) for value in (part.what, part.before, part.after)]
            click.echo(safe("    {}: {} → {}".format(*said)))
    counts = {"count": len(plan.changes), "unchanged": plan.unchanged}
    ending = "procedures_written" if is_applied else "procedures_dry"
    click.echo(say(Message(f"cli.{ending}", counts), language))


def _in_words(said: Said, language: Language) -> str:
    if said is None:
        return "–"
    if isinstance(said, Message):
        return say(said, language)
    return said.in_language(language) if isinstance(said, LocalText) else str(said)


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
