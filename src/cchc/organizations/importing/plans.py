"""What an import would do: changes, problems that stop all of it, remarks that do not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from hashlib import sha256
from typing import Final, Literal

from cchc.organizations.importing.register import Beside, Contact, Granted, Opened, Placed, Posted
from cchc.records.errors import Place, Problem

ChangeKind = Literal[
    "found",
    "rename",
    "move",
    "end",
    "enter",
    "post",
    "transfer",
    "leave",
    "contact",
    "beside",
    "beside_end",
    "account",
    "role",
]
UNIT_KINDS: Final[tuple[ChangeKind, ...]] = ("found", "rename", "move", "end")
OFFICIAL_KINDS: Final[tuple[ChangeKind, ...]] = (
    "enter",
    "post",
    "transfer",
    "leave",
    "contact",
    "beside",
    "beside_end",
)
RIGHTS_KINDS: Final[tuple[ChangeKind, ...]] = ("account", "role")
State = Placed | Posted | Beside | Contact | Opened | Granted
Value = str | bool | date | None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the unit or official with that code, and the row that asks for it.

    `before` is None where there was nothing. Units: found, rename (or another kind or symbol), move (another parent),
    end. Officials: enter (a `Contact`), post (a first or new posting), transfer, leave (the posting ends), contact;
    beside (a post beside the main one, after another in that unit if there is a `before`), beside_end; account (opened)
    and role (given).
    """

    kind: ChangeKind
    place: Place
    code: str
    name: str
    before: State | None
    after: State

    def differences(self) -> Iterator[tuple[str, Value, Value]]:
        """Every field that changes, with what it was and what it becomes; nothing of those that stay empty."""
        for one in fields(self.after):
            after = getattr(self.after, one.name)
            before = None if self.before is None else getattr(self.before, one.name)
            if before != after and (before or after):
                yield one.name, before, after


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes in the order of the file, units first; `unchanged` units and officials counted."""

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    unchanged_units: int = 0
    unchanged_officials: int = 0

    @property
    def is_good(self) -> bool:
        """Whether it could be carried out."""
        return not self.problems

    def counts(self) -> Mapping[str, int]:
        """How many changes of each kind; how many stay as they are, problems and remarks."""
        by_kind = Counter(change.kind for change in self.changes)
        return {kind: by_kind[kind] for kind in (*UNIT_KINDS, *OFFICIAL_KINDS, *RIGHTS_KINDS)} | {
            "unchanged_units": self.unchanged_units,
            "unchanged_officials": self.unchanged_officials,
            "problems": len(self.problems),
            "remarks": len(self.remarks),
        }

    def digest(self) -> str:
        """The same for the same changes: what was shown is what is carried out."""
        digest = sha256()
        for change in self.changes:
            told: list[object] = [change.kind, change.place.sheet, change.place.row, change.code]
            told += [[name, str(before), str(after)] for name, before, after in change.differences()]
            digest.update(json.dumps(told, ensure_ascii=False).encode() + b"\n")
        return digest.hexdigest()
