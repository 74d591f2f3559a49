"""`cchc retention`: what is kept how long, what falls due, and carrying it out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc.cli.output import report_console, safe, write_json
from cchc.cli.session import json_option, language_option
from cchc.config import boot
from cchc.records.errors import Message, Place, unreadable
from cchc.records.text import Language
from cchc.records.words import say

if TYPE_CHECKING:
    from cchc.privacy.survey import Standing


@click.group(epilog="Example: cchc retention list")
def command() -> None:
    """How long personal data is kept (thời hạn lưu giữ), and what falls due."""


@command.command(name="list", epilog="Example: cchc retention list --json")
@json_option
@language_option
def list_(as_json: bool, language: Language) -> None:
    """Every rule with its source, and how much is past its time, held, or due within 30 days."""
    _show(_survey(), as_json, language)


@command.command(epilog="Example: cchc retention run --dry-run")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@json_option
@language_option
def run(dry_run: bool, as_json: bool, language: Language) -> None:
    """Ask for the job that ends what is past its time; `cchc worker` does it, in parts that can be cancelled.

    It also runs by itself every night at 01:30.
    """
    standing = _survey()
    if dry_run:
        _show(standing, as_json, language)
        return
    from cchc.audit.actors import command_line
    from cchc.interface.actions import request_job

    job = request_job(actor=command_line("retention run"), now=datetime.now(UTC), kind="privacy.retention")
    due = sum(one.due.due for one in standing)
    if as_json:
        write_json({"job": job.pk, "due": due})
    else:
        click.echo(say(Message("cli.retention_asked", {"job": job.pk, "due": due}), language))


@command.command(epilog="Example: cchc retention check thoi-han.yaml")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@language_option
def check(file: Path, language: Language) -> None:
    """Whether FILE could stand in CCHC_RETENTION_RULES. Exit code 1 with line and next step where it is unclear."""
    boot.setup()
    from cchc.privacy.rules import read_rules

    try:
        content = file.read_bytes()
    except OSError as error:
        raise unreadable("privacy.rules_unreadable", Place(str(file))) from error
    count = len(read_rules(content, str(file)))
    click.echo(say(Message("cli.retention_good", {"count": count}), language))


def _survey() -> list[Standing]:
    """Raises `cli.not_set_up` for a database without tables."""
    boot.setup()
    from cchc.audit.triggers import is_migrated
    from cchc.privacy.survey import survey

    if not is_migrated():
        raise unreadable("audit.not_set_up")
    return survey(datetime.now(UTC))


def _show(standing: list[Standing], as_json: bool, language: Language) -> None:
    if as_json:
        write_json({"rules": [_document(one, language) for one in standing]})
        return
    from rich.table import Table

    heads = ("what", "keep", "since", "then", "due", "held", "soon", "source")
    numbers = {"due", "held", "soon"}
    table = Table()
    for head in heads:
        name = say(Message(f"cli.retention_{head}"), language)
        table.add_column(name, justify="right" if head in numbers else "left")
    for one in standing:
        row = _document(one, language)
        doubt = say(Message("cli.retention_unverified"), language) if row["doubt"] else ""
        row["source"] = f"{row['source']} {doubt}".strip()
        table.add_row(*(safe(str(row[head])) for head in heads))
    report_console().print(table)


def _document(one: Standing, language: Language) -> dict[str, Any]:
    """One rule in the shape of `--json`."""
    from cchc.privacy.kept import ENDINGS, SINCE

    kept, keep = one.rule.value.kept, one.rule.value.keep
    return {
        "code": kept.code,
        "what": kept.name.in_language(language),
        "keep": keep.said().in_language(language),
        "since": SINCE[kept.since].in_language(language),
        "then": ENDINGS[kept.ending].in_language(language),
        "before": one.before.date().isoformat(),
        "due": one.due.due,
        "held": one.due.held,
        "soon": one.soon,
        "source": one.rule.source.document,
        "verified": one.rule.verification.verified,
        "doubt": one.rule.verification.doubt_in(language),
    }
