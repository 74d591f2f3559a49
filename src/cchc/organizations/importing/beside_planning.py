"""Rows of posts beside the main one against the register, once it is known where each official has the main one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from cchc.organizations.days import days_taken
from cchc.organizations.importing.plans import Change, ChangeKind
from cchc.organizations.importing.register import Beside, Posted, Register
from cchc.organizations.importing.rows import BesideRow
from cchc.organizations.importing.unit_planning import Hangs, UnitPlanning
from cchc.records.errors import DomainError, Problem, refuse

_DAY: Final = timedelta(days=1)


class BesidePlanning:
    """Compares each row for itself with what is held in that unit beside the main post."""

    def __init__(
        self, rows: Sequence[BesideRow], register: Register, units: UnitPlanning, of_officials: Sequence[Change]
    ) -> None:
        self._rows = rows
        self._register = register
        self._units = units
        self._planned: dict[str, list[Change]] = defaultdict(list)
        for change in of_officials if rows else ():
            self._planned[change.code].append(change)
        self.changes: list[Change] = []
        self.problems: list[Problem] = []
        self.unchanged = 0

    def settle_all(self) -> None:
        """Every row; of one with a problem nothing is changed."""
        for row in self._rows:
            so_far = len(self.changes)
            try:
                self._compare(row)
            except Hangs:
                continue
            except DomainError as error:
                self.problems += [Problem(one.message, one.place or row.place) for one in error.problems]
            else:
                self.unchanged += len(self.changes) == so_far

    def _compare(self, row: BesideRow) -> None:
        if not row.unit:
            raise refuse("organizations.import_incomplete", name="Kiêm nhiệm tại (mã)")
        if row.code not in self._register.officials and row.code not in self._planned:
            raise refuse("organizations.official_not_found", code=row.code)
        now = self._now(row)
        is_head = now is not None and now.is_head if row.is_head is None else row.is_head
        if now is None or _is_new(row, now) or ((row.post or now.post), is_head) != (now.post, now.is_head):
            self._give(row, now, is_head)
        elif row.ends_on is not None and row.ends_on != now.ends_on:
            self._end(row, now, row.ends_on)

    def _now(self, row: BesideRow) -> Beside | None:
        """What is held there last, as the rows of officials leave it."""
        known = self._register.officials.get(row.code)
        held = [one for one in known.beside if one.unit == row.unit] if known is not None else []
        ended = [one.after for one in self._planned[row.code] if isinstance(one.after, Beside)]
        return next((one for one in ended if one.unit == row.unit), held[-1] if held else None)

    def _give(self, row: BesideRow, now: Beside | None, is_head: bool) -> None:
        post = row.post or (now.post if now else None)
        if not post:
            raise refuse("organizations.import_incomplete", name="Chức vụ kiêm nhiệm")
        if row.starts_on is None:
            raise refuse("organizations.import_no_start")
        _check_days(row.starts_on, row.ends_on)
        self._expect_place(row, row.starts_on)
        if now is not None and row.starts_on <= now.starts_on:
            raise refuse("organizations.import_changes_past", start=now.starts_on)
        if now is not None and now.ends_on is not None and now.ends_on >= row.starts_on:
            raise days_taken(now.starts_on, now.ends_on)
        after = Beside(
            row.unit, post, is_head, row.starts_on, row.ends_on, row.document or "", row.document_on
        )  # fmt: skip
        self._note("beside", row, now if now is not None and now.ends_on is None else None, after)

    def _expect_place(self, row: BesideRow, starts_on: date) -> None:
        """A unit that is there and may be changed, beside a main post in another one, which may be changed, too."""
        self._units.expect_unit(row.unit)
        self._units.expect_reach(row.unit)
        if self._units.placed_on(row.unit, starts_on) is None:
            raise refuse("organizations.not_there", code=row.unit, day=starts_on)
        main = self._mains(row.code)
        self._units.expect_reach(main[-1].unit if main else "")
        for one in main:
            if one.unit == row.unit and _overlap(one, starts_on, row.ends_on):
                raise days_taken(one.starts_on, one.ends_on)
        if not any(_overlap(one, starts_on, starts_on) for one in main):
            raise refuse("organizations.no_main_post", name=self._name(row), day=starts_on)

    def _end(self, row: BesideRow, now: Beside, ends_on: date) -> None:
        """By who administers that unit, or the one of the main post."""
        main = self._mains(row.code)
        try:
            self._units.expect_reach(row.unit)
        except DomainError:
            self._units.expect_reach(main[-1].unit if main else "")
        _check_days(now.starts_on, ends_on)
        if now.ends_on is not None and now.ends_on < ends_on:
            raise refuse("organizations.already_ended", day=now.ends_on)
        self._note("beside_end", row, now, replace(now, ends_on=ends_on))

    def _mains(self, code: str) -> list[Posted]:
        """The main posts as the rows of officials leave them, the oldest first."""
        known = self._register.officials.get(code)
        found = list(known.postings) if known is not None else []
        for change in self._planned[code]:
            if not isinstance(change.after, Posted):
                continue
            if change.kind == "leave":
                found[-1] = change.after
                continue
            if change.kind == "transfer":
                found[-1] = replace(found[-1], ends_on=change.after.starts_on - _DAY)
            found.append(change.after)
        return found

    def _note(self, kind: ChangeKind, row: BesideRow, now: Beside | None, after: Beside) -> None:
        self.changes.append(Change(kind, row.place, row.code, self._name(row), now, after))

    def _name(self, row: BesideRow) -> str:
        known = self._register.officials.get(row.code)
        return known.contact.name if known is not None else self._planned[row.code][0].name


def _is_new(row: BesideRow, now: Beside) -> bool:
    """Whether a row begins after what was held there has ended."""
    return row.starts_on is not None and now.ends_on is not None and row.starts_on > now.ends_on


def _overlap(one: Posted, starts_on: date, ends_on: date | None) -> bool:
    return (one.ends_on is None or one.ends_on >= starts_on) and (ends_on is None or one.starts_on <= ends_on)


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise refuse("records.ends_before_start", start=starts_on, end=ends_on)
