"""`cchc worktime diff|export|import`: calendars compared, and exchanged with spreadsheets and calendar programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from cchc.cli.files import write_whole
from cchc.cli.output import safe, write_json
from cchc.cli.session import json_option, language_option, session_of
from cchc.records.dates import parse_date
from cchc.records.errors import DomainError, Message, Place, Unreadable, unreadable
from cchc.records.sources import Validity
from cchc.records.text import Language
from cchc.records.trees import local_text_tree, source_tree, verification_tree
from cchc.records.words import say, say_problem
from cchc.tables.limits import DEFAULT_LIMITS
from cchc.worktime.calendar import Calendar
from cchc.worktime.comparison import Comparison, DayDifference, DayState, Totals, compare
from cchc.worktime.comparison_words import differences
from cchc.worktime.exchange import Found, calendar_of, found_in, whole, written
from cchc.worktime.loading import load_lineage, packaged, with_parents
from cchc.worktime.rules import CalendarRules
from cchc.worktime.writing import content_hash

_SHOWN_LEFT_OUT: Final = 20
_Command = TypeVar("_Command", bound=Callable[..., Any])


def mount(group: click.Group) -> None:
    """Add the commands of this module to `cchc worktime`."""
    for command in (diff, export, import_):
        group.add_command(command)


def _read_day(ctx: click.Context, param: click.Parameter, text: str | None) -> date | None:
    try:
        return None if text is None else parse_date(text)
    except DomainError as error:
        raise click.BadParameter(say(error.problems[0].message, session_of(ctx).language), ctx, param) from error


def _day_option(name: str, help_text: str) -> Callable[[_Command], _Command]:
    return click.option(
        f"--{name}", f"{name}_day", callback=_read_day, metavar="DAY", help=f"{help_text}: 2026-11-24 or 24/11/2026."
    )


@click.command(epilog="Example: cchc worktime diff vn lich-xa.yaml --from 01/01/2026 --to 31/12/2026")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@_day_option("from", "First day compared")
@_day_option("to", "Last day compared")
@json_option
@language_option
@click.pass_context
def diff(
    ctx: click.Context,
    before: str,
    after: str,
    from_day: date | None,
    to_day: date | None,
    as_json: bool,
    language: Language,
) -> None:
    """Say what differs between the calendars A and B (YAML files, or ids such as vn), day by day.

    Days that open or close, other hours, another name, source or verification. Without --from and --to all days that
    both cover are compared.

    Exit code 0 when they are the same, 1 when they differ, 2 when one cannot be used or the days asked for are not in
    both.
    """
    try:
        calendars = Calendar.load(before), Calendar.load(after)
        compared = compare(calendars[0].rules, calendars[1].rules, from_day, to_day)
    except DomainError as error:
        raise Unreadable(*error.problems) from error  # 1 means here that they differ
    if as_json:
        write_json(_comparison_document(*calendars, compared))
    else:
        _say("compared", language, before=before, after=after, first=compared.first, last=compared.last)
        _print_comparison(compared, language)
    ctx.exit(0 if compared.are_same else 1)


def _print_comparison(compared: Comparison, language: Language) -> None:
    for headline, *states in differences(compared):
        click.echo(safe(say(headline, language)))
        for sign, state in zip("-+", states, strict=False):
            click.echo(safe(f"  {sign} {say(state, language)}"))
    if compared.are_same:
        _say("same_calendars", language)
    old, new = compared.before, compared.after
    days = {"count": len(compared.days), "days_before": old.working_days, "days_after": new.working_days}
    _say("compared_totals", language, **days, minutes_before=old.minutes, minutes_after=new.minutes)


def _comparison_document(before: Calendar, after: Calendar, compared: Comparison) -> dict[str, Any]:
    return {
        "before": _side(before, compared.before),
        "after": _side(after, compared.after),
        "from": compared.first.isoformat(),
        "to": compared.last.isoformat(),
        "same": compared.are_same,
        "differs": list(compared.whole),
        "days": list(map(_day_document, compared.days)),
    }


def _side(calendar: Calendar, totals: Totals) -> dict[str, Any]:
    return {
        "calendar": calendar.id,
        "hash": calendar.hash,
        "working_days": totals.working_days,
        "minutes": totals.minutes,
    }


def _day_document(difference: DayDifference) -> dict[str, Any]:
    return {
        "on": difference.day.isoformat(),
        "differs": list(difference.what),
        "before": _state_document(difference.before),
        "after": _state_document(difference.after),
    }


def _state_document(state: DayState) -> dict[str, Any]:
    return {
        "open": list(map(str, state.windows)),
        "minutes": state.minutes,
        "name": local_text_tree(state.name) if state.name else None,
        "source": source_tree(state.source) if state.source else None,
        "verified": None if state.verification is None else _verification(verification_tree(state.verification)),
    }


def _verification(tree: Any) -> Any:
    return True if tree == "true" else tree


@click.command(epilog="Example: cchc worktime export vn lich-2026.xlsx")
@click.argument("calendar", metavar="ID|PATH")
@click.argument("out", metavar="OUT.(csv|xlsx|ics|yaml)", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--whole", "is_whole", is_flag=True, help="With the days and hours of the calendars it extends.")
@language_option
def export(calendar: str, out: Path, is_whole: bool, language: Language) -> None:
    """Write a calendar as a table, a workbook or an iCalendar file; `import` reads it back to the same content.

    A CSV table holds the exceptional days only (nghỉ lễ, nghỉ bù, hoán đổi, giờ riêng); the others hold everything.
    """
    loaded = Calendar.load(calendar)
    rules = whole(loaded) if is_whole else loaded.lineage[-1]
    write_whole(out, written(rules, out.suffix))
    _say_written(rules, content_hash([rules]) if is_whole else loaded.hash, out, language)


@click.command(
    name="import", epilog="Example: cchc worktime import ngay-nghi-2027.csv lich.yaml --base lich.yaml --add"
)
@click.argument("source", metavar="IN.(csv|xlsx|ics)", type=click.Path(path_type=Path))
@click.argument("out", metavar="[OUT.yaml]", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--base", metavar="ID|PATH", help="Take hours, names and validity from this calendar, days from IN.")
@click.option("--add", "is_adding", is_flag=True, help="Add the days to those of the base; the same day is replaced.")
@language_option
@click.pass_context
def import_(
    ctx: click.Context, source: Path, out: Path | None, base: str | None, is_adding: bool, language: Language
) -> None:
    """Read exceptional days, or a whole calendar, and write it as YAML to OUT.yaml or to standard output.

    A file that holds days only (a CSV table, an iCalendar file of somebody else) needs --base. All-day events of other
    people's calendars become closed days that are not verified.
    """
    if is_adding and base is None:
        raise click.UsageError("--add needs --base.", ctx)
    parent = None if base is None else Calendar.load(base)
    found = found_in(_content(source), source.name, None if parent is None else Validity(parent.first, parent.last))
    _say_left_out(found, language)
    rules = calendar_of(found, None if parent is None else parent.lineage[-1], adding=is_adding)
    folder = Path(base).parent if base is not None and Path(base).is_file() else (out or source).parent
    made = Calendar(with_parents(rules, lambda id: packaged(id) or _beside(folder, id)))
    content = written(rules, ".yaml")
    if out is None:
        click.echo(content, nl=False)
        return
    write_whole(out, content)
    _say_written(rules, made.hash, out, language)


def _content(path: Path) -> bytes:
    """The bytes of a file, one more at most than the readers take. Raises as `tables.reading.read_path` does."""
    try:
        with path.open("rb") as source:
            return source.read(DEFAULT_LIMITS.file_bytes + 1)
    except FileNotFoundError as error:
        raise unreadable("tables.missing_file", Place(str(path))) from error
    except (OSError, ValueError) as error:
        raise unreadable("tables.file_not_opened", Place(str(path))) from error


def _beside(folder: Path, id: str) -> CalendarRules | None:
    path = folder / f"{id}.yaml"
    return load_lineage(path)[-1] if path.is_file() else None


def _say_left_out(found: Found, language: Language) -> None:
    for problem in islice(found.left_out, _SHOWN_LEFT_OUT):
        click.echo(safe(say_problem(problem, language)), err=True)
    if found.left_out:
        left_out = Message("worktime.left_out_events", {"count": len(found.left_out)})
        click.echo(safe(say(left_out, language)), err=True)


def _say_written(rules: CalendarRules, hash_text: str, out: Path, language: Language) -> None:
    days = len(rules.exceptions)
    _say("calendar_written", language, id=rules.id, file=str(out), days=days, hash=hash_text)


def _say(code: str, language: Language, **params: object) -> None:
    click.echo(safe(say(Message(f"worktime.{code}", params), language)))
