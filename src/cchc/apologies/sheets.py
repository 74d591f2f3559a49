"""The table of apologies to take along. Text stays text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cchc.apologies.models import Letter
from cchc.apologies.shown import LetterLine, Line, letter_state, procedure_of, way_name, why_of
from cchc.dossiers.models import Dossier
from cchc.interface.durations import end_day, end_time
from cchc.interface.errors import current_language
from cchc.records.dates import format_date
from cchc.tables.writing import Column, Delimiter, SheetToWrite, WrittenValue, write_csv

Row = Sequence[WrittenValue]


def apologies_table(lines: Iterable[Line | LetterLine]) -> SheetToWrite:
    """A letter in a row: for what, by when, how it stands."""
    return SheetToWrite(_("Apologies"), _columns(), (_row(line) for line in lines), frozen_columns=1)


def apologies_csv(lines: Iterable[Line | LetterLine]) -> bytes:
    """The same as CSV."""
    mark: Delimiter = ";" if current_language() == "vi" else ","
    return write_csv([column.title for column in _columns()], (_row(line) for line in lines), delimiter=mark)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Dossier"), 22), Column(_("Procedure"), 40), Column(_("Owner of the dossier"), 26),
        Column(_("What for"), 22), Column(_("Cause"), 30), Column(_("Appointment"), 20), Column(_("To be sent by"), 20),
        Column(_("State"), 22), Column(_("Letter of apology"), 22), Column(_("Number"), 14),
        Column(_("Signed"), 12, "date"), Column(_("New appointment"), 20), Column(_("Sent"), 20), Column(_("How"), 16),
        Column(_("Sample"), 8),
    )  # fmt: skip


def _row(line: Line | LetterLine) -> Row:
    if isinstance(line, LetterLine):
        letter: Letter | None = line.letter
        dossier, why, cause = line.letter.dossier, why_of(line.letter), line.cause
        due_at, owed_by, state = line.letter.due_before, line.letter.owed_by, _sent(line.letter)
    else:
        letter, dossier, why, cause = line.letter, line.dossier, line.why, line.cause
        due_at, owed_by, state = line.duty.due_at, line.duty.owed_by, line.chip[1]
    return [*_of_dossier(dossier), why, cause, _said(due_at), _said(owed_by), state, *_of_letter(letter),
            _("yes") if dossier.is_sample else ""]  # fmt: skip


def _of_dossier(dossier: Dossier) -> Row:
    return dossier.code, procedure_of(dossier), dossier.owner_name


def _of_letter(letter: Letter | None) -> Row:
    if letter is None:
        return [None] * 6
    new = letter.new_due_at
    return (
        letter_state(letter.state), letter.number, letter.signed_on, _said(new), _said(letter.sent_at),
        way_name(letter.way),
    )  # fmt: skip


def _sent(letter: Letter) -> str:
    if letter.sent_at is None:
        return ""
    return _("Sent in time") if letter.is_in_time else _("Sent late")


def _said(moment: datetime | None) -> str:
    if moment is None:
        return ""
    at = localtime(moment)
    return f"{end_time(at)}, {format_date(end_day(at), current_language())}"
