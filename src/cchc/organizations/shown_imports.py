"""What an import's page shows: counts, lines with what was and what becomes, tables to download."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cchc.interface.errors import current_language, place_in_words
from cchc.interface.shapes import Link
from cchc.organizations.importing.layout import NO, YES
from cchc.organizations.kinds import kind_of
from cchc.organizations.models import ImportLine, RegisterImport
from cchc.organizations.shown import shown_role
from cchc.records.dates import format_date, parse_date
from cchc.records.errors import Place
from cchc.tables.writing import Column, SheetToWrite, write_xlsx

KINDS: Final = {
    "problem": gettext_lazy("Errors"),
    "remark": gettext_lazy("Remarks"),
    "found": gettext_lazy("New units"),
    "rename": gettext_lazy("Other name or kind"),
    "move": gettext_lazy("Moved under another unit"),
    "end": gettext_lazy("Units that end"),
    "enter": gettext_lazy("New officials"),
    "post": gettext_lazy("Posting given"),
    "transfer": gettext_lazy("Transferred"),
    "leave": gettext_lazy("Postings that end"),
    "contact": gettext_lazy("Other name or contact"),
    "beside": gettext_lazy("Posts beside the main one"),
    "beside_end": gettext_lazy("Posts beside the main one that end"),
    "account": gettext_lazy("Accounts opened"),
    "role": gettext_lazy("Roles given"),
}
_COUNTED: Final = {"problem": "problems", "remark": "remarks"}
_FIELDS: Final = {
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Kind"),
    "parent": gettext_lazy("Stands under"),
    "symbol": gettext_lazy("Symbol"),
    "name_en": gettext_lazy("English name"),
    "starts_on": gettext_lazy("From (day)"),
    "ends_on": gettext_lazy("Last day"),
    "document": gettext_lazy("Decision"),
    "document_on": gettext_lazy("Date of the decision"),
    "unit": gettext_lazy("Unit"),
    "post": gettext_lazy("Post"),
    "is_head": gettext_lazy("Heads the unit"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telephone"),
    "username": gettext_lazy("Sign-in name"),
    "role": gettext_lazy("Role"),
    "covers_subtree": gettext_lazy("Also over what stands under it"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field as it was and as it becomes; `before` is None for what is new."""

    label: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the dry run: a change with its differences, or a sentence with the next step."""

    kind: str
    place: str
    code: str
    name: str
    sentence: str
    next_step: str
    differences: Sequence[Difference]

    @property
    def is_new(self) -> bool:
        """Whether there was nothing before."""
        return all(one.before is None for one in self.differences)


def count_of(made: RegisterImport, kind: str) -> int:
    """How many lines of a kind the check found."""
    return int(made.counts.get(_COUNTED.get(kind, kind), 0))


def count_links(made: RegisterImport, address: str, chosen: str) -> list[Link]:
    """The kinds that there are, each with its number and the address that shows only these."""
    everything = Link(_("Everything"), address, current=not chosen)
    shown = _counted(made, KINDS)
    return [everything, *(Link(f"{KINDS[k]}: {_number(n)}", f"{address}?loai={k}", k == chosen) for k, n in shown)]


def carried_out(made: RegisterImport) -> list[tuple[str, int]]:
    """Which kinds of change were carried out, and how many of each."""
    kinds = [kind for kind in KINDS if kind not in _COUNTED]
    return [(str(KINDS[kind]), number) for kind, number in _counted(made, kinds)]


def _counted(made: RegisterImport, kinds: Iterable[str]) -> list[tuple[str, int]]:
    return [(kind, number) for kind in kinds if (number := count_of(made, kind))]


def shown_lines(lines: Iterable[ImportLine]) -> Iterator[ShownLine]:
    """Lines in the reader's language."""
    language = current_language()
    for line in lines:
        yield ShownLine(
            kind=str(KINDS[line.kind]),
            place=place_in_words(Place(sheet=line.sheet, row=line.row, column=line.column or None)),
            code=line.code,
            name=line.name,
            sentence=line.said.get(language, ""),
            next_step=line.next_step.get(language, ""),
            differences=[
                Difference(str(_FIELDS[name]), None if before is None else _value(name, before), _value(name, after))
                for name, before, after in line.changes
            ],
        )


def problems_table(lines: Iterable[ImportLine]) -> bytes:
    """XLSX of what is wrong, row by row, to mend the file by."""
    columns = (
        Column(_("Sheet"), 14), Column(_("Row"), 8, "number"), Column(_("Column"), 9), Column(_("What is wrong"), 70),
        Column(_("What to do"), 60),
    )  # fmt: skip
    language = current_language()
    rows = ((line.sheet, line.row, line.column, line.said[language], line.next_step[language]) for line in lines)
    return write_xlsx([SheetToWrite(_("Errors"), columns, rows)])


def changes_table(lines: Iterable[ImportLine]) -> bytes:
    """XLSX of every change, a field in a row."""
    columns = (
        Column(_("Sheet"), 14), Column(_("Row"), 8, "number"), Column(_("What changes"), 24), Column(_("Code"), 20),
        Column(_("Name"), 36), Column(_("Changed field"), 18), Column(_("In the register"), 36),
        Column(_("By the file"), 36),
    )  # fmt: skip
    rows = (
        (line.sheet, line.row, str(KINDS[line.kind]), line.code, line.name, str(_FIELDS[name]),
         "" if before is None else _value(name, before), _value(name, after))
        for line in lines
        for name, before, after in line.changes
    )  # fmt: skip
    return write_xlsx([SheetToWrite(_("Changes"), columns, rows)])


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if name == "kind":
        return kind_of(value).name.in_language(current_language())
    if name == "role":
        return shown_role(value)
    if isinstance(value, bool):
        return (_("yes") if value else _("no")) if current_language() == "en" else (YES if value else NO)
    if name in {"starts_on", "ends_on", "document_on"}:
        day: date = parse_date(value)
        return format_date(day)
    return str(value)


def _number(number: int) -> str:
    return f"{number:,}".replace(",", "." if current_language() == "vi" else ",")
