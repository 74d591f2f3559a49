"""`cchc units`: an installation's units and officials from a workbook, from what ships, and its first administrator."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc.cli.files import require_suffix, write_whole
from cchc.cli.output import counting, safe, working, write_json
from cchc.cli.session import json_option, language_option
from cchc.config import boot
from cchc.records.errors import DomainError, Message, Place, Problem, refuse
from cchc.records.text import Language
from cchc.records.words import say, say_next_step, say_problem
from cchc.tables.reading import read_bytes

if TYPE_CHECKING:
    from cchc.audit.actors import Actor
    from cchc.organizations.importing.plans import Change, Plan


@click.group(epilog="Example: cchc units import don-vi-can-bo.xlsx --dry-run")
def command() -> None:
    """Set up the units and officials (đơn vị, cán bộ) of an installation."""


@command.command(name="import", epilog="Example: cchc units import don-vi-can-bo.xlsx --dry-run")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only say what it would change.")
@json_option
@language_option
@click.pass_context
def import_(ctx: click.Context, file: Path, dry_run: bool, as_json: bool, language: Language) -> None:
    """Compare FILE (XLSX or CSV) with the register and carry it out, whole or not at all, over all units.

    While it is carried out, a terminal shows how many changes are written. Stopped by Ctrl-C, nothing is. The same file
    again changes nothing. Exit code 0 when it was carried out or would be, 1 when a row is wrong (then
    nothing is written), 2 when it cannot be read.
    """
    _set_up()
    try:
        content = read_bytes(file)
        plan = _dry_run(file.name, content) if dry_run else _carried_out(file.name, content, language)
    except DomainError as error:
        if as_json:
            write_json({"committed": False, "problems": [_problem(one, language) for one in error.problems]})
            ctx.exit(error.exit_code)
        raise
    is_committed = not dry_run and bool(plan.changes)
    if as_json:
        write_json(_document(plan, is_committed, language))
    else:
        _report(plan, is_committed, language)
    ctx.exit(0 if plan.is_good else 1)


@command.command(epilog="Example: cchc units template don-vi-can-bo.xlsx")
@click.argument("out", metavar="OUT.xlsx", type=click.Path(path_type=Path, dir_okay=False))
@language_option
def template(out: Path, language: Language) -> None:
    """Write the workbook to fill in, with all units and officials that there are."""
    require_suffix(out, ".xlsx")
    _set_up()
    from django.utils.timezone import localdate

    from cchc.organizations.importing.register import Scope
    from cchc.organizations.importing.template import template_workbook
    from cchc.organizations.queries.register import officials_in, units_in

    units, officials = units_in(Scope()), officials_in(Scope(), localdate())
    write_whole(out, template_workbook(units, officials))
    _say("units_template_written", language, file=str(out), units=len(units), officials=len(officials))


@command.command(epilog="Example: cchc units shipped --communes quang-ngai")
@click.option(
    "--communes", metavar="PROVINCE", multiple=True, help="Also the communes of this province, where shipped."
)
@language_option
def shipped(communes: tuple[str, ...], language: Language) -> None:
    """Enter the provinces (34, and the 29 that went into them). Running it again changes nothing.

    With `--communes` also the communes of today, and of those of before 1/7/2025 what ships, with what became of each.
    """
    _set_up()
    from cchc.organizations.queries.units import get_unit
    from cchc.organizations.shipped.loading import load_communes, load_district, load_provinces
    from cchc.organizations.shipped.reading import districts_of, provinces_with_communes, shipped_district

    by = {"actor": _actor("units shipped"), "now": datetime.now(UTC)}
    for code in communes:
        if code not in provinces_with_communes():
            raise refuse("cli.units_no_communes", code=code, known=provinces_with_communes())
    with working(say(Message("cli.units_loading"), language)):
        loaded = len(load_provinces(**by))  # type: ignore[arg-type]
        for code in communes:
            loaded += len(load_communes(get_unit(code), **by))  # type: ignore[arg-type]
        former = [name for code in dict.fromkeys(communes) for name in districts_of(code)]
        gone = [len(load_district(name, **by)) for name in former]  # type: ignore[arg-type]
    _say("units_shipped", language, count=loaded)
    for name, count in zip(former, gone, strict=True):
        district = shipped_district(name)
        named = district.district.name.in_language(language)
        _say("units_shipped_former", language, district=named, count=count, day=district.reform.effective_on)
        if doubt := district.reform.verification.doubt_in(language):
            _say("units_shipped_unverified", language, district=named, doubt=doubt)


@command.command(epilog="Example: cchc units administrator --unit quang-ngai --name 'Nguyễn Thị Hoa' --username hoa.nt")
@click.option(
    "--unit", "unit_code", required=True, metavar="CODE", help="The unit (đơn vị) to administer, with all under it."
)
@click.option("--name", required=True, help="Full name of the administrator (quản trị).")
@click.option("--code", default="quan-tri", show_default=True, help="Number in the personnel list.")
@click.option("--username", default="quan-tri", show_default=True, help="Sign-in name.")
@language_option
def administrator(unit_code: str, name: str, code: str, username: str, language: Language) -> None:
    """Open the first administrator's account and print its password, once.

    Refused when there is an administrator already: they open accounts and grant roles on the site.
    """
    _set_up()
    from cchc.organizations.actions.installation import set_up_administrator
    from cchc.organizations.passwords import chance_password
    from cchc.organizations.queries.units import get_unit

    password = chance_password()
    account = set_up_administrator(
        actor=_actor("units administrator"),
        now=datetime.now(UTC),
        unit=get_unit(unit_code),
        code=code,
        name=name,
        username=username,
        password=password,
    )
    _say("units_administrator", language, username=account.username, password=password)


def _set_up() -> None:
    boot.setup()


def _actor(what: str) -> Actor:
    from cchc.audit.actors import command_line

    return command_line(what)


def _dry_run(name: str, content: bytes) -> Plan:
    from django.utils.timezone import localdate

    from cchc.organizations.importing.planning import plan_import
    from cchc.organizations.importing.reading import read_rows
    from cchc.organizations.importing.register import Scope
    from cchc.organizations.queries.register import register_for

    with working(name):
        rows = read_rows(content, name)
        return plan_import(rows, register_for(rows, localdate()), Scope())


def _carried_out(name: str, content: bytes, language: Language) -> Plan:
    from cchc.organizations.actions.imports import import_directly
    from cchc.organizations.importing.reading import read_rows

    with working(name):
        rows = read_rows(content, name)
    by = {"actor": _actor("units import"), "now": datetime.now(UTC)}
    try:
        with counting(say(Message("cli.units_writing"), language)) as tell:
            return import_directly(**by, file=name, content=content, rows=rows, tell=tell)  # type: ignore[arg-type]
    except KeyboardInterrupt:
        click.echo(safe(say(Message("cli.units_stopped"), language)), err=True)
        raise


def _report(plan: Plan, is_committed: bool, language: Language) -> None:
    for kind, count in plan.counts().items():
        if count:
            _say(f"units_count_{kind}", language, count=count)
    for one in plan.remarks:
        click.echo(safe(say_problem(one, language)))
    for one in plan.problems:
        click.echo(safe(say_problem(one, language)), err=True)
    if plan.is_good:
        _say("units_committed" if is_committed else "units_nothing" if not plan.changes else "units_would", language)


def _document(plan: Plan, is_committed: bool, language: Language) -> dict[str, object]:
    return {
        "committed": is_committed,
        "counts": dict(plan.counts()),
        "problems": [_problem(one, language) for one in plan.problems],
        "remarks": [_problem(one, language) for one in plan.remarks],
        "changes": [_change(change) for change in plan.changes],
    }


def _change(change: Change) -> dict[str, object]:
    said = {name: [_text(before), _text(after)] for name, before, after in change.differences()}
    where = {"sheet": change.place.sheet, "row": change.place.row}
    return {"kind": change.kind, **where, "code": change.code, "name": change.name, "fields": said}


def _text(value: object) -> object:
    return value if value is None or isinstance(value, bool) else str(value)


def _problem(found: Problem, language: Language) -> dict[str, object]:
    place = found.place or Place()
    return {
        "code": found.code,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "sentence": say(found.message, language),
        "next_step": say_next_step(found.message, language),
    }


def _say(code: str, language: Language, **params: object) -> None:
    click.echo(safe(say(Message(f"cli.{code}", params), language)))
