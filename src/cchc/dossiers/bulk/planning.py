"""Looking at rows before anything is received: competence, papers, duplicates, moments. All is looked at once more when
each row is received.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils.timezone import localdate

from cchc.dossiers.actions.intake import Intake, Paper, Person
from cchc.dossiers.bulk.layout import MOMENT, NOT_TWICE, PAPERS
from cchc.dossiers.bulk.reading import SaidRow, read_rows
from cchc.dossiers.models import Dossier
from cchc.dossiers.queries.bulk import open_for, received_here
from cchc.organizations.models import Unit
from cchc.procedures.models import ProcedureVersion
from cchc.procedures.versions import Version
from cchc.records.errors import DomainError, Message, Problem
from cchc.records.search import fold

_OF_HEADINGS: Final = "dossiers.batch_other_column"


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """The rows that can be received, and what is wrong with the file and the other rows; `wrong`: what those say that
    can be read.
    """

    rows: Sequence[SaidRow] = ()
    problems: Sequence[Problem] = ()
    wrong: Mapping[int, Mapping[str, object]] = field(default_factory=dict)

    @property
    def left_out(self) -> Mapping[int, Sequence[Problem]]:
        """By the number of each wrong row, what is wrong with it."""
        found = defaultdict[int, list[Problem]](list)
        for one in self.problems:
            if one.place is not None and one.place.row and one.message.code != _OF_HEADINGS:
                found[one.place.row].append(one)
        return found


def plan_file(content: bytes, file: str, unit: Unit, now: datetime) -> BatchPlan:
    """Three questions, however many rows. A file that cannot be read is a finding, too."""
    try:
        rows, problems = read_rows(content, file)
    except DomainError as error:
        return BatchPlan(problems=error.problems)
    versions = received_here(unit, localdate(now))
    known = open_for(unit, [row.said for row in rows])
    fine, seen = list[SaidRow](), dict[tuple[str, ...], int]()
    found = list(problems)
    for row in rows:
        faults = list(_faults(row, versions, known, seen, now))
        if not faults:
            fine.append(row)
        found += faults
    kept = {row.place for row in fine}
    return BatchPlan(fine, found, {row.place: row.said for row in rows if row.place not in kept})


def intake_of(said: Mapping[str, object], version: Version) -> Intake:
    """What a row hands in; all papers as the version asks for them where none is named."""
    names = ("name", "number", "address", "phone", "submitter_name")
    person = Person(**{name: str(said.get(name, "")) for name in names})
    named = said.get(PAPERS)
    wanted = None if not isinstance(named, list) else {fold(str(one)) for one in named}
    papers = [
        Paper(one.name.vi, one.id, *_copies(one.originals, one.certified, one.copies))
        for one in version.components
        if wanted is None or fold(one.name.vi) in wanted
    ]
    return Intake(
        person, papers, subject=str(said.get("subject", "")), receipt=str(said.get("receipt", "")),
        is_no_duplicate=bool(said.get(NOT_TWICE)),
    )  # fmt: skip


def same_as(said: Mapping[str, object]) -> tuple[str, ...]:
    """By what a row may be the same dossier twice: its procedure, and the owner's number, else name and address."""
    procedure, number = str(said.get("procedure", "")), str(said.get("number", ""))
    if number:
        return (procedure, number)
    return (procedure, str(said.get("name", "")), str(said.get("address", "")))


def _copies(originals: int, certified: int, copies: int) -> tuple[int, int, int]:
    """A paper of which the version says no number is there once."""
    return (originals, certified, copies) if originals or certified or copies else (1, 0, 0)


def _faults(
    row: SaidRow, versions: Mapping[str, ProcedureVersion], known: Mapping[tuple[str, ...], Dossier],
    seen: dict[tuple[str, ...], int], now: datetime,
) -> Iterator[Problem]:  # fmt: skip
    said = row.said
    for key in ("procedure", "name"):
        if not said.get(key):
            yield Problem(Message("dossiers.batch_empty"), row.columns[key])
    version = versions.get(str(said.get("procedure", "")))
    if version is not None:
        yield from _paper_faults(row, version)
    elif said.get("procedure"):
        yield Problem(Message("dossiers.batch_not_received", {"code": said["procedure"]}), row.columns["procedure"])
    yield from _twice(row, known, seen)
    if said.get(MOMENT) and not said.get("evidence"):
        yield Problem(Message("dossiers.batch_no_evidence"), row.columns.get("evidence", row.at))
    if said.get(MOMENT) and datetime.fromisoformat(str(said[MOMENT])) > now:
        yield Problem(Message("dossiers.batch_moment_to_come"), row.columns[MOMENT])


def _paper_faults(row: SaidRow, version: ProcedureVersion) -> Iterator[Problem]:
    components = version.value.components
    named = row.said.get(PAPERS)
    if named is None:
        return
    there = {fold(str(one)) for one in named}
    missing = [one.name for one in components if fold(one.name.vi) not in there]
    if missing:
        yield Problem(Message("dossiers.paper_missing", {"papers": tuple(missing)}), row.columns[PAPERS])
    for name in named:
        if fold(name) not in {fold(one.name.vi) for one in components}:
            yield Problem(Message("dossiers.batch_unknown_paper", {"name": name}), row.columns[PAPERS])


def _twice(
    row: SaidRow, known: Mapping[tuple[str, ...], Dossier], seen: dict[tuple[str, ...], int]
) -> Iterator[Problem]:
    key = same_as(row.said)
    if not row.said.get(NOT_TWICE):
        if (same := known.get(key)) is not None:
            given = {"code": same.code, "day": localdate(same.submitted_at)}
            yield Problem(Message("dossiers.batch_duplicate", given), row.at)
        elif key in seen:
            yield Problem(Message("dossiers.batch_twice", {"row": seen[key]}), row.at)
    seen.setdefault(key, row.place)
