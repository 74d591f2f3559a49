"""The workbook to fill in, and what became of each row as a table to take along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cchc.dossiers.bulk.layout import SHEET
from cchc.dossiers.models import IntakeBatch, IntakeRow
from cchc.interface.errors import current_language
from cchc.procedures.models import ProcedureVersion
from cchc.tables.writing import Column, SheetToWrite, write_xlsx

_SPARE_ROWS: Final = 200
_PROCEDURES: Final = "Thủ tục"


def template_workbook(versions: Iterable[ProcedureVersion]) -> bytes:
    """XLSX with notes and the codes of these procedures to choose from; a second sheet names their papers."""
    listed = list(versions)
    codes = tuple(one.procedure.code for one in listed)
    columns = tuple(
        Column(one.names[0], one.width, choices=codes if one.key == "procedure" else one.choices, note=one.note or None)
        for one in SHEET.columns
    )
    rows = [(codes[0],)] if len(codes) == 1 else []
    first = SheetToWrite(SHEET.name, columns, [(*row, *("",) * (len(columns) - 1)) for row in rows],
                         frozen_columns=2, spare_rows=_SPARE_ROWS)  # fmt: skip
    named = (Column("Mã thủ tục", 16), Column("Tên thủ tục", 50), Column("Thành phần hồ sơ", 60))
    papers = [
        (one.procedure.code, one.procedure.name_vi, "\n".join(paper.name.vi for paper in one.value.components))
        for one in listed
    ]
    return write_xlsx([first, SheetToWrite(_PROCEDURES, named, papers, frozen_columns=1)])


def results_workbook(batch: IntakeBatch, rows: Iterable[IntakeRow]) -> bytes:
    """Row, code, appointment, or why not."""
    language = current_language()
    columns = (
        Column(_("Row"), 8, "number"), Column(_("Code of the dossier"), 26), Column(_("Owner of the dossier"), 32),
        Column(_("Procedure"), 44), Column(_("Appointment"), 18, "date"), Column(_("Why not"), 60),
    )  # fmt: skip
    lines = []
    for row in rows:
        dossier = row.dossier
        if dossier is None:
            why = row.why_en if language == "en" else row.why_vi
            said = row.said
            lines.append((row.place, "", str(said.get("name", "")), str(said.get("procedure", "")), None, why))
            continue
        due = None if dossier.due_at is None else localtime(dossier.due_at)
        name = dossier.procedure_version.procedure.name.in_language(language)
        lines.append((row.place, dossier.code, dossier.owner_name, name, due, ""))
    return write_xlsx([SheetToWrite(SHEET.name, columns, lines, (batch.file,) if batch.file else (), frozen_columns=2)])
