"""Procedures and their versions as pages show them, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cchc.interface.errors import current_language, place_in_words
from cchc.papers.models import LegalBasis
from cchc.procedures.comparing import differences
from cchc.procedures.drawing import Drawing, draw
from cchc.procedures.importing.planning import EntryChange
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.queries.versions import bases_named, versions_by_key
from cchc.procedures.reviewing import OUTCOMES
from cchc.procedures.rules import rules_on
from cchc.procedures.states import DRAFT, PUBLISHED, VERSION
from cchc.procedures.versions import Fee, ProcedureStep, Version, comparable
from cchc.procedures.wording import copies_in_words, limit_in_words, online_in_words, role_name
from cchc.records.errors import Message
from cchc.records.words import say, show


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A row of the table of steps; `after` are the numbers of those it waits for, `share` its part of the procedure's
    limit, None where that has none.
    """

    step: ProcedureStep
    number: int
    name: str
    holder: str
    agency: str
    limit: str
    after: Sequence[int]
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class ShownBasis:
    """A legal basis as it is cited, with the one of the library that is meant; `is_doubtful`: there is none, or it is
    not verified, or not in force.
    """

    text: str
    known: LegalBasis | None
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """All that a page says of a version."""

    row: ProcedureVersion
    facts: Sequence[tuple[str, str]]
    steps: Sequence[ShownStep]
    papers: Sequence[tuple[str, str]]
    fees: Sequence[tuple[str, int, str]]
    bases: Sequence[ShownBasis]
    drawing: Drawing
    doubt: str


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """One part as it was and as it becomes."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A line of the catalogue: the procedure, what holds of it (None: nothing)."""

    procedure: Procedure
    name: str
    field: str
    level: str
    limit: str
    online: str
    version: ProcedureVersion | None


def shown_version(row: ProcedureVersion, day: date) -> ShownVersion:
    """One query for the bases, none where none is cited by number."""
    version, language = row.value, current_language()
    return ShownVersion(
        row,
        facts_of(version),
        _steps(version, row.starts_on),
        [(one.name.in_language(language), _said(copies_in_words(one))) for one in version.components],
        [(fee.name.in_language(language), fee.amount, _payment(fee)) for fee in version.fees],
        _bases(version, day),
        draw(
            version,
            {one.id: (one.name.in_language(language), _said(limit_in_words(one.limit))) for one in version.steps},
        ),
        row.dated.verification.doubt_in(language),
    )


def facts_of(version: Version) -> list[tuple[str, str]]:
    """What it is called and what it is: limit, mechanism, online level, result, rules of waiting."""
    facts = {
        "limit": limit_in_words(version.limit),
        "result": version.result,
        "mechanism": Message(f"procedures.mechanism_{version.mechanism}"),
        "online": online_in_words(version),
        "supplement": Message(f"procedures.on_{version.on_supplement}"),
        "extensions": Message("procedures.extensions", {"number": version.extensions}),
    }
    return [(_said(Message(f"procedures.about_{id_}")), _said(value)) for id_, value in facts.items()]


def shown_rows(found: Sequence[Procedure]) -> list[ShownRow]:
    """Lines of the catalogue with what holds. One query."""
    versions, language = versions_by_key(getattr(one, "holding", None) for one in found), current_language()
    rows = []
    for one in found:
        version = versions.get(getattr(one, "holding", None) or 0)
        limit = "" if version is None else _said(limit_in_words(version.value.limit))
        online = "" if version is None else online_name(version.online)
        name, field = one.name.in_language(language), one.field.in_language(language)
        rows.append(ShownRow(one, name, field, level_name(one.level), limit, online, version))
    return rows


def shown_differences(before: ProcedureVersion, after: ProcedureVersion) -> list[ShownDifference]:
    """What changed between two versions."""
    found = differences(before.value, after.value)
    return [ShownDifference(_said(one.what), _said(one.before), _said(one.after)) for one in found]


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One version that a file writes: of which procedure, from when, what kind of change, where in the file."""

    code: str
    name: str
    day: date
    kind: str
    place: str
    differences: Sequence[ShownDifference]
    said: str


def shown_changes(changes: Sequence[EntryChange]) -> list[ShownChange]:
    """What a file changes, in the reader's language; of what is new its limit and how many steps it has."""
    return [
        ShownChange(
            one.entry.facts.code,
            one.entry.facts.name.in_language(current_language()),
            one.entry.dated.validity.start,
            one.kind,
            place_in_words(one.entry.place),
            [ShownDifference(_said(part.what), _said(part.before), _said(part.after)) for part in one.differences],
            _said(_in_short(one.entry.dated.value)),
        )
        for one in changes
    ]


def _in_short(version: Version) -> Message:
    return Message("procedures.in_short", {"limit": limit_in_words(version.limit), "steps": len(version.steps)})


def level_name(id_: str) -> str:
    """What a level is called."""
    return _said(Message(f"procedures.level_{id_}"))


def mechanism_name(id_: str) -> str:
    """What a mechanism is called."""
    return _said(Message(f"procedures.mechanism_{id_}"))


def online_name(id_: str) -> str:
    """What an online level is called."""
    return _said(Message(f"procedures.online_{id_}"))


def state_name(id_: str) -> str:
    """What a state of a version is called."""
    return VERSION.state(id_).name.in_language(current_language())


def outcome_name(id_: str) -> str:
    """What may come of a review, in words."""
    return OUTCOMES[id_].in_language(current_language())


def standing_of(version: ProcedureVersion, day: date) -> tuple[str, str]:
    """The status of a version as a chip has it, and the word: it holds, will, is over, or is no published one."""
    if version.state != PUBLISHED:
        return ("soon" if version.state == DRAFT else "paused"), state_name(version.state)
    if version.holds_on(day):
        return "ok", say(Message("procedures.holds"), current_language())
    code = "procedures.begins_later" if version.starts_on > day else "procedures.is_over"
    return "neutral", say(Message(code), current_language())


def _steps(version: Version, day: date) -> list[ShownStep]:
    language, numbers = current_language(), {step.id: number for number, step in enumerate(version.steps, 1)}
    minutes = rules_on(day).value.day_minutes
    whole = None if version.limit is None else comparable(version.limit, minutes)
    return [
        ShownStep(
            step,
            numbers[step.id],
            step.name.in_language(language),
            role_name(step.role).in_language(language),
            step.agency.in_language(language) if step.agency else "",
            _said(limit_in_words(step.limit)),
            [numbers[one] for one in step.after],
            Fraction(comparable(step.limit, minutes), whole) if whole else None,
        )
        for step in version.steps
    ]


def _bases(version: Version, day: date) -> list[ShownBasis]:
    known: Mapping[str, LegalBasis] = bases_named(version.bases)
    return [ShownBasis(text, known.get(text), _is_doubtful(known.get(text), day)) for text in version.bases]


def _is_doubtful(basis: LegalBasis | None, day: date) -> bool:
    return basis is None or not basis.verified or not basis.starts_on <= day <= (basis.ends_on or day)


def _payment(fee: Fee) -> str:
    return _said(Message(f"procedures.payment_{fee.payment}"))


def _said(value: object) -> str:
    return show(value, current_language())
