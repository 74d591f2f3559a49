"""`cchc bases`: the legal bases of a unit's library from a workbook."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc.cli.files import require_suffix, write_whole
from cchc.cli.output import safe, working, write_json
from cchc.cli.session import json_option, language_option
from cchc.config import boot
from cchc.records.errors import DomainError, Message, Place, Problem
from cchc.records.text import Language
from cchc.records.words import say, say_next_step
from cchc.tables.reading import read_bytes

if TYPE_CHECKING:
    from cchc.papers.importing.planning import BasisChange, BasisPlan

_unit = click.option("--unit", "unit_code", required=True, metavar="CODE", help="The unit (đơn vị) that keeps them.")


@click.group(epilog="Example: cchc bases import can-cu.xlsx --unit quang-ngai --dry-run")
def command() -> None:
    """Keep the library of legal bases (căn cứ pháp lý) of a unit."""


@command.command(name="import", epilog="Example: cchc bases import can-cu.xlsx --unit quang-ngai --dry-run")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_unit
@click.option("--dry-run", is_flag=True, help="Only say what it would change.")
@json_option
@language_option
@click.pass_context
def import_(ctx: click.Context, file: Path, unit_code: str, dry_run: bool, as_json: bool, language: Language) -> None:
    """Compare FILE (XLSX or CSV) with the library and carry it out, whole or not at all.

    The same file again changes nothing. Exit code 0 when it was carried out or would be, 1 when a row is wrong (then
    nothing is written), 2 when it cannot be read.
    """
    boot.setup()
    try:
        content = read_bytes(file)
        with working(file.name):
            plan = _plan(file.name, content, unit_code, dry_run=dry_run)
        if plan.problems:
            raise DomainError(*plan.problems)
    except DomainError as error:
        if as_json:
            write_json({"committed": False, "problems": [_problem(one, language) for one in error.problems]})
            ctx.exit(error.exit_code)
        raise
    is_committed = not dry_run and bool(plan.changes)
    if as_json:
        write_json({"committed": is_committed, "unchanged": plan.unchanged, "changes": [*map(_change, plan.changes)]})
    else:
        _report(plan, is_committed, language)


@command.command(epilog="Example: cchc bases template can-cu.xlsx --unit quang-ngai")
@click.argument("out", metavar="OUT.xlsx", type=click.Path(path_type=Path, dir_okay=False))
@_unit
@language_option
def template(out: Path, unit_code: str, language: Language) -> None:
    """Write the workbook to fill in, with the bases that the unit keeps."""
    require_suffix(out, ".xlsx")
    boot.setup()
    from cchc.organizations.queries.units import get_unit
    from cchc.papers.importing.template import template_workbook
    from cchc.papers.queries.bases import kept_by

    bases = list(kept_by(get_unit(unit_code)))
    write_whole(out, template_workbook(bases))
    _say("bases_template_written", language, file=str(out), count=len(bases))


def _plan(name: str, content: bytes, unit_code: str, *, dry_run: bool) -> BasisPlan:
    from cchc.audit.actors import command_line
    from cchc.organizations.queries.units import get_unit
    from cchc.papers.actions.basis_imports import import_bases, plan_for
    from cchc.papers.importing.reading import read_bases

    unit, rows, now = get_unit(unit_code), read_bases(content, name), datetime.now(UTC)
    if dry_run:
        return plan_for(rows, unit, now)
    actor = command_line("bases import")
    return import_bases(actor=actor, now=now, unit=unit, file=name, content=content, rows=rows)


def _report(plan: BasisPlan, is_committed: bool, language: Language) -> None:
    for one in plan.changes:
        fields = ", ".join(name for name, _, _ in one.differences)
        _say("bases_change", language, row=one.place.row, name=one.name, fields=fields)
    new = sum(one.basis is None for one in plan.changes)
    _say("bases_counts", language, new=new, changed=len(plan.changes) - new, unchanged=plan.unchanged)
    _say("units_committed" if is_committed else "units_nothing" if not plan.changes else "units_would", language)


def _change(one: BasisChange) -> dict[str, object]:
    fields = {name: [_text(before), _text(after)] for name, before, after in one.differences}
    return {
        "row": one.place.row,
        "kind": "enter" if one.basis is None else "change",
        "name": one.name,
        "fields": fields,
    }


def _text(value: object) -> object:
    return value if value is None or isinstance(value, bool) else str(value)


def _problem(found: Problem, language: Language) -> dict[str, object]:
    place = found.place or Place()
    said = {"sentence": say(found.message, language), "next_step": say_next_step(found.message, language)}
    return {"code": found.code, "sheet": place.sheet, "row": place.row, "column": place.column, **said}


def _say(code: str, language: Language, **params: object) -> None:
    click.echo(safe(say(Message(f"cli.{code}", params), language)))
