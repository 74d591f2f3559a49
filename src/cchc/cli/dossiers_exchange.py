"""`cchc dossiers export-progress|import-answers`: where dossiers stand, exchanged with a receiver by files."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import click

from cchc.cli.files import write_whole
from cchc.cli.output import safe, write_json
from cchc.cli.session import json_option, language_option
from cchc.config import boot
from cchc.records.errors import Message
from cchc.records.text import Language
from cchc.records.words import say
from cchc.tables.reading import read_bytes
from cchc.worktime.moments import parse_moment

_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")


@click.command(name="export-progress", epilog="Example: cchc dossiers export-progress tien-do.jsonl --since 2026-11-30")
@click.argument("out", metavar="OUT.jsonl", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--since", metavar="MOMENT", help="Once more what left since then: for a file that was lost.")
@json_option
@language_option
def export_progress(out: Path, since: str | None, as_json: bool, language: Language) -> None:
    """Write to OUT what changed and was not exported yet, one JSON object a line, with national codes 1 to 10.

    What was written counts as sent. Each line keeps its id however often it leaves: a receiver drops what it has.
    """
    boot.setup()
    from cchc.audit.actors import command_line
    from cchc.dossiers.actions.reporting import send_progress
    from cchc.dossiers.progress_files import written
    from cchc.dossiers.queries.progress import to_export

    reports = to_export(None if since is None else _moment(since))
    write_whole(out, written(reports))  # first: what is not written down is not sent
    send_progress(actor=command_line("dossiers export-progress"), now=datetime.now(UTC), reports=reports)
    if as_json:
        write_json({"reports": len(reports)})
    else:
        _say("progress_exported", language, number=len(reports), file=str(out))


@click.command(name="import-answers", epilog="Example: cchc dossiers import-answers tra-loi.jsonl")
@click.argument("file", metavar="FILE.jsonl", type=click.Path(path_type=Path, dir_okay=False))
@json_option
@language_option
def import_answers(file: Path, as_json: bool, language: Language) -> None:
    """Read what the receiver says of each report: {"id": …, "outcome": "confirmed"} or {…, "failed", "reason": …}.

    The same file again changes nothing. Exit code 1 when a line is wrong (then nothing is written).
    """
    boot.setup()
    from cchc.audit.actors import command_line
    from cchc.dossiers.actions.reporting import answer_progress
    from cchc.dossiers.progress_files import read_answers

    answers = read_answers(read_bytes(file), file.name)
    actor = command_line("dossiers import-answers")
    done = answer_progress(actor=actor, now=datetime.now(UTC), answers=answers)
    counts = {name: getattr(done, name) for name in done.__dataclass_fields__}
    if as_json:
        write_json(counts)
    else:
        _say("progress_answered", language, **counts)


def _moment(text: str) -> datetime:
    """Civil time in Vietnam; a day begins at midnight."""
    found = parse_moment(text, _ZONE)
    return found if isinstance(found, datetime) else datetime.combine(found, time.min, _ZONE)


def _say(code: str, language: Language, **params: object) -> None:
    click.echo(safe(say(Message(f"cli.{code}", params), language)))
