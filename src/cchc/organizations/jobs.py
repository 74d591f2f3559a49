"""Work of this room that takes longer than a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from cchc.audit.queries import verify_chain
from cchc.audit.triggers import missing_triggers
from cchc.interface.jobs import Effect, Run, job
from cchc.interface.shapes import Link
from cchc.organizations.actions.chain import CHECK_JOB as CHECK_CHAIN
from cchc.organizations.actions.chain import keep_chain_check
from cchc.organizations.actions.exports import EXPORT_JOB, keep_export
from cchc.organizations.actions.imports import CHECK_JOB, COMMIT_JOB, carry_out_import, keep_check
from cchc.organizations.exporting import storing
from cchc.organizations.exporting.kinds import asking, export_kind
from cchc.organizations.importing.planning import plan_import
from cchc.organizations.importing.plans import Plan
from cchc.organizations.importing.reading import read_rows
from cchc.organizations.queries.exports import get_export, viewer_of_export
from cchc.organizations.queries.imports import content_of, get_import, scope_of_import
from cchc.organizations.queries.register import register_for
from cchc.records.errors import DomainError
from cchc.records.text import LocalText
from cchc.tables.writing import SheetToWrite, WrittenValue, write_xlsx


def _to_import(number: int) -> Link:
    return Link(_("What the file changes"), reverse("organizations:import", args=[number]))


@job(CHECK_JOB, LocalText("Kiểm tra tệp đơn vị và cán bộ", "Check a file of units and officials"), link=_to_import)
def check_import(run: Run, *, number: int) -> Effect:
    """Compare a file with the register; a file that cannot be read is a finding too."""
    return partial(keep_check, number=number, plan=_plan(run, number))


@job(COMMIT_JOB, LocalText("Thực hiện tệp đơn vị và cán bộ", "Import units and officials"), link=_to_import)
def commit_import(run: Run, *, number: int) -> Effect:
    """Read the file again and carry it out in one transaction, which tells how many changes are written."""
    file, content = content_of(number)
    return partial(carry_out_import, number=number, rows=read_rows(content, file), tell=run.writing)


def _to_changes(result: object) -> Link:
    return Link(_("Who changed what"), reverse("organizations:changes"))


@job(CHECK_CHAIN, LocalText("Kiểm tra chuỗi nhật ký", "Check the audit chain"), link=_to_changes)
def check_chain(run: Run) -> Effect:
    """Walk all events from the first to the last, while others write; what was found is an event of its own."""
    report = verify_chain(progress=run.progress)
    return partial(keep_chain_check, report=report, missing_triggers=missing_triggers())


def _to_export(number: int) -> Link:
    return Link(_("Download the table"), reverse("organizations:export", args=[number]))


@job(EXPORT_JOB, LocalText("Lập bảng tải về", "Write a table to take along"), link=_to_export)
def write_export(run: Run, *, number: int) -> Effect:
    """Read the list as whoever asked may see it now, and write it into the data directory."""
    export = get_export(number)
    viewer, kind = viewer_of_export(export, localdate()), export_kind(export.kind)
    kind.permission(viewer).require()
    with override(export.language):
        wanted = kind.wanted(asking(viewer, export.query))
        total = wanted.count()
        run.progress(0, total)
        taken = wanted.read()
        storing.keep(number, write_xlsx(_telling(run, taken.sheets, total)))
    return partial(keep_export, number=number, file=wanted.file, taken=taken)


def _telling(run: Run, sheets: Sequence[SheetToWrite], total: int) -> list[SheetToWrite]:
    """The same sheets, which tell how far they are as they are written."""
    rows = iter(range(1, total))  # what is written last is told by "finished"; more rows than were counted tell nothing

    def told(of: Iterable[Sequence[WrittenValue]]) -> Iterator[Sequence[WrittenValue]]:
        for row in of:
            run.progress(next(rows, total), total)
            yield row

    return [replace(sheet, rows=told(sheet.rows)) for sheet in sheets]


def _plan(run: Run, number: int) -> Plan:
    """Three steps: read, look up, compare."""
    run.progress(0, 3)
    made, today = get_import(number), localdate()
    try:
        rows = read_rows(content_of(number)[1], made.file)
    except DomainError as error:
        return Plan(problems=error.problems)
    run.progress(1, 3)
    register, scope = register_for(rows, today), scope_of_import(made, today)
    run.progress(2, 3)
    return plan_import(rows, register, scope)
