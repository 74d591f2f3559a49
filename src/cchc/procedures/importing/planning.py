"""What a file would do to a catalogue: changes, and problems that stop all of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Final

from cchc.organizations.models import Unit
from cchc.procedures.comparing import Difference, Said, differences
from cchc.procedures.importing.composing import Facts, FileEntry, entry_of
from cchc.procedures.importing.reading import MOST_ROWS, ProcedureRow, read_rows
from cchc.procedures.loading import check_version, read, read_version
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.policies import check_known, check_unused, says_the_same
from cchc.procedures.states import PUBLISHED
from cchc.procedures.versions import CatalogueEntry
from cchc.procedures.writing import version_text
from cchc.records.errors import DomainError, Message, Place, Problem, problem, refuse
from cchc.records.text import LocalText
from cchc.records.timelines import Timeline

_YAML: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One version of a file that is not there yet. `kind`: `new_procedure`, `new_version`, `other_version` (takes the
    place of one that nobody used), `facts` (only what the catalogue says beside versions).
    """

    entry: FileEntry
    kind: str
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class CataloguePlan:
    """The changes in the order of the file, all that the file says, how many rows say nothing new, what is wrong."""

    changes: Sequence[EntryChange] = ()
    entries: Sequence[CatalogueEntry] = ()
    problems: Sequence[Problem] = ()
    unchanged: int = 0

    def digest(self) -> str:
        """The same for the same changes: what was shown is what is carried out."""
        told = [
            [str(one.entry.place), one.kind, one.entry.facts.code, version_text(one.entry.dated.value),
             str(one.entry.dated.validity), [str(part) for part in one.differences]]
            for one in self.changes
        ]  # fmt: skip
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def plan_file(content: bytes, file: str, keeper: Unit) -> CataloguePlan:
    """Three queries, and one for each version that takes the place of another. Raises what readers raise."""
    if PurePath(file).suffix.lower() in _YAML:
        entries = of_entries(read(content, file))
        if len(entries) > MOST_ROWS:
            raise refuse("procedures.import_too_long", Place(file), most=MOST_ROWS)
        return _Planning(keeper, entries).plan()
    rows, problems = read_rows(content, file)
    return _Planning(keeper, (), rows, problems).plan()


def of_entries(entries: Sequence[CatalogueEntry]) -> list[FileEntry]:
    """Each version of these with its place."""
    return [
        FileEntry(dated.place, Facts(one.code, one.name, one.field, one.level, one.authority), dated)
        for one in entries
        for dated in one.versions.records
        if dated.place is not None
    ]


class _Planning:
    """Compares version after version."""

    def __init__(
        self, keeper: Unit, entries: Sequence[FileEntry], rows: Sequence[ProcedureRow] = (),
        problems: Sequence[Problem] = (),
    ) -> None:  # fmt: skip
        self._keeper, self._rows, self._entries = keeper, rows, list(entries)
        self._problems, self._wrong = list(problems), False
        codes = {one.facts.code for one in entries} | {row.said["code"] for row in rows if row.said.get("code")}
        found = Procedure.objects.filter(code__in=codes).order_by("pk")
        self._known: Mapping[str, Procedure] = {one.code: one for one in found}
        self._versions = defaultdict[int, list[ProcedureVersion]](list)
        published = ProcedureVersion.objects.filter(procedure__in=list(self._known.values()), state=PUBLISHED)
        for version in published.order_by("-starts_on"):
            self._versions[version.procedure_id].append(version)

    def plan(self) -> CataloguePlan:
        self._entries += [one for row in self._rows if (one := self._composed(row)) is not None]
        changes, unchanged = list[EntryChange](), 0
        for entry in self._entries:
            try:
                change = self._compared(entry)
            except DomainError as error:
                self._note(error, entry)
                continue
            if change is None:
                unchanged += 1
            else:
                changes.append(change)
        entries = [] if self._problems else self._together()
        in_order = sorted(self._problems, key=lambda one: (one.place and (one.place.row or one.place.line)) or 0)
        return CataloguePlan(changes, entries, in_order, unchanged)

    def _composed(self, row: ProcedureRow) -> FileEntry | None:
        known = self._known.get(row.said.get("code", ""))
        try:
            entry = entry_of(row, known, self._versions[known.pk] if known else ())
            check_known(entry.dated)
            check_version(read_version(version_text(entry.dated.value), "procedure"), entry.dated.validity.start)
        except DomainError as error:
            self._problems += [Problem(one.message, row.place) for one in error.problems]
            return None
        return entry

    def _note(self, error: DomainError, entry: FileEntry) -> None:
        self._problems += [Problem(one.message, entry.place) for one in error.problems]

    def _compared(self, entry: FileEntry) -> EntryChange | None:
        """None for a version that is there, of a procedure that is called so."""
        known = self._known.get(entry.facts.code)
        if known is None:
            return EntryChange(entry, "new_procedure", ())
        if known.keeper_id != self._keeper.pk:
            raise refuse("procedures.kept_elsewhere", code=known.code)
        facts, versions = _facts_changed(entry.facts, known), self._versions[known.pk]
        same = next((one for one in versions if one.starts_on == entry.dated.validity.start), None)
        if same is None:
            self._require_free(entry, versions)
            before = next((one for one in versions if one.starts_on < entry.dated.validity.start), None)
            changed = differences(before.value, entry.dated.value) if before else []
            return EntryChange(entry, "new_version", [*facts, *changed])
        if says_the_same(same, entry.dated):
            return EntryChange(entry, "facts", facts) if facts else None
        check_unused(same)
        return EntryChange(
            entry, "other_version", [*facts, *_head_changed(same, entry), *differences(same.value, entry.dated.value)]
        )

    def _require_free(self, entry: FileEntry, versions: Sequence[ProcedureVersion]) -> None:
        start, end = entry.dated.validity.start, entry.dated.validity.end
        in_file = {one.dated.validity.start for one in self._entries if one.facts.code == entry.facts.code}
        for one in versions:
            begins_within = start < one.starts_on and (end is None or one.starts_on <= end)
            reaches_in = one.starts_on < start and one.ends_on is not None and one.ends_on >= start
            if (begins_within or reaches_in) and one.starts_on not in in_file:
                raise refuse("procedures.days_taken", start=one.starts_on)

    def _together(self) -> list[CatalogueEntry]:
        """By code, each with its versions; two of them on one day are a problem."""
        grouped = defaultdict[str, list[FileEntry]](list)
        for entry in self._entries:
            grouped[entry.facts.code].append(entry)
        made = []
        for code, entries in grouped.items():
            facts = entries[-1].facts
            if other := next((one for one in entries if one.facts != facts), None):
                self._problems.append(problem("procedures.import_called_twice", other.place, code=code))
                continue
            try:
                line = Timeline(f"{code} {facts.name.vi}", [one.dated for one in entries], gaps_allowed=True)
            except DomainError as error:
                self._problems += error.problems
                continue
            made.append(CatalogueEntry(code, facts.name, facts.field, facts.level, facts.authority, line))  # type: ignore[arg-type]
        return made


def _facts_changed(facts: Facts, known: Procedure) -> list[Difference]:
    both: dict[str, tuple[Said, Said]] = {
        "name": (known.name, facts.name), "field": (known.field, facts.field),
        "authority": (known.authority, facts.authority),
        "level": (Message(f"procedures.level_{known.level}"), Message(f"procedures.level_{facts.level}")),
    }  # fmt: skip
    return [
        Difference(Message(f"procedures.about_{name}"), before, after)
        for name, (before, after) in both.items()
        if before != after
    ]


def _head_changed(version: ProcedureVersion, entry: FileEntry) -> list[Difference]:
    dated, stood = entry.dated, version.dated
    both = {
        "decision": (stood.source.document, dated.source.document),
        "issued_on": (stood.source.on, dated.source.on),
        "verified": (stood.verification.verified, dated.verification.verified),
        "last_day": (stood.validity.end, dated.validity.end or stood.validity.end),
    }
    return [
        Difference(Message(f"procedures.about_{name}"), _told(before), _told(after))
        for name, (before, after) in both.items()
        if before != after
    ]


def _told(value: object) -> LocalText | Message | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return Message("procedures.compared_yes" if value else "procedures.compared_no")
    return Message("procedures.told", {"value": value})
