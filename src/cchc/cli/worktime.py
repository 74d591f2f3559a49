"""`cchc worktime due|elapsed|explain`: working time between moments, the end of limits, and why.

`diff`, `export` and `import` stand in `worktime_exchange`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from cchc.cli.output import safe, working, write_json
from cchc.cli.session import json_option, language_option
from cchc.cli.worktime_questions import ELAPSED, EXPLAIN, Question, due_question
from cchc.records.text import Language
from cchc.records.words import say
from cchc.worktime import Calendar
from cchc.worktime.limits import Limit, LimitUnit

_DEFAULT_CALENDAR: Final = "vn"
_Command = TypeVar("_Command", bound=Callable[..., Any])
_UNITS: Final[dict[str, LimitUnit]] = {
    "minutes": "working_minutes",
    "hours": "working_hours",
    "working_days": "working_days",
    "calendar_days": "calendar_days",
}


class _Commands(click.Group):
    """Loads the readers and writers of other formats only when one of their commands is meant."""

    _exchanging = ("diff", "export", "import")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names."""
        return sorted({*super().list_commands(ctx), *self._exchanging})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None when it is not one of ours."""
        if cmd_name in self._exchanging:
            from cchc.cli import worktime_exchange

            worktime_exchange.mount(self)
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Commands, epilog="Example: cchc worktime due '05/01/2026 09:15' --working-days 5 --intake")
def command() -> None:
    """Working time (thời gian làm việc) by a calendar: minutes between moments, due dates (hạn trả), and why.

    Moments: 23/11/2026 08:30, 2026-11-23T08:30 (civil time of the calendar) or 2026-11-23T01:30Z; seconds are dropped.
    A date alone means 24:00 of that day.
    """


def _common_options(command: _Command) -> _Command:
    for option in (
        language_option,
        json_option,
        click.option(
            "--csv",
            "table",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Answer every row of a CSV or XLSX table with the same columns (from, to, minutes …).",
        ),
        click.option(
            "--calendar",
            "calendar_source",
            default=_DEFAULT_CALENDAR,
            show_default=True,
            metavar="ID|PATH",
            help="A shipped calendar (lịch làm việc) or a YAML file.",
        ),
    ):
        command = option(command)
    return command


@command.command(epilog="Example: cchc worktime elapsed '05/01/2026 09:15' 2026-01-09T16:00")
@click.argument("start", metavar="A", required=False)
@click.argument("end", metavar="B", required=False)
@_common_options
@click.pass_context
def elapsed(
    ctx: click.Context,
    start: str | None,
    end: str | None,
    calendar_source: str,
    table: Path | None,
    as_json: bool,
    language: Language,
) -> None:
    """Count the working minutes from A to B; negative when B lies before A."""
    _answer(ctx, ELAPSED, {"from": start, "to": end}, calendar_source, table, as_json, language)


@command.command(epilog="Example: cchc worktime explain '31/12/2025 16:00' '05/01/2026 09:15' --lang en")
@click.argument("start", metavar="A", required=False)
@click.argument("end", metavar="B", required=False)
@_common_options
@click.pass_context
def explain(
    ctx: click.Context,
    start: str | None,
    end: str | None,
    calendar_source: str,
    table: Path | None,
    as_json: bool,
    language: Language,
) -> None:
    """Say of every stretch from A to B whether it counts, why, and by which document."""
    _answer(ctx, EXPLAIN, {"from": start, "to": end}, calendar_source, table, as_json, language)


@command.command(epilog="Example: cchc worktime due '05/01/2026 15:20' --working-days 5 --intake")
@click.argument("start", metavar="A", required=False)
@click.option("--minutes", type=click.IntRange(min=0), help="A limit of so many working minutes.")
@click.option("--hours", type=click.IntRange(min=0), help="A limit of so many working hours (60 minutes each).")
@click.option("--working-days", type=click.IntRange(min=0), help="A limit of so many working days (ngày làm việc).")
@click.option("--calendar-days", type=click.IntRange(min=0), help="A limit of so many calendar days (ngày).")
@click.option("--intake", is_flag=True, help="A is a reception: the calendar's cut-off says when counting starts.")
@_common_options
@click.pass_context
def due(
    ctx: click.Context,
    start: str | None,
    intake: bool,
    calendar_source: str,
    table: Path | None,
    as_json: bool,
    language: Language,
    **amounts: int | None,
) -> None:
    """Find the moment at which a limit (thời hạn) that starts at A ends.

    Working days end at the same position of the day, from an opening at the close of the last day. Calendar days end
    at the same clock time, or at the next opening when that is closed. With --csv the limit may be a column.
    """
    given = [Limit(amount, _UNITS[name]) for name, amount in amounts.items() if amount is not None]
    if len(given) > 1 or (not given and table is None):
        raise click.UsageError("Give one of --minutes, --hours, --working-days, --calendar-days.", ctx)
    question = due_question(given[0] if given else None, intake)
    _answer(ctx, question, {"from": start}, calendar_source, table, as_json, language)


def _answer(
    ctx: click.Context,
    question: Question,
    texts: dict[str, str | None],
    calendar_source: str,
    table: Path | None,
    as_json: bool,
    language: Language,
) -> None:
    """Answer once, or for every row of a table."""
    given = {role: text for role, text in texts.items() if text is not None}
    if table is not None and given:
        raise click.UsageError("Give moments or --csv FILE, not both.", ctx)
    if table is None and len(given) < len(texts):
        raise click.UsageError("Give the moments, or --csv FILE.", ctx)
    calendar = Calendar.load(calendar_source)
    if table is not None:
        from cchc.cli.worktime_tables import answer_table  # tables take a while to load

        with working(str(table)):
            ctx.exit(answer_table(calendar, question, table, language, as_json))
    answer = question.answer(calendar, given, language)
    if as_json:
        write_json(answer.document)
    else:
        for sentence in answer.sentences:
            click.echo(safe(say(sentence, language)))
