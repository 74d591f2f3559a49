"""Papers about one directive: what it says, to whom it went, how its tasks stand, who is behind, what was raised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from cchc.documents.blocks import Table
from cchc.followups.models import Addressee, Difficulty, Directive, Task, TaskEntry
from cchc.followups.queries.of_unit import Debt, affairs_of, tasks_by
from cchc.followups.queries.tasks import PROGRESS
from cchc.followups.states import DONE_CLAIMED, WITHDRAWN
from cchc.followups.vocabularies import samples
from cchc.followups.vocabularies.tables import (
    bodies,
    debts_table,
    printable,
    raised_table,
    standing,
    tasks_table,
    units_table,
)
from cchc.organizations.models import Unit
from cchc.papers.vocabularies import UNIT_WORDS, values_of_unit
from cchc.papers.vocabulary import Value, Vocabulary, Word
from cchc.records.dates import format_official_date
from cchc.records.numbers import format_number
from cchc.records.text import LocalText

OF_DIRECTIVE: Final = "followups.directive"
_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def _called(unit: Unit, day: date, about: str) -> str:
    return cited(affairs_of(unit, day).directive(about))


def cited(directive: Directive) -> str:
    """`văn bản số 2624/UBND-TTHCC ngày 12 tháng 8 năm 2022 của UBND tỉnh`."""
    when = format_official_date(directive.issued_on)
    return printable(f"văn bản số {directive.number} {when} của {directive.issued_by}")


def _gather(unit: Unit, day: date, about: str) -> Mapping[str, Value]:
    affairs = affairs_of(unit, day)
    directive = affairs.directive(about)
    tasks = tasks_by(affairs.tasks(), directive).exclude(state=WITHDRAWN)
    addressees = affairs.addressees().filter(directive=directive)
    debts, raised = affairs.debts(tasks, addressees), list(affairs.difficulties(tasks))
    return {
        **values_of_unit(unit, day),
        **_said(directive),
        **_standing(list(addressees), list(tasks), day),
        **behind(debts, day),
        **of_raised(raised),
    }


def _said(directive: Directive) -> dict[str, Value]:
    return {
        "directive.cited": cited(directive),
        "directive.number": printable(directive.number),
        "directive.issued_on": directive.issued_on,
        "directive.issuer": printable(directive.issued_by),
        "directive.title": printable(directive.title),
    }


def _standing(addressees: Sequence[Addressee], tasks: Sequence[Task], day: date) -> dict[str, Value]:
    given, done, running, late = standing(tasks, day)
    return {
        "addressees.number": len(addressees),
        "addressees.heard": sum(one.acknowledged_at is not None for one in addressees),
        "addressees.names": bodies(((one.unit_id, one.unit_name or one.unit.code) for one in addressees), day),
        "tasks.given": given,
        "tasks.done": done,
        "tasks.running": running,
        "tasks.overdue": late,
        "tasks.waiting": sum(one.state == DONE_CLAIMED for one in tasks),
        "tasks.share": f"{format_number(Fraction(100 * done, given), 'vi', 1)} %" if given else "–",
        "tasks.table": tasks_table(tasks, _progress(tasks), day),
        "units.table": units_table(addressees, tasks, day),
    }


def behind(debts: Sequence[Debt], day: date) -> dict[str, Value]:
    """What stands for the words of `BEHIND_WORDS`."""
    return {
        "behind.units": bodies(((one.unit, one.unit_name) for one in debts), day),
        "behind.number": len(debts),
        "behind.table": debts_table(debts),
    }


def of_raised(raised: Sequence[Difficulty]) -> dict[str, Value]:
    """What stands for the words of `RAISED_WORDS`."""
    by_kind = {kind: [one for one in raised if one.kind == kind] for kind in _TITLES}
    numbers = {f"{name}.number": len(by_kind[kind]) for kind, name in _NAMES.items()}
    tables: dict[str, Value] = {
        f"{name}.table": raised_table(by_kind[kind], kind, _TITLES[kind]) for kind, name in _NAMES.items()
    }
    return {**numbers, **tables}


def _progress(tasks: Sequence[Task]) -> dict[int, str]:
    """The last that was reported of each, with its day."""
    told = TaskEntry.objects.filter(task__in=[one.pk for one in tasks], step__in=PROGRESS).order_by("pk")
    return {one.task_id: f"{_day(one.at)}: {one.text}" for one in told}


def _day(at: datetime) -> str:
    return f"{at.astimezone(_VIETNAM):%d/%m/%Y}"


_TITLES: Final = {
    "difficulty": "Khó khăn, vướng mắc",
    "proposal": "Đề xuất, kiến nghị",
    "advantage": "Thuận lợi",
}
_NAMES: Final = {"difficulty": "difficulties", "proposal": "proposals", "advantage": "advantages"}


def _number(name: str, vi: str, en: str, sample: int) -> Word:
    return Word(name, LocalText(vi, en), sample, "number")


def _table(name: str, vi: str, en: str, sample: Table) -> Word:
    return Word(name, LocalText(vi, en), sample, "table")


RAISED_WORDS: Final = (
    _number("difficulties.number", "Số khó khăn, vướng mắc", "How many difficulties", 2),
    _table("difficulties.table", "Bảng khó khăn, vướng mắc", "Table of difficulties", samples.RAISED),
    _number("proposals.number", "Số đề xuất, kiến nghị", "How many proposals", 1),
    _table("proposals.table", "Bảng đề xuất, kiến nghị", "Table of proposals", samples.RAISED),
    _number("advantages.number", "Số thuận lợi", "How many advantages", 1),
    _table("advantages.table", "Bảng thuận lợi", "Table of advantages", samples.RAISED),
)
BEHIND_WORDS: Final = (
    Word("behind.units", LocalText("Các đơn vị chậm", "Units that are behind"), samples.BODIES, "list"),
    _number("behind.number", "Số nội dung chậm", "How many things are owed", 2),
    _table("behind.table", "Bảng nội dung chậm", "Table of what is owed", samples.DEBTS),
)
DIRECTIVE: Final = Vocabulary(
    LocalText("Một văn bản chỉ đạo", "One directive"),
    (
        *UNIT_WORDS,
        Word("directive.cited", LocalText("Văn bản: số, ngày, cơ quan", "The directive as it is cited"), samples.CITED),
        Word("directive.number", LocalText("Số, ký hiệu", "Number of the directive"), "2624/UBND-TTHCC"),
        Word("directive.issued_on", LocalText("Ngày văn bản", "Its date"), date(2026, 8, 12), "date"),
        Word("directive.issuer", LocalText("Cơ quan ban hành văn bản", "Who issued it"), "Ủy ban nhân dân tỉnh Mẫu"),
        Word("directive.title", LocalText("Trích yếu văn bản", "What it is about"), "Chấn chỉnh hồ sơ quá hạn"),
        _number("addressees.number", "Số đơn vị nhận", "How many units it was sent to", 2),
        _number("addressees.heard", "Số đơn vị đã tiếp nhận", "How many have taken note", 1),
        Word("addressees.names", LocalText("Các đơn vị nhận", "Units it was sent to"), samples.BODIES, "list"),
        _number("tasks.given", "Số nhiệm vụ được giao", "Tasks given", 4),
        _number("tasks.done", "Số nhiệm vụ hoàn thành", "Tasks done and verified", 3),
        _number("tasks.running", "Số nhiệm vụ chưa hoàn thành", "Tasks not done yet", 1),
        _number("tasks.waiting", "Số nhiệm vụ chờ xác minh", "Tasks to be verified", 0),
        _number("tasks.overdue", "Số nhiệm vụ quá hạn", "Tasks overdue", 1),
        Word("tasks.share", LocalText("Tỷ lệ hoàn thành", "Share of tasks done"), "75,0 %"),
        _table("tasks.table", "Bảng nhiệm vụ", "Table of the tasks", samples.TASKS),
        _table("units.table", "Bảng kết quả từng đơn vị", "Table of the units", samples.OF_UNITS),
        *BEHIND_WORDS,
        *RAISED_WORDS,
    ),
    _gather,
    _called,
)
