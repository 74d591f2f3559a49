"""`cchc oversight`: what is kept of slow and overdue dossiers."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from cchc.cli.output import write_json
from cchc.cli.session import json_option, language_option
from cchc.config import boot
from cchc.records.errors import Message, unreadable
from cchc.records.text import Language
from cchc.records.words import say


@click.group(epilog="Example: cchc oversight refresh --all")
def command() -> None:
    """Slow and overdue dossiers (hồ sơ chậm, quá hạn): whose minutes they are, as kept for the board."""


@command.command(epilog="Example: cchc oversight refresh")
@click.option("--all", "is_whole", is_flag=True, help="Also what the refresh of every half hour may have overlooked.")
@json_option
@language_option
def refresh(is_whole: bool, as_json: bool, language: Language) -> None:
    """Ask for the job that brings what is kept of our own dossiers up to date; it runs by itself every half hour."""
    boot.setup()
    from cchc.audit.actors import command_line
    from cchc.audit.triggers import is_migrated
    from cchc.interface.actions import request_job
    from cchc.oversight.jobs import REFRESH, REFRESH_ALL

    if not is_migrated():
        raise unreadable("audit.not_set_up")
    kind = REFRESH_ALL if is_whole else REFRESH
    job = request_job(actor=command_line("oversight refresh"), now=datetime.now(UTC), kind=kind).pk
    if as_json:
        write_json({"job": job})
    else:
        click.echo(say(Message("cli.oversight_asked", {"job": job}), language))
