"""The names that papers about a register may use: weaknesses with what mends them, plans, and how their tasks stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cchc.documents.blocks import CellValue, Column, Table
from cchc.followups.models import Task
from cchc.followups.queries.of_unit import affairs_of
from cchc.followups.vocabularies.tables import DAY_WIDTH, bodies, numbered, printable, standing, state_said
from cchc.interface.durations import end_day
from cchc.organizations.models import Unit
from cchc.papers.vocabularies import UNIT_WORDS, values_of_unit
from cchc.papers.vocabulary import Value, Vocabulary, Word
from cchc.records.dates import format_date
from cchc.records.search import sort_key
from cchc.records.text import LocalText
from cchc.registers.kinds import DATE, NUMBER, RegisterKind, kind_name
from cchc.registers.kinds import Column as KindColumn
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.queries.entries import names_of_units
from cchc.registers.queries.of_unit import entries_told, register_told, tasks_told
from cchc.registers.values import read, said

OF_REGISTER: Final = "registers.register"
_UNIT: Final = "Đơn vị"
_DEADLINES: Final = ("due_on", "to")
_WIDE, _NARROW, _DAY = 30, 16, DAY_WIDTH


@dataclass(frozen=True)
class _Kept:
    """What is told of a register on a day."""

    register: Register
    entries: Sequence[RegisterEntry]
    tasks: Mapping[int, Sequence[Task]]
    units: Mapping[str, str]
    day: date

    @property
    def kind(self) -> RegisterKind:
        return self.register.definition

    def of(self, entry: RegisterEntry) -> Sequence[Task]:
        return self.tasks.get(entry.pk, ())

    @property
    def every_task(self) -> list[Task]:
        return [task for entry in self.entries for task in self.of(entry)]


def _called(unit: Unit, day: date, about: str) -> str:
    return register_told(affairs_of(unit, day), about).title


def _gather(unit: Unit, day: date, about: str) -> Mapping[str, Value]:
    affairs = affairs_of(unit, day)
    register = register_told(affairs, about)
    entries = list(entries_told(affairs, register))
    units = names_of_units(entries, register, day)
    kept = _Kept(register, entries, tasks_told(affairs, register, entries), units, day)
    return {**values_of_unit(unit, day), **_said(kept), **_numbers(kept), **_tables(kept)}


def _said(kept: _Kept) -> dict[str, Value]:
    register = kept.register
    until = f"đến ngày {format_date(register.ends_on)}" if register.ends_on else ""
    return {
        "register.title": printable(register.title),
        "register.kind": kind_name(register.kind).vi,
        "register.keeper": printable(getattr(register, "keeper_name", "") or register.keeper.code),
        "register.number": printable(register.number) or None,
        "register.issued_on": register.issued_on,
        "register.period": " ".join(["từ ngày", format_date(register.starts_on), until]).strip(),
    }


def _numbers(kept: _Kept) -> dict[str, Value]:
    given, done, running, late = standing(kept.every_task, kept.day)
    concerned = ((one.unit_id, one.unit_name or "") for one in kept.entries if one.unit_id is not None)
    return {
        "entries.number": len(kept.entries),
        "entries.without_task": sum(not kept.of(entry) for entry in kept.entries),
        "entries.units": bodies(concerned, kept.day),
        "tasks.given": given,
        "tasks.done": done,
        "tasks.running": running,
        "tasks.overdue": late,
    }


def _tables(kept: _Kept) -> dict[str, Value]:
    return {"plan.table": _plan(kept), "entries.table": _entries(kept), "units.table": _by_unit(kept)}


def _plan(kept: _Kept) -> Table:
    """What is to be mended, by whom, how and until when, and how that stands: a row for each task, for an entry without
    one its own row.
    """
    columns = (
        Column(kept.kind.column(kept.kind.title).name.vi, width=_WIDE), Column(_UNIT, width=20),
        Column("Biện pháp, nhiệm vụ", width=_WIDE), Column("Thời hạn", "centred", _DAY),
        Column("Tình hình", width=_NARROW),
    )  # fmt: skip
    return numbered(columns, [row for entry in kept.entries for row in _plan_rows(kept, entry)])


def _plan_rows(kept: _Kept, entry: RegisterEntry) -> Iterator[Sequence[CellValue]]:
    measure, due = _measure(kept.kind, entry), _deadline(kept.kind, entry)
    tasks = kept.of(entry)
    for task in tasks:
        yield (
            entry.title, entry.unit_name or "", measure or task.what, end_day(task.due_at), state_said(task, kept.day),
        )  # fmt: skip
        measure = ""
    if not tasks:
        yield entry.title, entry.unit_name or "", measure, due, "Chưa giao nhiệm vụ"


def _entries(kept: _Kept) -> Table:
    """All columns as they are kept, the unit behind the one that names an entry."""
    others = [column for column in kept.kind.columns if column.id != kept.kind.title]
    has_unit = kept.kind.unit_name is not None
    columns = [Column(kept.kind.column(kept.kind.title).name.vi, width=_WIDE)]
    columns += [Column(kept.kind.unit_name.vi, width=20)] if kept.kind.unit_name is not None else []
    columns += [_column(column) for column in others]
    rows = (
        [
            entry.title,
            *([entry.unit_name or ""] if has_unit else []),
            *(said(column, entry.values, "vi", kept.units) for column in others),
        ]
        for entry in kept.entries
    )
    return numbered(columns, rows)


def _by_unit(kept: _Kept) -> Table:
    """How many entries concern each unit, and how their tasks stand, with sums."""
    titles = ("Số nội dung", "Nhiệm vụ được giao", "Hoàn thành", "Chưa hoàn thành", "Trong đó quá hạn")
    columns = (Column(_UNIT, width=34), *(Column(title, "number", 13, is_summed=True) for title in titles))
    grouped: dict[str, list[RegisterEntry]] = {}
    for entry in kept.entries:
        grouped.setdefault(entry.unit_name or "–", []).append(entry)
    rows = (
        (name, len(grouped[name]), *standing([task for entry in grouped[name] for task in kept.of(entry)], kept.day))
        for name in sorted(grouped, key=sort_key)
    )
    return numbered(columns, rows, "Tổng cộng")


def _column(column: KindColumn) -> Column:
    if column.type in {DATE, NUMBER}:
        return Column(column.name.vi, "centred", _DAY)
    return Column(column.name.vi, width=_NARROW)


def _measure(kind: RegisterKind, entry: RegisterEntry) -> str:
    """What mends it, where the kind has a column for that."""
    return "" if kind.task == kind.title else str(entry.values.get(kind.task, ""))


def _deadline(kind: RegisterKind, entry: RegisterEntry) -> date | None:
    """Until when, where the kind has a column for that."""
    found = (read(column, entry.values) for column in kind.columns if column.id in _DEADLINES and column.type == DATE)
    return next((day for day in found if isinstance(day, date)), None)


_SAMPLE_UNITS: Final = ("xã Mẫu Một", "xã Mẫu Hai")
_SAMPLE_BODIES: Final = ("Ủy ban nhân dân xã Mẫu Một", "Ủy ban nhân dân xã Mẫu Hai")
_NUMBER_COLUMN: Final = Column("STT", "centred", 5)
_PLAN_SAMPLE: Final = Table(
    (
        _NUMBER_COLUMN, Column("Hạn chế cần khắc phục", width=_WIDE), Column(_UNIT, width=20),
        Column("Biện pháp, nhiệm vụ", width=_WIDE), Column("Thời hạn", "centred", _DAY),
        Column("Tình hình", width=_NARROW),
    ),
    ((1, "Chưa phát phiếu đánh giá", _SAMPLE_UNITS[0], "Phát phiếu tại quầy", date(2026, 3, 31), "Đang thực hiện"),),
)  # fmt: skip
_UNITS_SAMPLE: Final = Table(
    (_NUMBER_COLUMN, Column(_UNIT, width=34), Column("Số nội dung", "number", 13, is_summed=True)),
    ((1, _SAMPLE_UNITS[0], 2), (2, _SAMPLE_UNITS[1], 1)),
    total="Tổng cộng",
)


def _number(name: str, vi: str, en: str, sample: int) -> Word:
    return Word(name, LocalText(vi, en), sample, "number")


def _table(name: str, vi: str, en: str, sample: Table) -> Word:
    return Word(name, LocalText(vi, en), sample, "table")


VOCABULARIES: Final = {
    OF_REGISTER: Vocabulary(
        LocalText("Một sổ theo dõi, kế hoạch", "One register or plan"),
        (
            *UNIT_WORDS,
            Word("register.title", LocalText("Tên sổ", "Title"), "Kế hoạch khắc phục tiêu chí đạt thấp năm 2026"),
            Word("register.kind", LocalText("Loại sổ", "Kind"), "Kế hoạch khắc phục"),
            Word("register.keeper", LocalText("Đơn vị giữ sổ", "Keeper"), "Văn phòng UBND tỉnh Mẫu"),
            Word("register.number", LocalText("Số văn bản làm căn cứ", "Document it rests on"), "231/KH-UBND"),
            Word("register.issued_on", LocalText("Ngày văn bản", "Its date"), date(2026, 1, 5), "date"),
            Word(
                "register.period", LocalText("Thời gian theo dõi", "Period"), "từ ngày 01/01/2026 đến ngày 31/12/2026"
            ),
            _number("entries.number", "Số nội dung", "How many entries", 3),
            _number("entries.without_task", "Số nội dung chưa giao nhiệm vụ", "Entries without a task", 1),
            Word("entries.units", LocalText("Các đơn vị liên quan", "Units concerned"), _SAMPLE_BODIES, "list"),
            _number("tasks.given", "Số nhiệm vụ được giao", "Tasks given", 2),
            _number("tasks.done", "Số nhiệm vụ hoàn thành", "Tasks done and verified", 1),
            _number("tasks.running", "Số nhiệm vụ chưa hoàn thành", "Tasks not done yet", 1),
            _number("tasks.overdue", "Số nhiệm vụ quá hạn", "Tasks overdue", 0),
            _table("plan.table", "Bảng nội dung, biện pháp, thời hạn", "Table of what is to be mended", _PLAN_SAMPLE),
            _table("entries.table", "Bảng mọi cột của sổ", "Table of all columns", _PLAN_SAMPLE),
            _table("units.table", "Bảng số lượng theo đơn vị", "Table by units", _UNITS_SAMPLE),
        ),
        _gather,
        _called,
    )
}
