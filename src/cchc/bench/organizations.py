"""A register as large as the country's: 3,321 units and 30,000 officials imported, some of them with a post beside the
main one, an account and a role, then looked at.

Works in the database that Django is set up with, which must hold no units. The names are made up by a fixed rule.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, Final

from django.db import connection
from django.test import Client
from django.utils.timezone import localdate

from cchc.bench.pages import MOST_QUERIES, Page, look
from cchc.bench.register import CODE, START, by_bench, check_empty, signed_in
from cchc.followups.actions.directives import Paper as IssuedPaper
from cchc.followups.actions.directives import enter_directive
from cchc.followups.actions.giving import Order, give_tasks
from cchc.followups.deadlines import Deadline
from cchc.organizations.actions.imports import import_directly
from cchc.organizations.actions.rights import grant_role
from cchc.organizations.actions.units import Standing, found_unit, merge_into, place_unit
from cchc.organizations.importing.layout import YES, ImportSheet, beside_sheet, official_sheet, unit_sheet
from cchc.organizations.importing.planning import plan_import
from cchc.organizations.importing.reading import read_rows
from cchc.organizations.importing.register import Beside, Contact, KnownOfficial, KnownUnit, Placed, Posted, Scope
from cchc.organizations.importing.template import beside_rows, official_rows, unit_rows
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.register import register_for
from cchc.organizations.roles import roles
from cchc.papers.actions.drafts import Frame, change_draft, draft_paper
from cchc.papers.composing import Texts
from cchc.records.sources import Source
from cchc.tables.writing import Column, SheetToWrite, WrittenValue, write_xlsx

UNITS: Final = 3_321
OFFICIALS: Final = 30_000
EVERY: Final = 10
"""One in so many officials has a second post, an account and a role."""
MOST_SECONDS: Final = 60
_ADDED: Final = 4
_EVERYTHING: Final = "search everything"
PAGES: Final[dict[str, tuple[str, dict[str, str] | None]]] = {
    "tree": ("/don-vi/", None),
    "unit": ("/don-vi/tinh-0/", None),
    "small unit": ("/don-vi/xa-7/", None),
    "unit on a past day": ("/don-vi/tinh-0/?ngay=31/12/2025", None),
    "gone unit": ("/don-vi/them-0/", None),
    "merger": (
        "/don-vi/them-2/nhap-vao/",
        {"predecessors": "them-3", "starts_on": "02/01/2026", "source_document": "Nghị quyết mẫu"},
    ),
    "search units": ("/don-vi/?tim=xa+so+12", None),
    "search officials": ("/can-bo/?tim=nguyen+an", None),
    _EVERYTHING: ("/tim/?q=so", None),
}
"""Addresses, and what is posted to one that is no mere look; the question it answers writes nothing."""
_PROVINCES: Final = 34
_FAMILY: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi")
_GIVEN: Final = ("An", "Bình", "Châu", "Dũng", "Hoa", "Lan", "Minh", "Ẵng", "Yến", "Thảo", "Sơn")


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    """Changes that the file made, seconds of each stage and of the longest silence while they were written, each page,
    megabytes at the most.
    """

    units: int
    officials: int
    engine: str
    changes: int
    seconds: dict[str, float]
    silence: float
    pages: dict[str, Page]
    megabytes: int

    @property
    def import_seconds(self) -> float:
        """Reading and carrying out: what stands between the decision and the register."""
        return self.seconds["read"] + self.seconds["carry out"]

    @property
    def holds(self) -> bool:
        """Whether the import stays under a minute and every page under ten queries in all."""
        most = max(page.queries for page in self.pages.values())
        return self.import_seconds <= MOST_SECONDS and most <= MOST_QUERIES


def run(
    units: int = UNITS, officials: int = OFFICIALS, every: int = EVERY, tell: Callable[[str], None] = lambda _: None
) -> RegisterFigures:
    """Measure; one in `every` officials with a second post, an account and a role.

    Raises `organizations.register_not_empty`.
    """
    check_empty()
    seconds: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        tell(stage)
        started = time.perf_counter()
        answer = work()
        seconds[stage] = time.perf_counter() - started
        return answer

    content = invented_workbook(units, officials, every)
    rows = timed("read", lambda: read_rows(content, "bench.xlsx"))
    timed("check", lambda: plan_import(rows, register_for(rows, localdate()), Scope()))
    given = {**by_bench(), "file": "bench.xlsx", "content": content, "rows": rows}
    signs = [time.perf_counter()]
    plan = timed("carry out", lambda: import_directly(**given, tell=lambda *_: signs.append(time.perf_counter())))
    signs.append(time.perf_counter())
    timed("carry out again", lambda: import_directly(**given))
    timed("move one unit", _move_one)
    client, _ = signed_in(Unit.objects.get(code="tinh-0"), "Quản trị", "administrator", covers_subtree=True)
    _fill_other_sources()
    silence = max(later - earlier for earlier, later in pairwise(signs))
    pages, vendor = _look(client), connection.vendor
    return RegisterFigures(units, officials, vendor, len(plan.changes), seconds, silence, pages, _most_megabytes())


def invented_units(number: int) -> Iterator[KnownUnit]:
    """Provinces, each with as many communes as the others."""
    provinces = min(_PROVINCES, max(1, number // 3))
    for at in range(number):
        is_province = at < provinces
        code, name = (f"tinh-{at}", f"tỉnh Số {at}") if is_province else (f"xa-{at - provinces}", f"xã Số {at}")
        kind, parent = ("province", None) if is_province else ("commune", f"tinh-{at % provinces}")
        yield KnownUnit(code, (Placed(name, kind, parent, "", "", START),))


def invented_officials(number: int, units: int, every: int) -> Iterator[KnownOfficial]:
    """Officials in all units in turn, the first in each its head; one in `every` also works in the next unit and has an
    account.
    """
    codes = [unit.code for unit in invented_units(units)]
    for at in range(number):
        name = f"{_FAMILY[at % len(_FAMILY)]} Văn {_GIVEN[at % len(_GIVEN)]}"
        contact = Contact(name, f"cb{at}@mau.gov.vn", f"09{at:08}")
        posted = (Posted(codes[at % units], "Chuyên viên", at < units, START),)
        second = (Beside(codes[(at + 1) % units], "Kiêm nhiệm", False, START, document="Quyết định mẫu"),)
        known = KnownOfficial(f"cb-{at}", contact, posted)
        yield replace(known, beside=second, username=f"cb{at}") if at % every == 0 else known


def invented_workbook(units: int, officials: int, every: int) -> bytes:
    """XLSX with all three sheets and everything that they can hold."""
    people = list(invented_officials(officials, units, every))
    rows = (
        (unit_sheet(), unit_rows(invented_units(units))),
        (official_sheet(), _with_roles(official_rows(people), every)),
        (beside_sheet(), beside_rows(people)),
    )
    return write_xlsx([_sheet(sheet, listed) for sheet, listed in rows])


def _with_roles(rows: Iterable[tuple[WrittenValue, ...]], every: int) -> Iterator[tuple[WrittenValue, ...]]:
    """A template leaves them out, for an old file must not give them again."""
    columns = [column.key for column in official_sheet().columns]
    role, unit = roles()["reform_officer"].name.vi, columns.index("unit")
    for at, row in enumerate(rows):
        given = {"role": role, "over": row[unit], "below": YES} if at % every == 0 else {}
        yield tuple(given.get(key, value) for key, value in zip(columns, row, strict=True))


def _sheet(sheet: ImportSheet, rows: Iterable[Sequence[WrittenValue]]) -> SheetToWrite:
    return SheetToWrite(sheet.name, tuple(Column(column.names[0], column.width) for column in sheet.columns), rows)


def _move_one() -> None:
    """What one change by hand costs in such a register."""
    unit, province = Unit.objects.get(code="xa-1"), Unit.objects.get(code="tinh-0")
    standing = Standing("ward", "phường Mới", province)
    place_unit(**by_bench(), unit=unit, standing=standing, starts_on=date(2026, 1, 1))


def _fill_other_sources() -> None:
    """Communes of which one went into another and that into a third, and something to find in every source."""
    by = by_bench()
    province, person = Unit.objects.get(code="tinh-0"), Official.objects.get(code=CODE)
    added = [
        found_unit(**by, code=f"them-{at}", standing=Standing("commune", f"xã Sơn {at}", province), starts_on=START)
        for at in range(_ADDED)
    ]
    for old, new, day in ((added[0], added[1], date(2025, 10, 1)), (added[1], added[2], date(2026, 1, 1))):
        merge_into(**by, unit=new, others=[old], effective_on=day, source=Source("Nghị quyết mẫu"))
    issued = IssuedPaper("1/UBND", date(2026, 1, 5), "Ủy ban nhân dân tỉnh", "Số liệu cải cách hành chính")
    directive = enter_directive(**by, paper=issued, unit=province, watcher=province, addressees=added[2:])
    order = Order("Gửi số liệu năm", Deadline(localdate(), working_days=10), province)
    give_tasks(**by, subject=directive, order=order, owners=added[2:], leader=Official.objects.get(code="cb-0"))
    grant_role(**by, official=person, role="reform_officer", unit=province, starts_on=START)
    paper = draft_paper(**by, unit=province, kind="report")
    frame = Frame("Ủy ban nhân dân tỉnh Số 0", "", "BC-UBND", "Số 0")
    change_draft(**by, paper=paper, texts=Texts(summary="Số liệu năm 2026"), frame=frame, bases=[])


def _look(client: Client) -> dict[str, Page]:
    answer = client.get(PAGES[_EVERYTHING][0])
    assert b'id="group-6"' in answer.content, "a source without a hit"
    return look(client, PAGES)


def _most_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
