"""Rows of units against the register: the same rules as when one unit is changed by hand, for all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from cchc.organizations.closure import Span, first_gap
from cchc.organizations.importing.plans import Change, ChangeKind
from cchc.organizations.importing.register import KnownUnit, Placed, Register, Scope
from cchc.organizations.importing.rows import UnitRow
from cchc.organizations.kinds import check_place, last_day_of
from cchc.records.errors import DomainError, Place, Problem, problem, refuse
from cchc.records.search import fold

_DAY: Final = timedelta(days=1)
_DEEPEST: Final = 20
_MOST_LIKELY: Final = 5


class Hangs(Exception):
    """A row hangs on one that has a problem: it is left out without a complaint of its own."""


class UnitPlanning:
    """Settles rows one after another, what stands above before what stands below."""

    def __init__(self, rows: Sequence[UnitRow], register: Register, scope: Scope, broken: frozenset[str]) -> None:
        self._rows = {row.code: row for row in rows}
        self._register = register
        self._reach = None if scope.units is None else set(scope.units)
        self._covered = set(scope.covered)
        self._broken = set(broken)  # codes whose row has a problem: what hangs on them is not complained about
        self._open: list[str] = []
        self._settled: set[str] = set()
        self.placements: dict[str, tuple[Placed, ...]] = {
            code: unit.placements for code, unit in register.units.items()
        }
        self.changes: list[Change] = []
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        self.unchanged = 0

    def settle_all(self) -> None:
        """Every row, then the tree as it would be."""
        for code in self._rows:
            self._settle(code)
        order = {code: at for at, code in enumerate(self._rows)}
        self.changes.sort(key=lambda change: order[change.code])
        self._check_tree()

    def placed_on(self, code: str, day: date) -> Placed | None:
        """What the unit will have been on that day."""
        return next((placed for placed in self.placements.get(code, ()) if placed.covers(day)), None)

    def unknown(self, text: str) -> Problem:
        """There is no such code; when it is a name, the codes of those who are called so: never taken silently."""
        likely = self._codes_by_name.get(fold(text), ())[:_MOST_LIKELY]
        code = "organizations.import_unit_by_name" if likely else "organizations.import_unknown_unit"
        return problem(code, text=text, likely=tuple(likely))

    @cached_property
    def _codes_by_name(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for code, name in self._register.names():
            found[fold(name)].append(code)
        for row in self._rows.values():
            if row.name and row.code not in self._register.units:
                found[fold(row.name)].append(row.code)
        return found

    @cached_property
    def _parts_by_name(self) -> Mapping[tuple[str | None, str], list[str]]:
        found = defaultdict(list)
        for unit in self._register.units.values():
            found[unit.placements[-1].parent, fold(unit.placements[-1].name)].append(unit.code)
        return found

    def _settle(self, code: str) -> None:
        """Raises nothing: what is wrong is noted."""
        if code in self._settled:
            return
        row = self._rows[code]
        self._open.append(code)
        try:
            if row.parent in self._rows:
                self._expect_no_circle(row.parent)
                self._settle(row.parent)
            self._compare(row)
        except Hangs:
            self._broken.add(code)
        except DomainError as error:
            self._broken.add(code)
            self.problems += [Problem(one.message, one.place or row.place) for one in error.problems]
        finally:
            self._open.pop()
            self._settled.add(code)

    def _expect_no_circle(self, parent: str) -> None:
        if parent in self._open:
            raise refuse("organizations.import_circle", codes=(*self._open[self._open.index(parent) :], parent))
        if len(self._open) > _DEEPEST:
            raise refuse("organizations.import_too_deep", limit=_DEEPEST)

    def _compare(self, row: UnitRow) -> None:
        known = self._register.units.get(row.code)
        if known is None:
            self._found(row)
            return
        now = known.placements[-1]
        said = _said(row, now)
        if said.is_as(now):
            self._end_or_keep(row, now)
            return
        self.expect_reach(row.code)
        if said.parent != now.parent:
            self._expect_new_parent(said.parent)
        self._make_room(row, known)
        kind: ChangeKind = "move" if said.parent != now.parent else "rename"
        self._place(row, kind, replace(said, starts_on=_start(row)), now)

    def _found(self, row: UnitRow) -> None:
        if not row.name or not row.kind:
            raise refuse("organizations.import_incomplete", name="Tên đơn vị, Loại đơn vị")
        self._expect_new_parent(row.parent or None)
        said = Placed(row.name, row.kind, row.parent or None, row.symbol or "", row.name_en or "", _start(row))
        self._place(row, "found", said, None)
        if self._reach is not None and said.parent in self._covered:
            self._reach.add(row.code)
            self._covered.add(row.code)
        if namesakes := self._parts_by_name.get((said.parent, fold(said.name))):
            self.remarks.append(
                problem("organizations.import_same_name", row.place, name=said.name, likely=tuple(namesakes))
            )

    def _place(self, row: UnitRow, kind: ChangeKind, said: Placed, now: Placed | None) -> None:
        """Note a placement that is allowed to stand there; it ends with its kind and with its parent."""
        above = None if said.parent is None else self._above(said.parent, said.starts_on)
        check_place(said.kind, None if above is None else above.kind, said.starts_on)
        lasts = (row.ends_on, last_day_of(said.kind), self._last_day(said.parent))
        ends_on = min((day for day in lasts if day is not None), default=None)
        _check_days(said.starts_on, ends_on)
        after = replace(said, ends_on=ends_on, document=row.document or "", document_on=row.document_on)
        earlier = self.placements.get(row.code, ())
        if now is not None and (now.ends_on is None or now.ends_on >= after.starts_on):
            earlier = (*earlier[:-1], replace(now, ends_on=after.starts_on - _DAY))
        self._note(kind, row, now, after, (*earlier, after))

    def _end_or_keep(self, row: UnitRow, now: Placed) -> None:
        if row.starts_on is not None and row.starts_on != now.starts_on:
            kept = problem("organizations.import_start_kept", row.place, start=now.starts_on, said=row.starts_on)
            self.remarks.append(kept)
        if row.ends_on is None or row.ends_on == now.ends_on:
            self.unchanged += 1
            return
        self.expect_reach(row.code)
        _check_days(now.starts_on, row.ends_on)
        if now.ends_on is not None and now.ends_on < row.ends_on:
            raise refuse("organizations.already_ended", day=now.ends_on)
        after = replace(now, ends_on=row.ends_on)
        self._note("end", row, now, after, (*self.placements[row.code][:-1], after))

    def _note(
        self, kind: ChangeKind, row: UnitRow, now: Placed | None, after: Placed, all_: tuple[Placed, ...]
    ) -> None:
        self.placements[row.code] = all_
        self.changes.append(Change(kind, row.place, row.code, after.name, now, after))

    def _make_room(self, row: UnitRow, known: KnownUnit) -> None:
        """The change begins after the placement it follows, and nothing lies between."""
        now, starts_on = known.placements[-1], _start(row)
        if starts_on <= now.starts_on:
            raise refuse("organizations.import_changes_past", start=now.starts_on)
        has_gone = known.went_on is not None and known.went_on <= starts_on
        if now.ends_on is not None and (now.ends_on < starts_on - _DAY or has_gone):
            raise refuse("organizations.unit_ended", name=now.name, day=now.ends_on)

    def _above(self, parent: str, day: date) -> Placed:
        placed = self.placed_on(parent, day)
        if placed is None:
            raise refuse("organizations.not_there", code=parent, day=day)
        return placed

    def _last_day(self, code: str | None) -> date | None:
        if code is None:
            return None
        ends = [placed.ends_on for placed in self.placements[code]]
        return None if None in ends else max(day for day in ends if day is not None)

    def expect_reach(self, code: str) -> None:
        """Raise `organizations.import_not_yours` for a unit that may not be changed."""
        if self._reach is not None and code not in self._reach:
            raise refuse("organizations.import_not_yours", code=code)

    def expect_covered(self, code: str) -> None:
        """Raise `organizations.subtree_not_allowed` for a unit of which not all that stands under it may be changed."""
        if self._reach is not None and code not in self._covered:
            raise refuse("organizations.subtree_not_allowed")

    def _expect_new_parent(self, parent: str | None) -> None:
        """Whoever puts a unit under another may change that one too; only the installation puts units at the top."""
        if parent is None:
            if self._reach is not None:
                raise refuse("organizations.top_not_allowed")
            return
        self.expect_unit(parent)
        self.expect_reach(parent)

    def expect_unit(self, code: str) -> None:
        """Raise what is wrong with a code, or `Hangs` when that is said of its own row."""
        if code not in self.placements:
            if code in self._broken:
                raise Hangs
            raise DomainError(self.unknown(code))

    def _check_tree(self) -> None:
        """Nothing stands under what is not there, nor under itself."""
        changed = {change.code for change in self.changes}
        parts: dict[str, list[str]] = defaultdict(list)
        for code, placements in self.placements.items():
            for parent in {placed.parent for placed in placements if placed.parent is not None}:
                parts[parent].append(code)
        touched = dict.fromkeys([*changed, *(part for code in changed for part in parts[code])])
        told: set[str] = set()
        for code in sorted(touched):
            for at, found in self._faults(code):
                if at not in told:
                    told.add(at)
                    self.problems.append(Problem(found.message, self._place_of(at)))

    def _faults(self, code: str) -> Iterator[tuple[str, Problem]]:
        """What is wrong directly above a unit, and whose row says so."""
        for placed in self.placements[code]:
            if placed.parent is None:
                continue
            span = _span(placed)
            above = [days for other in self.placements[placed.parent] if (days := _span(other).meet(span))]
            if (day := first_gap(span, above)) is not None:
                if placed.parent in self._rows and placed.parent not in self._broken:
                    part = problem("organizations.still_has_parts", code=placed.parent, part=placed.name)
                    yield placed.parent, part
                elif code in self._rows:
                    yield code, problem("organizations.parent_not_there", day=day)
        if code in self._rows and (day := self._circle(code)) is not None:
            yield code, problem("organizations.circle", day=day)

    def _circle(self, code: str) -> date | None:
        """A day on which the unit would stand under itself, sought on the days on which something begins above it."""
        for placed in self.placements[code]:
            for day in sorted(self._days_above(placed)):
                if self._returns(code, day):
                    return day
        return None

    def _days_above(self, placed: Placed) -> set[date]:
        days, left, seen = {placed.starts_on}, [placed.parent], set()
        while left:
            parent = left.pop()
            if parent is None or parent in seen:
                continue
            seen.add(parent)
            for other in self.placements[parent]:
                if placed.covers(other.starts_on):
                    days.add(other.starts_on)
                left.append(other.parent)
        return days

    def _returns(self, code: str, day: date) -> bool:
        here, seen = self.placed_on(code, day), {code}
        while here is not None and here.parent is not None:
            if here.parent in seen:
                return here.parent == code
            seen.add(here.parent)
            here = self.placed_on(here.parent, day)
        return False

    def _place_of(self, code: str) -> Place:
        return self._rows[code].place


def _said(row: UnitRow, now: Placed) -> Placed:
    """What the unit would be: what the row says, else what it is."""
    return replace(
        now,
        name=row.name or now.name,
        kind=row.kind or now.kind,
        parent=now.parent if row.parent is None else row.parent or None,
        symbol=now.symbol if row.symbol is None else row.symbol,
        name_en=now.name_en if row.name_en is None else row.name_en,
    )


def _start(row: UnitRow) -> date:
    """Raises `organizations.import_no_start`."""
    if row.starts_on is None:
        raise refuse("organizations.import_no_start")
    return row.starts_on


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise refuse("records.ends_before_start", start=starts_on, end=ends_on)


def _span(placed: Placed) -> Span:
    return Span(placed.starts_on, placed.ends_on or date.max)
