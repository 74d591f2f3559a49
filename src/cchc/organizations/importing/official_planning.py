"""Rows of officials against the register, once it is known what units there will be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from cchc.organizations.days import days_taken
from cchc.organizations.importing.plans import Change, ChangeKind, State
from cchc.organizations.importing.register import Contact, KnownOfficial, Posted, Register
from cchc.organizations.importing.rights_planning import RightsPlanning
from cchc.organizations.importing.rows import OfficialRow
from cchc.organizations.importing.unit_planning import Hangs, UnitPlanning
from cchc.organizations.roles import roles
from cchc.records.errors import DomainError, Message, Problem, problem, refuse
from cchc.records.search import fold

_DAY: Final = timedelta(days=1)


class OfficialPlanning:
    """Compares each row for itself: officials do not hang on one another."""

    def __init__(
        self, rows: Sequence[OfficialRow], register: Register, units: UnitPlanning, rights: RightsPlanning
    ) -> None:
        self._rows = rows
        self._register = register
        self._units = units
        self._rights = rights
        self.changes: list[Change] = []
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        self.unchanged = 0

    def settle_all(self) -> None:
        """Every row; of one with a problem nothing is changed."""
        for row in self._rows:
            so_far = len(self.changes)
            try:
                self._compare(row)
                self.changes += self._rights.changes(row, self._register.officials.get(row.code))
            except Hangs:
                continue
            except DomainError as error:
                del self.changes[so_far:]
                self.problems += [Problem(one.message, one.place or row.place) for one in error.problems]
            else:
                self.unchanged += len(self.changes) == so_far

    def _compare(self, row: OfficialRow) -> None:
        known = self._register.officials.get(row.code)
        if known is None:
            self._enter(row)
            return
        contact = _contact(row, known.contact)
        if contact != known.contact:
            self._expect_reach(known)
            self._note("contact", row, contact.name, known.contact, contact)
        now = known.postings[-1] if known.postings else None
        if now is None or not _stays(row, now):
            self._post(row, known, now)
        else:
            self._leave_or_keep(row, known, now)

    def _enter(self, row: OfficialRow) -> None:
        if not row.name:
            raise refuse("organizations.import_incomplete", name="Họ và tên")
        posted = self._posted(row, None)
        self._note("enter", row, row.name, None, Contact(row.name, row.email or "", row.phone or ""))
        self._note("post", row, row.name, None, posted)
        if namesakes := self._register.colleagues.get((posted.unit, fold(row.name))):
            self.remarks.append(
                problem("organizations.import_same_official", row.place, name=row.name, likely=tuple(namesakes))
            )

    def _post(self, row: OfficialRow, known: KnownOfficial, now: Posted | None) -> None:
        """Another main posting: the one before ends the day before."""
        if now is None and row.unit is None:
            return
        posted = self._posted(row, now)
        if now is not None:
            self._expect_reach(known)
            if posted.starts_on <= now.starts_on:
                raise refuse("organizations.import_changes_past", start=now.starts_on)
            if now.ends_on is not None and now.ends_on >= posted.starts_on:
                raise days_taken(now.starts_on, now.ends_on)
        is_transfer = now is not None and now.ends_on is None
        self._note("transfer" if is_transfer else "post", row, row.name or known.contact.name, now, posted)
        self._end_beside(row, known, posted)
        if is_transfer and now is not None and posted.unit != now.unit and known.roles:
            self.remarks.append(_roles_remain(row, known))

    def _end_beside(self, row: OfficialRow, known: KnownOfficial, posted: Posted) -> None:
        """What is held beside the main post in the very unit to which that moves ends."""
        for one in known.beside:
            if one.unit != posted.unit or (one.ends_on is not None and one.ends_on < posted.starts_on):
                continue
            if one.starts_on >= posted.starts_on:
                raise days_taken(one.starts_on, one.ends_on)
            after = replace(one, ends_on=posted.starts_on - _DAY)
            self._note("beside_end", row, row.name or known.contact.name, one, after)

    def _posted(self, row: OfficialRow, now: Posted | None) -> Posted:
        """What the row asks for, in a unit that is there and may be changed."""
        unit = row.unit or (now.unit if now else None)
        post = row.post or (now.post if now else None)
        if not unit or not post:
            raise refuse("organizations.import_incomplete", name="Đơn vị (mã), Chức vụ")
        if row.starts_on is None:
            raise refuse("organizations.import_no_start")
        self._units.expect_unit(unit)
        self._units.expect_reach(unit)
        if self._units.placed_on(unit, row.starts_on) is None:
            raise refuse("organizations.not_there", code=unit, day=row.starts_on)
        _check_days(row.starts_on, row.ends_on)
        return Posted(unit, post, bool(row.is_head), row.starts_on, row.ends_on)

    def _leave_or_keep(self, row: OfficialRow, known: KnownOfficial, now: Posted) -> None:
        if row.starts_on is not None and row.starts_on != now.starts_on:
            kept = problem("organizations.import_start_kept", row.place, start=now.starts_on, said=row.starts_on)
            self.remarks.append(kept)
        if row.ends_on is None or row.ends_on == now.ends_on:
            return
        self._expect_reach(known)
        _check_days(now.starts_on, row.ends_on)
        if now.ends_on is not None and now.ends_on < row.ends_on:
            raise refuse("organizations.already_ended", day=now.ends_on)
        self._note("leave", row, row.name or known.contact.name, now, replace(now, ends_on=row.ends_on))
        if left := [one.unit for one in known.beside if one.ends_on is None or one.ends_on > row.ends_on]:
            name, units = known.contact.name, tuple(left)
            self.remarks.append(problem("organizations.import_beside_remain", row.place, name=name, units=units))

    def _expect_reach(self, known: KnownOfficial) -> None:
        """An official is managed where they work, or worked last; who never worked anywhere, by the installation."""
        self._units.expect_reach(known.postings[-1].unit if known.postings else "")

    def _note(self, kind: ChangeKind, row: OfficialRow, name: str, now: State | None, after: State) -> None:
        self.changes.append(Change(kind, row.place, row.code, name, now, after))


def _roles_remain(row: OfficialRow, known: KnownOfficial) -> Problem:
    """A file ends no roles: whoever is transferred by it keeps them until somebody looks."""
    names = roles()
    held = tuple(
        Message(
            "organizations.import_role",
            {"role": names[one.role].name if one.role in names else one.role, "unit": one.unit},
        )
        for one in known.roles
    )
    return problem("organizations.import_roles_remain", row.place, name=known.contact.name, roles=held)


def _contact(row: OfficialRow, now: Contact) -> Contact:
    return Contact(
        row.name or now.name,
        now.email if row.email is None else row.email,
        now.phone if row.phone is None else row.phone,
    )


def _stays(row: OfficialRow, now: Posted) -> bool:
    """Whether the row says nothing new of where and as what the official works. An empty cell says nothing."""
    is_head = now.is_head if row.is_head is None else row.is_head
    return (row.unit or now.unit, row.post or now.post, is_head) == (now.unit, now.post, now.is_head)


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise refuse("records.ends_before_start", start=starts_on, end=ends_on)
