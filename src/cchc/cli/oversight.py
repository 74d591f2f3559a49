"""`cchc oversight`: what is kept of slow and overdue dossiers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from cchc.cli.output import safe, write_json
from cchc.cli.session import json_option, language_option
from cchc.config import boot
from cchc.oversight.published_list import check
from cchc.records.errors import DomainError, Message, unreadable
from cchc.records.text import Language
from cchc.records.words import say, tell
from cchc.tables.reading import read_bytes


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


@command.command(epilog="Example: cchc oversight verify danh-sach-cham-xa-mau-2026-10.json")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@language_option
def verify(file: Path, as_json: bool, language: Language) -> None:
    """Check a published monthly list FILE (JSON from its public page) without a network or a database.

    The hash of every version, the chain of errata, and every sum and rank are worked out anew. Exit code 0: all of it
    holds; 1: something does not, or the file is no such list; 2: it cannot be read.
    """
    found = check(read_bytes(file))
    if as_json:
        problems = [{"code": one.code, "text": tell(one.message, language)} for one in found.problems]
        write_json({"unit": found.unit, "month": found.month, "versions": found.versions, "errata": found.errata,
                    "sha256": found.sha256, "problems": problems})  # fmt: skip
    else:
        params = {"unit": found.unit, "month": found.month, "versions": found.versions, "errata": found.errata}
        click.echo(safe(say(Message("cli.oversight_read", params), language)))
        click.echo(f"SHA-256 {found.sha256}")
    if found.problems:
        raise DomainError(*found.problems)
    if not as_json:
        click.echo(say(Message("cli.oversight_holds"), language))
