"""`cchc oversight`: what is kept of slow and overdue dossiers."""

from __future__ import annotations

import sys
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


@command.command("import", epilog="Example: cchc oversight import nhat-ky.csv --source iGate --mapping nhat-ky.yaml")
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--source", required=True, help="What the other software is called among the sources.")
@click.option("--mapping", required=True, type=click.Path(path_type=Path), help="What its columns mean (YAML).")
@click.option("--unit", help="Code of the unit that answers for it: adds the source where there is none yet.")
@click.option(
    "--drop-gone",
    "drops_gone",
    is_flag=True,
    help="Take out kept dossiers that this log lacks and nobody decided about.",
)
@json_option
@language_option
def bring_in_log(
    log: Path, source: str, mapping: Path, unit: str | None, drops_gone: bool, as_json: bool, language: Language
) -> None:
    """Bring the log of another one-stop software into what is kept, as on the page; any size."""
    boot.setup()
    from cchc.audit.actors import command_line
    from cchc.audit.triggers import is_migrated
    from cchc.oversight.logs.bringing_in import bring_in

    if not is_migrated():
        raise unreadable("audit.not_set_up")
    made = bring_in(
        actor=command_line("oversight import"), log=log, mapping=mapping, source=source, unit=unit,
        drops_gone=drops_gone, tell=_told,
    )  # fmt: skip
    assert made.load is not None  # it was loaded
    names = ("rows", "rejects", "dossiers", "new", "changed", "same", "gone")
    counts = {name: getattr(made.load, name) for name in names}
    if as_json:
        write_json(counts)
    else:
        click.echo(say(Message("cli.oversight_loaded", counts), language))


def _told(done: int, of: int) -> None:
    """How far it is, where somebody looks."""
    if sys.stderr.isatty():
        click.echo(f"\r{done}/{of} ", nl=done == of, err=True)
