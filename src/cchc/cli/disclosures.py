"""`cchc disclosures`: who saw whose personal data, and whether the log of it is whole."""

from __future__ import annotations

import click

from cchc.cli.output import report_console, safe, working, write_json
from cchc.cli.session import json_option, language_option
from cchc.config import boot
from cchc.records.errors import Message, unreadable
from cchc.records.text import Language
from cchc.records.words import say

_COLUMNS = ("at", "by", "on_behalf_of", "page", "way", "subject_type", "subject_id", "people")


@click.group(epilog="Example: cchc disclosures verify")
def command() -> None:
    """Who saw, or took out, whose personal data (nhật ký xem dữ liệu cá nhân)."""


@command.command(name="list", epilog="Example: cchc disclosures list --most 20 --json")
@click.option("--most", type=click.IntRange(1, 100_000), default=50, show_default=True, help="The newest so many.")
@json_option
@language_option
def list_(most: int, as_json: bool, language: Language) -> None:
    """The newest lines first."""
    _set_up()
    from cchc.privacy.log import disclosure_log

    lines = [{name: getattr(line, name) for name in _COLUMNS} for line in disclosure_log().newest(most=most)]
    if as_json:
        write_json({"lines": lines})
        return
    from rich.table import Table

    table = Table(*(say(Message(f"cli.disclosure_{name}"), language) for name in _COLUMNS))
    for line in lines:
        table.add_row(*(safe(str(line[name])) for name in _COLUMNS))
    report_console().print(table)


@command.command(epilog="Example: cchc disclosures verify --json")
@json_option
@language_option
@click.pass_context
def verify(ctx: click.Context, as_json: bool, language: Language) -> None:
    """Walk the log and compare it with its seals in the audit chain; verify that with `cchc audit verify`.

    Exit code 0 when the log is whole, 1 when lines were changed, cut off or written anew.
    """
    _set_up()
    from cchc.privacy.queries import verify_log

    with working("disclosures.sqlite3"):
        report = verify_log()
    if as_json:
        counts = {"lines": report.lines, "removed": report.removed}
        write_json({"valid": not report.damaged, **counts, "damaged": list(report.damaged)})
    elif report.damaged:
        shown = ", ".join(map(str, report.damaged[:10]))
        click.echo(say(Message("cli.disclosures_damaged", {"count": len(report.damaged), "numbers": shown}), language))
    else:
        click.echo(say(Message("cli.disclosures_whole", {"lines": report.lines, "removed": report.removed}), language))
    ctx.exit(1 if report.damaged else 0)


def _set_up() -> None:
    boot.setup()
    from cchc.audit.triggers import is_migrated

    if not is_migrated():
        raise unreadable("audit.not_set_up")
