"""Tables of papers about tasks: what is owed, how tasks stand unit by unit, what was raised; in Vietnamese.

What people typed stands in cells as text; a sign that a printed paper cannot show is shown as such, so that no text of
theirs keeps a paper from being issued.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from cchc.documents.blocks import Band, CellValue, Column, Table
from cchc.documents.pdf_writing import missing_characters
from cchc.documents.text import STAND_IN, clean
from cchc.followups.models import ANSWERED_KINDS, Addressee, Difficulty, Task
from cchc.followups.queries.missing import SILENT, UNPOSTED, UNREAD
from cchc.followups.queries.of_unit import OVERDUE, Debt
from cchc.followups.sheets import days_late
from cchc.followups.states import RUNNING, TASK, VERIFIED, WITHDRAWN
from cchc.interface.durations import end_day
from cchc.organizations.queries.units import placed_on
from cchc.papers.vocabularies import body_of
from cchc.records.search import sort_key

NOTHING: Final = "Không có"
DAY_WIDTH: Final = 19  # a day stays on one line in every program that opens the paper
DEBT_NAMES: Final[Mapping[str, str]] = {
    OVERDUE: "Quá hạn thực hiện",
    UNREAD: "Chưa xác nhận tiếp nhận văn bản",
    UNPOSTED: "Chưa đăng tải văn bản",
    SILENT: "Chưa tiếp nhận hoặc chưa báo cáo tiến độ",
}
_NUMBER: Final = Column("STT", "centred", 5)
_SUM: Final = "Tổng cộng"


def printable(text: str) -> str:
    """What was typed, as a paper can show it."""
    cleaned = clean(text)
    for sign in missing_characters(cleaned):
        cleaned = cleaned.replace(sign, STAND_IN)
    return cleaned


def numbered(columns: Sequence[Column], rows: Iterable[Sequence[CellValue]], total: str = "") -> Table:
    """Rows with their numbers before them; without any row the table says so."""
    listed = tuple((number, *map(_cell, row)) for number, row in enumerate(rows, start=1))
    return Table((_NUMBER, *columns), listed or (Band(NOTHING),), total=total if total and listed else None)


def bodies(units: Iterable[tuple[int, str]], day: date) -> tuple[str, ...]:
    """Whom a paper addresses for these units (key and name), each once, in their order: the body that issues for a unit
    as it stands on that day; a unit that is gone by its name. One query.
    """
    named = dict(units)
    standing_there = {one.unit_id: body_of(one) for one in placed_on(day).filter(unit__in=named)}
    return tuple(dict.fromkeys(printable(standing_there.get(key, name)) for key, name in named.items()))


def debts_table(debts: Iterable[Debt]) -> Table:
    """Who owes what since when."""
    columns = (
        Column("Đơn vị", width=24), Column("Nội dung", width=40), Column("Tình trạng", width=24),
        Column("Thời hạn", "centred", DAY_WIDTH), Column("Số ngày quá hạn", "number", 11),
    )  # fmt: skip
    rows = ((one.unit_name, one.about, DEBT_NAMES[one.kind], end_day(one.due_at), one.days) for one in debts)
    return numbered(columns, rows)


def debts_by_unit(debts: Sequence[Debt]) -> Table:
    """How much each unit owes, kind by kind, with sums."""
    titles = ("Quá hạn thực hiện", "Chưa tiếp nhận văn bản", "Chưa đăng tải", "Chưa báo cáo")
    columns = (Column("Đơn vị", width=34), *(_sum(title) for title in titles), _sum("Cộng"))
    counts: dict[str, dict[str, int]] = {}
    for one in debts:
        of_unit = counts.setdefault(one.unit_name, dict.fromkeys(DEBT_NAMES, 0))
        of_unit[one.kind] += 1
    rows: Iterable[Sequence[CellValue]] = (
        (name, *of_unit.values(), sum(of_unit.values())) for name, of_unit in counts.items()
    )
    return numbered(columns, rows, _SUM)


def tasks_table(tasks: Iterable[Task], progress: Mapping[int, str], day: date) -> Table:
    """Each task with its unit, deadline, state and what was last reported."""
    columns = (
        Column("Nhiệm vụ", width=36), Column("Đơn vị thực hiện", width=22), Column("Thời hạn", "centred", DAY_WIDTH),
        Column("Tình hình", width=18), Column("Kết quả, tiến độ", width=30),
    )  # fmt: skip
    rows = (
        (one.what, name_of_owner(one), end_day(one.due_at), state_said(one, day), progress.get(one.pk, ""))
        for one in tasks
    )
    return numbered(columns, rows)


def units_table(addressees: Sequence[Addressee], tasks: Sequence[Task], day: date) -> Table:
    """How the tasks stand unit by unit, and whether each has taken note, with sums."""
    columns = (
        Column("Đơn vị", width=34), Column("Tiếp nhận văn bản", "centred", 16), _sum("Được giao"), _sum("Hoàn thành"),
        _sum("Đang thực hiện"), _sum("Trong đó quá hạn"),
    )  # fmt: skip
    heard = {one.unit_name or one.unit.code: one.acknowledged_at is not None for one in addressees}
    of_units: dict[str, list[Task]] = {name: [] for name in heard}
    for task in tasks:
        of_units.setdefault(name_of_owner(task), []).append(task)
    rows = (
        (name, _taken_note(heard.get(name)), *standing(of_units[name], day)) for name in sorted(of_units, key=sort_key)
    )
    return numbered(columns, rows, _SUM)


def standing(tasks: Sequence[Task], day: date) -> tuple[int, int, int, int]:
    """How many of these tasks count, are verified, are not yet, and of those are past their deadline."""
    counted = [one for one in tasks if one.state != WITHDRAWN]
    done = sum(one.state == VERIFIED for one in counted)
    return len(counted), done, len(counted) - done, sum(is_late(one, day) for one in counted)


def raised_table(found: Iterable[Difficulty], kind: str, title: str) -> Table:
    """What was raised of one kind, with the task it was raised at and, where one is owed, the answer."""
    columns = [Column("Đơn vị", width=22), Column(title, width=42), Column("Nhiệm vụ", width=30)]
    if kind in ANSWERED_KINDS:
        columns.append(Column("Ý kiến trả lời", width=30))
    rows = (
        (getattr(one, "owner_name", "") or "", one.text, one.task.what, one.answer or "Chưa trả lời") for one in found
    )
    return numbered(columns, (row[: len(columns)] for row in rows))


def is_late(task: Task, day: date) -> bool:
    """Whether its time runs and its deadline passed before that day began."""
    return task.state in RUNNING and days_late(task, day) > 0


def state_said(task: Task, day: date) -> str:
    """`Đang thực hiện, quá hạn 3 ngày`."""
    state = TASK.state(task.state).name.vi
    return f"{state}, quá hạn {days_late(task, day)} ngày" if is_late(task, day) else state


def name_of_owner(task: Task) -> str:
    """What its owner is called on the day of the reading."""
    return task.owner_name or ""


def _sum(title: str) -> Column:
    return Column(title, "number", 12, is_summed=True)


def _taken_note(has: bool | None) -> str:
    """A unit with a task that the directive was not sent to has nothing to take note of."""
    return "–" if has is None else "Đã tiếp nhận" if has else "Chưa"


def _cell(value: CellValue) -> CellValue:
    return printable(value) if isinstance(value, str) else value
