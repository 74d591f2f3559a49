"""`cchc ledger LOG`: who was late and by how much, from a foreign log; `cchc ledger suggest LOG` proposes a mapping."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import click

from cchc.cli.output import safe, working, write_json
from cchc.cli.session import json_option, language_option
from cchc.records.errors import Message
from cchc.records.text import Language
from cchc.records.words import say

if TYPE_CHECKING:
    from cchc.ledger.engines import Engine
    from cchc.ledger.mapping import LogMapping
    from cchc.ledger.running import Progress
    from cchc.worktime import Calendar

_RUN: Final = "run"
_DEFINITIONS: Final = ("late_by_due_at", "late_by_first_due_at", "table_06a", "index_766")  # `verdicts.names()`
_STAGES: Final = ("check", "read", "compute", "write")


class _LogOrCommand(click.Group):
    """`cchc ledger LOG …` is short for `cchc ledger run LOG …`: a first word that is no command names the log."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put in the command that was left out."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [_RUN, *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_LogOrCommand, epilog="Example: cchc ledger nhat-ky.xlsx --mapping anh-xa.yaml --out ket-qua (the same as run)"
)
def command() -> None:
    """Delays (hồ sơ chậm, quá hạn) from the log of any one-stop software: who was late, by how much.

    `cchc ledger LOG --mapping M.yaml --out DIR` is short for `cchc ledger run LOG …`. Logs: CSV, XLSX, XES, XES.gz,
    Parquet. What a mapping may say and what is written stands in docs/ledger.md.
    """


@command.command(name=_RUN, epilog="Example: cchc ledger nhat-ky.csv --mapping anh-xa.yaml --out ket-qua")
@click.argument("log", type=click.Path(path_type=Path))
@click.option(
    "--mapping", "mapping_file", type=click.Path(path_type=Path), required=True, help="What the columns mean."
)
@click.option("--out", "output", type=click.Path(path_type=Path), required=True, help="Folder to write.")
@click.option(
    "--engine", "engine_name", type=click.Choice(["local", "spark"]), default="local", show_default=True,
    help="What computes: this process, or Apache Spark. The rows are the same.",
)  # fmt: skip
@click.option(
    "--definition", type=click.Choice(_DEFINITIONS), default=_DEFINITIONS[0], show_default=True,
    help="By which named definition report.html and report.xlsx list late dossiers.",
)  # fmt: skip
@click.option("--report/--no-report", "with_report", default=True, help="Write report.html and report.xlsx (default).")
@json_option
@language_option
@click.pass_context
def run(
    ctx: click.Context, log: Path, mapping_file: Path, output: Path, engine_name: str, definition: str,
    with_report: bool,    as_json: bool, language: Language,
) -> None:  # fmt: skip
    """Read LOG, charge every late minute, write the folder DIR.

    DIR gets report.html and report.xlsx for people; dossiers, spells, officials, signals, hints and more (.parquet);
    rejects.csv and summary.json: all or nothing. A run that was stopped goes on where it was when it is started again.

    Exit code 0 when it is written; 1 when the mapping is wrong, or too many rows cannot be used (then DIR holds
    rejects.csv only); 2 when a file cannot be read, the log lacks a column, or Spark is asked for and not there.
    """
    from cchc.ledger.mapping_reading import load_mapping
    from cchc.ledger.running import run_log

    engine = _engine(engine_name)
    mapping = load_mapping(mapping_file)
    calendar = _calendar(mapping, mapping_file)
    today = datetime.now(ZoneInfo(mapping.time_zone or calendar.time_zone)).date()
    with _progress(language) as progress:
        outcome = run_log(
            log, mapping, calendar, output, as_of=today, language=language, progress=progress, engine=engine,
            with_report=with_report, definition=definition,
        )  # fmt: skip
    if as_json:
        write_json({"output": str(output), "accepted": outcome.is_accepted, **outcome.summary})
    else:
        from cchc.cli.ledger_report import print_outcome  # rich takes a while to load

        print_outcome(outcome, mapping, language)
    ctx.exit(0 if outcome.is_accepted else 1)


@command.command(epilog="Example: cchc ledger suggest nhat-ky.xlsx > anh-xa.yaml")
@click.argument("log", type=click.Path(path_type=Path))
@json_option
@language_option
def suggest(log: Path, as_json: bool, language: Language) -> None:
    """Propose a mapping for LOG from its headings and values, as YAML with comments on what is unsure.

    Look at every line before you use it. Exit code 0 with a mapping that can be tried, 1 when no column looks like the
    case, the activity or the time, 2 when the log cannot be read.
    """
    from cchc.ledger.suggesting import suggest_mapping

    with working(str(log)):
        suggestion = suggest_mapping(log)
    if as_json:
        write_json(suggestion.document(language))
    else:
        click.echo(suggestion.to_yaml(language), nl=False)
    suggestion.check()


@command.command(epilog="Example: cchc ledger courses ket-qua H31.30-260302-0001")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("dossiers", metavar="[DOSSIER]...", nargs=-1)
@json_option
@language_option
def courses(folder: Path, dossiers: tuple[str, ...], as_json: bool, language: Language) -> None:
    """Write out the delay course (quá trình chậm) of each dossier from DIR, which `cchc ledger run` wrote.

    Of the dossiers named, late or not: courses.html and courses.xlsx. Without names of all late ones, the latest
    first, a thousand in each file: courses-1.html, courses-1.xlsx and so on. They name people: internal.

    Exit code 0 when they are written, 1 when DIR has no such dossier, 2 when DIR holds no finished run.
    """
    from cchc.ledger.report.writing import write_courses

    with working(str(folder)):
        written = write_courses(folder, dossiers, language)
    if as_json:
        write_json({"written": [str(path) for path in written]})
        return
    for path in written:
        click.echo(safe(say(Message("cli.ledger_courses_written", {"path": str(path)}), language)))
    if not written:
        click.echo(say(Message("cli.ledger_no_courses"), language))


def _engine(name: str) -> Engine:
    """The engine of that name, when all it needs is there."""
    if name == "spark":
        from cchc.ledger.spark import spark_engine

        return spark_engine()
    from cchc.ledger.engines import LOCAL

    return LOCAL


def _calendar(mapping: LogMapping, mapping_file: Path) -> Calendar:
    """The calendar a mapping names: a file beside the mapping, any other file, or a shipped one."""
    from cchc.worktime import Calendar

    beside = mapping_file.parent / mapping.calendar
    return Calendar.load(beside if beside.is_file() else mapping.calendar)


@contextmanager
def _progress(language: Language) -> Iterator[Progress | None]:
    """A bar for each stage on a terminal; silent elsewhere. On standard error."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(show_speed=True), TimeElapsedColumn())
    with Bars(*columns, console=Console(file=sys.stderr), transient=True) as bars:
        tasks = {stage: bars.add_task(_stage_name(stage, language), start=False, total=None) for stage in _STAGES}

        def show(stage: str, done: int, of: int | None) -> None:
            bars.start_task(tasks[stage])
            bars.update(tasks[stage], completed=done, total=of)

        yield show


def _stage_name(stage: str, language: Language) -> str:
    return say(Message(f"cli.ledger_stage_{stage}"), language)
