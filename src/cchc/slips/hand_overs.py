"""From hand to hand: who gave a dossier to whom, and whether the step was done early, on time or late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils.timezone import localdate

from cchc.dossiers.models import Dossier, DossierEvent, StepInstance
from cchc.dossiers.states import DONE

EARLY: Final = "early"
ON_TIME: Final = "on_time"
LATE: Final = "late"

_TO_SOMEBODY: Final = ("take", "assign")


@dataclass(frozen=True, slots=True)
class HandOver:
    """`giver` and `receiver` are names; an empty giver is whoever handed the dossier in, an empty receiver the shared
    queue. `result` is that of the step, where it ended in these hands and was done.
    """

    step: StepInstance | None
    giver: str
    receiver: str
    at: datetime
    due_at: datetime | None = None
    ended_at: datetime | None = None
    result: str = ""
    note: str = ""


def hand_overs(dossier: Dossier, steps: Iterable[StepInstance], events: Iterable[DossierEvent]) -> Sequence[HandOver]:
    """All of them as they came about, those of parallel steps by turns; the last gives the result to its owner."""
    known = {step.pk: step for step in steps}
    made: list[HandOver] = []
    last: dict[int, int] = {}  # step → its newest hand-over
    givers: dict[int, str] = {}
    hand = ""  # who did the last thing that a step began by
    for event in sorted(events, key=lambda one: one.pk):
        step = known.get(event.step_id or 0)
        name = event.by.name if event.by else ""
        if event.act in {"receive", "complete", "send_back"}:
            hand = "" if event.act == "receive" else name
        if event.act == "hand_over":
            made.append(HandOver(None, name, event.text, event.at))
        if step is None:
            continue
        if event.act == "begin":
            givers[step.pk] = hand
            last[step.pk] = _add(made, HandOver(step, hand, "", event.at, step.due_at))
        elif event.act in _TO_SOMEBODY and event.holder is not None:
            _given(made, last, step, event, givers)
        elif event.act == "release":
            last[step.pk] = _add(made, HandOver(step, name, "", event.at, step.due_at, note=event.text))
    return _with_results(made, last, known)


def result_of(step: StepInstance) -> str:
    """By the day: before the day it was due, on it, or after its moment; empty for one that was not done."""
    if step.state != DONE or step.ended_at is None or step.due_at is None:
        return ""
    if step.ended_at.replace(second=0, microsecond=0) > step.due_at:
        return LATE
    return EARLY if localdate(step.ended_at) < localdate(step.due_at) else ON_TIME


def _given(
    made: list[HandOver], last: dict[int, int], step: StepInstance, event: DossierEvent, givers: dict[int, str]
) -> None:
    """Out of the queue it comes from whoever handed it on; from then on from who had it."""
    assert event.holder is not None
    before = made[last[step.pk]]
    given = HandOver(step, before.receiver, event.holder.name, event.at, step.due_at, note=event.text)
    if before.receiver:
        last[step.pk] = _add(made, given)
    else:
        made[last[step.pk]] = replace(given, giver=before.giver or givers.get(step.pk, ""))


def _with_results(
    made: Sequence[HandOver], last: dict[int, int], known: dict[int, StepInstance]
) -> Sequence[HandOver]:  # fmt: skip
    ends = {place: known[key] for key, place in last.items()}
    return [
        replace(one, ended_at=ends[place].ended_at, result=result_of(ends[place])) if place in ends else one
        for place, one in enumerate(made)
    ]


def _add(made: list[HandOver], one: HandOver) -> int:
    made.append(one)
    return len(made) - 1
