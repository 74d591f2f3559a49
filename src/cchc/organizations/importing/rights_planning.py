"""The account and the role that a row of an official asks for, under the rules of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from cchc.organizations.importing.plans import Change
from cchc.organizations.importing.register import Granted, Held, KnownOfficial, Opened, Register, Scope
from cchc.organizations.importing.rows import OfficialRow
from cchc.organizations.importing.unit_planning import UnitPlanning
from cchc.records.errors import refuse


class RightsPlanning:
    """Compares each row with the account and the roles that there are. A file gives, it never takes away."""

    def __init__(self, register: Register, units: UnitPlanning, scope: Scope) -> None:
        self._day = register.day
        self._taken = dict(register.usernames)  # whose each name is, also those given further up
        self._units = units
        self._own = scope.own

    def changes(self, row: OfficialRow, known: KnownOfficial | None) -> Iterator[Change]:
        """What is to be opened and given, after what else the row changes. Raises `DomainError` for what nobody may
        have, or whoever hands the file in may not give.
        """
        works_in = row.unit or (known.postings[-1].unit if known is not None and known.postings else "")
        name = row.name or (row.code if known is None else known.contact.name)
        if row.username and self._is_new(row, row.username, known):
            self._expect_may_open(works_in, known)
            yield Change("account", row.place, row.code, name, None, Opened(row.username))
        granted = self._granted(row, known, works_in)
        if granted is not None:
            yield Change("role", row.place, row.code, name, None, granted)

    def _is_new(self, row: OfficialRow, username: str, known: KnownOfficial | None) -> bool:
        if known is not None and known.username:
            if known.username != username:
                raise refuse("organizations.import_has_account", name=known.contact.name, username=known.username)
            return False
        if self._taken.setdefault(username, row.code) != row.code:
            raise refuse("organizations.code_taken", code=username)
        return True

    def _expect_may_open(self, works_in: str, known: KnownOfficial | None) -> None:
        """As `permissions.may_open_account`: over the unit, and able to give all that the account would hold."""
        self._units.expect_reach(works_in)
        for held in () if known is None else chain(known.roles, known.lent):
            self._expect_may_give(held)

    def _granted(self, row: OfficialRow, known: KnownOfficial | None, works_in: str) -> Granted | None:
        if row.role is None:
            if row.over or row.below is not None:
                raise refuse("organizations.import_incomplete", name="Vai trò")
            return None
        over = row.over or works_in
        if not over:
            raise refuse("organizations.import_incomplete", name="Phạm vi (mã đơn vị)")
        held = () if known is None else known.roles
        if (same := next((one for one in held if (one.role, one.unit) == (row.role, over)), None)) is not None:
            if row.below is not None and row.below != same.covers_subtree:
                raise refuse("organizations.import_other_reach", code=over)
            return None
        starts_on = max(self._day, row.starts_on or self._day)
        self._units.expect_reach(works_in)
        self._units.expect_unit(over)
        self._expect_may_give(Held(row.role, over, bool(row.below), row.code))
        if self._units.placed_on(over, starts_on) is None:
            raise refuse("organizations.not_there", code=over, day=starts_on)
        return Granted(row.role, over, bool(row.below), starts_on)

    def _expect_may_give(self, held: Held) -> None:
        """As `permissions.may_manage_rights`."""
        if held.holder in self._own:
            raise refuse("organizations.own_rights_not_allowed")
        self._units.expect_reach(held.unit)
        if held.covers_subtree:
            self._units.expect_covered(held.unit)
