"""Tables of procedures: what is taken along as XLSX or CSV, and the workbook to fill in. Text stays text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal

from django.utils.translation import gettext as _

from cchc.interface.errors import current_language
from cchc.organizations.importing.layout import NO, YES
from cchc.procedures.importing.cells import line_of, written_limit
from cchc.procedures.importing.layout import SHEET, choice_names
from cchc.procedures.models import Procedure, ProcedureVersion, Publication
from cchc.procedures.versions import Component, Fee, ProcedureStep, Version
from cchc.procedures.wording import role_name
from cchc.tables.writing import Column, Delimiter, SheetToWrite, WrittenValue, write_csv, write_xlsx

_SPARE_ROWS: Final = 200
Row = Sequence[WrittenValue]


def template_workbook(versions: Sequence[ProcedureVersion]) -> bytes:
    """XLSX with these versions, notes and lists to choose from, and rows to go on in."""
    columns = tuple(_columns(with_notes=True))
    return write_xlsx([
        SheetToWrite(SHEET.name, columns, [row_of(one) for one in versions], frozen_columns=2, spare_rows=_SPARE_ROWS)
    ])  # fmt: skip


def catalogue_table(versions: Sequence[ProcedureVersion]) -> SheetToWrite:
    """These versions, a row each. It can be brought in again."""
    return SheetToWrite(SHEET.name, tuple(_columns()), (row_of(one) for one in versions), frozen_columns=2)


def catalogue_csv(versions: Sequence[ProcedureVersion]) -> bytes:
    """The same as CSV."""
    mark: Delimiter = ";" if current_language() == "vi" else ","
    return write_csv([column.title for column in _columns()], (row_of(one) for one in versions), delimiter=mark)


def publications_table(lines: Iterable[Publication]) -> SheetToWrite:
    """Lines of the publication register, each with version, procedure and `unit_name`."""
    columns = tuple(_publication_columns())
    return SheetToWrite(_("Publication register"), columns, [_publication_row(one) for one in lines], frozen_columns=2)


def publications_csv(lines: Iterable[Publication]) -> bytes:
    """The same as CSV."""
    mark: Delimiter = ";" if current_language() == "vi" else ","
    titles = [one.title for one in _publication_columns()]
    return write_csv(titles, (_publication_row(one) for one in lines), delimiter=mark)


def _publication_columns() -> Iterator[Column]:
    texts = ((_("Code"), 14), (_("Procedure"), 44), (_("Decision"), 26))
    yield from (Column(title, width) for title, width in texts)
    yield Column(_("Date of the decision"), 13, "date")
    yield from (Column(title, 30) for title in (_("Posted by"), _("Where"), _("Link")))
    yield from (Column(title, 13, "date") for title in (_("Posted on"), _("due")))
    yield Column(_("Working days late"), 12, "number", 0)


def _publication_row(line: Any) -> Row:
    version, procedure = line.version, line.version.procedure
    return [
        procedure.code, procedure.name.in_language(current_language()), version.source_document, version.source_on,
        line.unit_name, line.place, line.link, line.posted_on, line.due_on, line.days_late,
    ]  # fmt: skip


def row_of(row: ProcedureVersion) -> Row:
    """A version with its procedure, in the order of the sheet."""
    procedure: Procedure = row.procedure
    version = row.value
    cells: dict[str, WrittenValue] = {
        "code": procedure.code,
        "name": procedure.name_vi,
        "field": procedure.field_vi,
        "level": _choice("level", procedure.level),
        "authority": procedure.authority_vi,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "document": row.source_document,
        "issued_on": row.source_on,
        "verified": YES if row.verified else NO,
        "doubt": row.doubt_vi,
        **_said(version),
    }
    return [cells[column.key] for column in SHEET.columns]


def _said(version: Version) -> dict[str, WrittenValue]:
    numbers = {step.id: number for number, step in enumerate(version.steps, 1)}
    return {
        "limit": written_limit(version.limit),
        "mechanism": _choice("mechanism", version.mechanism),
        "online": _choice("online", version.online),
        "not_full_because": version.not_full_because.vi if version.not_full_because else "",
        "portal": version.portal,
        "on_supplement": _choice("on", version.on_supplement),
        "extensions": version.extensions,
        "result": version.result.vi,
        "steps": "\n".join(_step_line(step, numbers) for step in version.steps),
        "papers": "\n".join(_paper_line(one) for one in version.components),
        "fees": "\n".join(_fee_line(fee) for fee in version.fees),
        "bases": "\n".join(version.bases),
    }


def _step_line(step: ProcedureStep, numbers: dict[str, int]) -> str:
    after = ", ".join(str(numbers[one]) for one in step.after) or "0"
    agency = step.agency.vi if step.agency else ""
    return line_of(step.name.vi, role_name(step.role).vi, written_limit(step.limit), after, agency)


def _paper_line(one: Component) -> str:
    return line_of(one.name.vi, one.originals, one.certified, one.copies)


def _fee_line(fee: Fee) -> str:
    return line_of(fee.name.vi, fee.amount, _choice("payment", fee.payment))


def _choice(prefix: str, id_: str) -> str:
    return choice_names(prefix, (id_,))[0]


def _columns(*, with_notes: bool = False) -> Iterator[Column]:
    for column in SHEET.columns:
        kind: Literal["text", "number", "date"] = "date" if column.kind == "date" else "text"
        choices = column.choices if with_notes else ()
        yield Column(
            column.names[0], column.width, "number" if column.key == "extensions" else kind, choices=choices,
            note=(column.note or None) if with_notes else None,
        )  # fmt: skip
