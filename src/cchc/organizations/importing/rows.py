"""What a row says: one unit, one official or one post beside a main one. None where it says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cchc.records.errors import Place, Problem


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a row has it. An empty text empties the field; `parent` is empty at the top."""

    place: Place
    code: str
    name: str | None = None
    kind: str | None = None
    parent: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    symbol: str | None = None
    name_en: str | None = None
    document: str | None = None
    document_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """An official with the main posting, the account and a role over the unit `over`, as a row has them."""

    place: Place
    code: str
    name: str | None = None
    post: str | None = None
    unit: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    is_head: bool | None = None
    email: str | None = None
    phone: str | None = None
    username: str | None = None
    role: str | None = None
    over: str | None = None
    below: bool | None = None


@dataclass(frozen=True, slots=True)
class BesideRow:
    """A post of the official with that code, held in `unit` beside the main one, as a row has it."""

    place: Place
    code: str
    unit: str = ""
    post: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    is_head: bool | None = None
    document: str | None = None
    document_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """All that a file says. Rows with a problem are left out; `broken` are their codes, so that nobody misses them.

    `remarks` are told and change nothing.
    """

    units: tuple[UnitRow, ...] = ()
    officials: tuple[OfficialRow, ...] = ()
    broken: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    besides: tuple[BesideRow, ...] = ()

    def __len__(self) -> int:
        return len(self.units) + len(self.officials) + len(self.besides)

    @property
    def people(self) -> list[str]:
        """The codes of all officials that the file names."""
        return [*dict.fromkeys([*(row.code for row in self.officials), *(row.code for row in self.besides)])]
