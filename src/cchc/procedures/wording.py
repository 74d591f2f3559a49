"""Procedures in words: messages that any edge puts into the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

from cchc.organizations.roles import roles
from cchc.procedures.versions import CatalogueEntry, Component, ProcedureStep, Version
from cchc.records.errors import Message
from cchc.records.text import LocalText
from cchc.records.timelines import Dated
from cchc.worktime.limits import Limit


def limit_in_words(limit: Limit | None) -> Message:
    """`10 ngày làm việc`."""
    if limit is None:
        return Message("procedures.no_limit")
    return Message(f"procedures.limit_{limit.unit}", {"amount": limit.amount})


def procedure_line(procedure: CatalogueEntry) -> Message:
    """Its code, name, field and level."""
    return Message(
        "procedures.line",
        {
            "code": procedure.code, "name": procedure.name, "field": procedure.field,
            "level": Message(f"procedures.level_{procedure.level}"),
        },
    )  # fmt: skip


def version_lines(dated: Dated[Version]) -> Iterator[Message]:
    """What holds from a day on: limit and rules, the doubt where there is one, each step."""
    version = dated.value
    yield Message(
        "procedures.version_line",
        {
            "start": dated.validity.start, "limit": limit_in_words(version.limit),
            "mechanism": Message(f"procedures.mechanism_{version.mechanism}"),
            "online": online_in_words(version),
            "supplement": Message(f"procedures.on_{version.on_supplement}"),
            "extensions": Message("procedures.extensions", {"number": version.extensions}),
        },
    )  # fmt: skip
    if doubt := dated.verification.doubt_told:
        yield Message("procedures.doubtful", {"doubt": doubt})
    yield from (step_line(version, step) for step in version.steps)


def online_in_words(version: Version) -> Message:
    """How far it is online, and why not wholly where that is so."""
    level = Message(f"procedures.online_{version.online}")
    if version.not_full_because is None:
        return level
    return Message("procedures.online_because", {"level": level, "why": version.not_full_because})


def role_name(id_: str) -> LocalText:
    """What a role that holds a step is called; the id itself where the product knows no such role."""
    known = roles().get(id_)
    return LocalText(id_) if known is None else known.name


def copies_in_words(one: Component) -> Message:
    """`1 bản chính, 2 bản sao`: those kinds alone of which there is one."""
    counted = {"originals": one.originals, "certified": one.certified, "copies": one.copies}
    told = tuple(Message(f"procedures.{kind}", {"number": number}) for kind, number in counted.items() if number)
    return Message("procedures.copies_told", {"told": told})


def step_line(version: Version, step: ProcedureStep) -> Message:
    """A step with its limit; what it waits for, where that is not simply the step before it."""
    params = {"id": step.id, "name": _named(step), "limit": limit_in_words(step.limit)}
    place = version.steps.index(step)
    if step.after == tuple(one.id for one in version.steps[max(place - 1, 0) : place]):
        return Message("procedures.step_line", params)
    return Message("procedures.step_line_after", {**params, "after": step.after})


def _named(step: ProcedureStep) -> LocalText | Message:
    return Message("procedures.by_agency", {"name": step.name, "agency": step.agency}) if step.agency else step.name
