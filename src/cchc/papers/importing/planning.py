"""What a file would do to the library of a unit: changes, and problems that stop all of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from cchc.papers.actions.bases import BasisFacts, put_facts
from cchc.papers.importing.reading import BasisRow, BasisRows
from cchc.papers.models import LegalBasis
from cchc.records.errors import DomainError, Place, Problem, problem, refuse
from cchc.records.search import fold
from cchc.records.sources import Source, Validity

FIELDS: Final = (
    "kind", "number", "issued_on", "issuer", "title", "starts_on", "ends_on", "source_document", "source_on",
    "verified",
    "doubt",
)  # fmt: skip
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BasisChange:
    """A row that changes something. `basis` is None for a new one; `replaced_by` the key of what replaces it.

    `differences`: field, what was, what becomes; `replaced_by` among them by name.
    """

    place: Place
    key: Key
    name: str
    facts: BasisFacts
    basis: LegalBasis | None
    replaced_by: Key | None
    differences: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class BasisPlan:
    """The changes in the order of the file, how many rows say nothing new, and what is wrong."""

    changes: tuple[BasisChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    unchanged: int = 0

    def digest(self) -> str:
        """The same for the same changes: what was shown is what is carried out."""
        told = [
            [str(one.place), one.basis and one.basis.pk, [[f, str(a), str(b)] for f, a, b in one.differences]]
            for one in self.changes
        ]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def plan_bases(rows: BasisRows, library: Sequence[LegalBasis], own: int) -> BasisPlan:
    """`library`: all that the unit with the key `own` may cite; only its own bases are changed."""
    return _Planning(rows, library, own).plan()


def key_of(basis: LegalBasis) -> Key:
    """What makes two rows the same basis: kind, number, day and issuer; without a number kind, title and day."""
    if basis.number:
        return (basis.kind, fold(basis.number), str(basis.issued_on), fold(basis.issuer))
    return (basis.kind, fold(basis.title), str(basis.issued_on))


class _Planning:
    """Compares row after row; what replaces what is looked up once all rows are known."""

    def __init__(self, rows: BasisRows, library: Sequence[LegalBasis], own: int) -> None:
        self._rows = rows
        self._own = {key_of(basis): basis for basis in library if basis.unit_id == own}
        self._names: dict[Key, LegalBasis] = {key_of(basis): basis for basis in library} | self._own
        self._first: dict[Key, Place] = {}
        self._problems = list(rows.problems)

    def plan(self) -> BasisPlan:
        read = [pair for row in self._rows.rows if (pair := self._drafted(row)) is not None]
        changes, unchanged = [], 0
        for row, draft, facts in read:
            try:
                change = self._compared(row, draft, facts)
            except DomainError as error:
                self._problems += [Problem(one.message, row.place) for one in error.problems]
                continue
            if change.differences:
                changes.append(change)
            else:
                unchanged += 1
        return BasisPlan(tuple(changes), tuple(self._problems), unchanged)

    def _drafted(self, row: BasisRow) -> tuple[BasisRow, LegalBasis, BasisFacts] | None:
        """The basis as the row says it would be, tidied as when it is entered."""
        try:
            facts = _facts(row.said, self._own.get(_asked_key(row.said)))
            draft = LegalBasis()
            put_facts(draft, facts)
        except DomainError as error:
            self._problems += [Problem(one.message, row.place) for one in error.problems]
            return None
        key = key_of(draft)
        if (first := self._first.setdefault(key, row.place)) is not row.place:
            self._problems.append(problem("papers.import_twice", row.place, name=draft.name, row=first.row))
            return None
        self._names[key] = draft
        return row, draft, facts

    def _compared(self, row: BasisRow, draft: LegalBasis, facts: BasisFacts) -> BasisChange:
        key = key_of(draft)
        basis = self._own.get(key)
        replaced_by = self._replaced_by(row.said.get("replaced_by"), basis, key)
        differences = [
            (name, None if basis is None else getattr(basis, name), getattr(draft, name))
            for name in FIELDS
            if getattr(draft, name) != (None if basis is None else getattr(basis, name)) and _says(draft, basis, name)
        ]
        before = None if basis is None or basis.replaced_by is None else basis.replaced_by.name
        after = None if replaced_by is None else self._names[replaced_by].name
        if before != after:
            differences.append(("replaced_by", before, after))
        return BasisChange(row.place, key, draft.name, facts, basis, replaced_by, tuple(differences))

    def _replaced_by(self, said: object, basis: LegalBasis | None, key: Key) -> Key | None:
        """The basis of that number in the library or in the file; an empty cell keeps what there is."""
        if said is None:
            return None if basis is None or basis.replaced_by is None else key_of(basis.replaced_by)
        if not said:
            return None
        found = [other for other, one in self._names.items() if fold(one.number) == fold(str(said)) and other != key]
        if len(found) != 1:
            code = "papers.import_replacement_unclear" if found else "papers.import_no_replacement"
            raise refuse(code, text=said, names=tuple(self._names[one].name for one in found))
        return found[0]


def _says(draft: LegalBasis, basis: LegalBasis | None, name: str) -> bool:
    """Of a new basis only what it says is told."""
    return basis is not None or bool(getattr(draft, name))


def _asked_key(said: Mapping[str, Any]) -> Key:
    """The key as far as the row says it."""
    return key_of(
        LegalBasis(
            kind=said.get("kind", ""), number=said.get("number", ""), issuer=said.get("issuer", ""),
            title=said.get("title", ""), issued_on=said.get("issued_on"),
        )
    )  # fmt: skip


def _facts(said: Mapping[str, Any], basis: LegalBasis | None) -> BasisFacts:
    """What the row says over what is there. Raises `papers.basis_incomplete`, `records.ends_before_start`."""

    def of(name: str, field: str, otherwise: Any) -> Any:
        if name in said:
            return otherwise if said[name] == "" else said[name]
        return otherwise if basis is None else getattr(basis, field)

    issued_on: date | None = of("issued_on", "issued_on", None)
    starts_on: date | None = of("starts_on", "starts_on", issued_on)
    if issued_on is None or starts_on is None:
        raise refuse("papers.basis_incomplete")
    return BasisFacts(
        kind=of("kind", "kind", ""),
        number=of("number", "number", ""),
        issued_on=issued_on,
        issuer=of("issuer", "issuer", ""),
        title=of("title", "title", ""),
        validity=Validity(starts_on, of("ends_on", "ends_on", None)),
        source=Source(of("document", "source_document", ""), of("document_on", "source_on", None)),
        verified=of("verified", "verified", False),
        doubt=of("doubt", "doubt", ""),
    )
