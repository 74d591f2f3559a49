"""`cchc dossiers`: open dossiers by the calendars of today, in the versions that this installation has; exchange."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from cchc.cli.dossiers_exchange import export_progress, import_answers
from cchc.cli.output import safe, write_json
from cchc.cli.session import json_option, language_option
from cchc.config import boot
from cchc.records.errors import Message, unreadable
from cchc.records.text import Language
from cchc.records.words import say

if TYPE_CHECKING:
    from cchc.dossiers.queries.recounting import Recounted
    from cchc.organizations.models import Unit

_MOST_SHOWN = 50


@click.group(epilog="Example: cchc dossiers recount")
def command() -> None:
    """Open dossiers (hồ sơ đang mở) and their due dates (ngày hẹn); where dossiers stand, exchanged by files."""


command.add_command(export_progress)
command.add_command(import_answers)


@command.command(epilog="Example: cchc dossiers recount --unit xa-mau --apply")
@click.option("--unit", "code", help="Only what this unit settles, or one below it; all units if left out.")
@click.option("--apply", "is_applied", is_flag=True, help="Ask for the job that counts them anew.")
@json_option
@language_option
def recount(code: str | None, is_applied: bool, as_json: bool, language: Language) -> None:
    """Say which open dossiers are due at another moment by the calendars of today.

    For calendars that came in a newer version with an upgrade: another calendar that is chosen for a unit is followed
    by itself. Without --apply nothing is changed. Exit code 2 for a unit that is not known.
    """
    boot.setup()
    from cchc.audit.triggers import is_migrated
    from cchc.dossiers.queries.recounting import open_dossiers, open_under, out_of_step

    if not is_migrated():
        raise unreadable("audit.not_set_up")
    unit = None if code is None else _unit(code)
    found = open_dossiers() if unit is None else open_under(unit, datetime.now(UTC))
    touched = sorted(out_of_step(found), key=lambda one: one.worst)
    job = _asked(unit) if is_applied and touched else None
    if as_json:
        write_json({"dossiers": [_document(one) for one in touched], "job": job})
    else:
        _say(touched, job, language)


def _unit(code: str) -> Unit:
    from cchc.organizations.queries.units import get_unit

    return get_unit(code)


def _asked(unit: Unit | None) -> int:
    from cchc.audit.actors import command_line
    from cchc.dossiers.jobs import OF_UNIT
    from cchc.interface.actions import request_job

    given = {"unit": None if unit is None else unit.pk, "with_renewed": True}
    actor = command_line("dossiers recount")
    return request_job(actor=actor, now=datetime.now(UTC), kind=OF_UNIT, parameters=given).pk


def _document(one: Recounted) -> dict[str, Any]:
    former = one.dossier.due_at
    return {
        "code": one.dossier.code,
        "due": former and former.isoformat(),
        "becomes": one.due_at and one.due_at.isoformat(),
        "steps": len(one.steps),
        "beyond": one.is_beyond,
    }


def _say(touched: list[Recounted], job: int | None, language: Language) -> None:
    shown = [one for one in touched if one.moves or one.is_beyond]
    for one in shown[:_MOST_SHOWN]:
        click.echo(safe(say(_line(one), language)))
    beyond = sum(one.is_beyond for one in touched)
    counts = {"count": len(touched), "moved": len(shown) - beyond, "beyond": beyond}
    click.echo(say(Message("cli.dossiers_touched", counts), language))
    if job is not None:
        click.echo(say(Message("cli.dossiers_asked", {"job": job}), language))
    elif touched:
        click.echo(say(Message("cli.dossiers_dry"), language))


def _line(one: Recounted) -> Message:
    from cchc.worktime.moments import end_message

    code = one.dossier.code
    if one.is_beyond:
        return Message("cli.dossiers_beyond", {"code": code})
    if not one.moves_appointment or one.dossier.due_at is None or one.due_at is None:
        return Message("cli.dossiers_steps_move", {"code": code, "steps": len(one.steps)})
    former, due = (end_message(_local(moment)) for moment in (one.dossier.due_at, one.due_at))
    return Message("cli.dossiers_moves", {"code": code, "former": former, "due": due})


def _local(moment: datetime) -> datetime:
    from django.utils.timezone import localtime

    return localtime(moment)
