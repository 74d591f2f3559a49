"""What changed between two versions of a procedure: each part by what it is called, as it was and as it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cchc.procedures.versions import Component, Fee, ProcedureStep, Version
from cchc.procedures.wording import copies_in_words, limit_in_words, online_in_words, role_name
from cchc.records.errors import Message
from cchc.records.text import LocalText

T = TypeVar("T")
Said = Message | LocalText | None


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` is None for what is new, `after` for what is gone."""

    what: Said
    before: Said
    after: Said


def differences(before: Version, after: Version) -> list[Difference]:
    """In the order of a version's page; empty for two that say the same."""
    facts = ((Message(f"procedures.about_{name}"), said, _facts(after)[name]) for name, said in _facts(before).items())
    return [
        *(Difference(*one) for one in facts if one[1] != one[2]),
        *_changed({one.id: one for one in before.steps}, {one.id: one for one in after.steps}, _step_said),
        *_changed({one.id: one for one in before.components}, {one.id: one for one in after.components}, _paper_said),
        *_changed({one.name.vi: one for one in before.fees}, {one.name.vi: one for one in after.fees}, _fee_said),
        *_bases(before.bases, after.bases),
    ]


def _facts(version: Version) -> dict[str, Said]:
    return {
        "limit": limit_in_words(version.limit),
        "mechanism": Message(f"procedures.mechanism_{version.mechanism}"),
        "online": online_in_words(version),
        "portal": LocalText(version.portal) if version.portal else Message("procedures.not_on_portal"),
        "supplement": Message(f"procedures.on_{version.on_supplement}"),
        "extensions": Message("procedures.extensions", {"number": version.extensions}),
        "result": version.result,
    }


def _changed(
    before: Mapping[str, T], after: Mapping[str, T], say: Callable[[T], tuple[Said, Said]]
) -> Iterator[Difference]:
    """Parts by their ids: those gone or otherwise where they stood, then the new ones."""
    for id_, part in before.items():
        what, was = say(part)
        becomes = say(after[id_])[1] if id_ in after else None
        if part != after.get(id_):
            yield Difference(what, was, becomes)
    for id_, part in after.items():
        if id_ not in before:
            what, becomes = say(part)
            yield Difference(what, None, becomes)


def _step_said(step: ProcedureStep) -> tuple[Said, Said]:
    params = {
        "name": step.name, "role": role_name(step.role), "limit": limit_in_words(step.limit), "after": step.after,
        "agency": step.agency or LocalText("–"),
    }  # fmt: skip
    return step.name, Message("procedures.step_compared", params)


def _paper_said(one: Component) -> tuple[Said, Said]:
    return one.name, Message("procedures.paper_compared", {"name": one.name, "copies": copies_in_words(one)})


def _fee_said(fee: Fee) -> tuple[Said, Said]:
    payment = Message(f"procedures.payment_{fee.payment}")
    return fee.name, Message("procedures.fee_compared", {"amount": fee.amount, "payment": payment})


def _bases(before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    what = Message("procedures.about_basis")
    yield from (Difference(what, LocalText(one), None) for one in before if one not in after)
    yield from (Difference(what, None, LocalText(one)) for one in after if one not in before)
