"""How the steps of a dossier follow each other: begun when those they wait for are done, done again when sent back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from cchc.audit.actions import values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.recording import move_step
from cchc.dossiers.models import Dossier, StepInstance
from cchc.dossiers.states import BEGUN, DONE, STEP, WAITING
from cchc.dossiers.terms import terms_of
from cchc.dossiers.timing import Timing, timing_of
from cchc.interface.prepared import Prepared
from cchc.organizations.models import Official
from cchc.procedures.versions import ProcedureStep, Version

_STEPS: Final = Prepared(
    lambda dossier: StepInstance.objects.filter(dossier=dossier)
    .select_related("unit", "holder").order_by("place", "turn"),
    dossier=int,
)  # fmt: skip
_STATES: Final = Prepared(
    lambda dossier: StepInstance.objects.filter(dossier=dossier)
    .order_by("place", "turn").values_list("step", "pk", "state"),
    dossier=int,
)  # fmt: skip
AT_RECEPTION = "receiving_officer"
"""The role whose steps are worked on where the dossier was received; all others where it is settled."""


def create_steps(dossier: Dossier, actor: Actor, now: datetime, receiver: Official | None) -> None:
    """All steps of the version; the first begin, and what receiving officers do of these is the receiver's at once."""
    version = terms_of(dossier)
    made = [_new(dossier, version, step, 1) for step in version.steps]
    timing = timing_of(dossier)
    for step in made:
        if not version.by_id[step.step].after:
            begin(step, timing, actor, now)
            if receiver is not None and step.role == AT_RECEPTION:
                give_to(step, receiver, "take", actor, now)


def begin(step: StepInstance, timing: Timing, actor: Actor, now: datetime) -> None:
    """It is its turn: its time runs, anybody with its role may take it."""
    step.begun_at = now
    step.due_at = timing.step_due(step, now)
    move_step(step, "begin", actor, now)


def give_to(
    step: StepInstance, official: Official, act: str, actor: Actor, now: datetime, *, reason_code: str = "",
    text: str = "",
) -> None:  # fmt: skip
    """From now on that official has it."""
    before = values_of(step)
    step.holder = official
    move_step(step, act, actor, now, reason_code=reason_code, text=text, before=before)


def lead_on(dossier: Dossier, actor: Actor, now: datetime) -> bool:
    """Begin what waits for nothing any more. Whether anything is still to be done."""
    version, latest = terms_of(dossier), latest_steps(dossier)
    timing = timing_of(dossier)
    for id_, step in latest.items():
        if step.state == WAITING and all(latest[one].state == DONE for one in version.by_id[id_].after):
            begin(step, timing, actor, now)
    return any(step.state not in STEP.final for step in latest.values())


def do_again(current: StepInstance, target: StepInstance, actor: Actor, now: datetime) -> StepInstance:
    """The earlier step and all that follows it are to be done again; it goes back to who had it."""
    dossier = current.dossier
    version, latest = terms_of(dossier), latest_steps(dossier)
    for id_ in (target.step, *_behind(version, target.step)):
        step = latest[id_]
        if step.state in BEGUN:  # a branch beside the one that is sent back
            cancel([step], actor, now)
        if step.state != WAITING:
            latest[id_] = _new(dossier, version, version.by_id[id_], step.turn + 1)
    again = latest[target.step]
    begin(again, timing_of(dossier), actor, now)
    if target.holder is not None:
        give_to(again, target.holder, "assign", actor, now)
    return again


def cancel(steps: Iterable[StepInstance], actor: Actor, now: datetime) -> None:
    """They are not needed any more."""
    for step in steps:
        move_step(step, "cancel", actor, now, before=values_of(step))


def open_steps(dossier: Dossier) -> list[StepInstance]:
    """Those not over, begun or not."""
    return [step for step in latest_steps(dossier).values() if step.state not in STEP.final]


def is_last(step: StepInstance) -> bool:
    """Whether all other steps of its dossier are over."""
    latest = {id_: (key, state) for id_, key, state in _STATES(dossier=step.dossier_id)}
    return [key for key, state in latest.values() if state not in STEP.final] == [step.pk]


def latest_steps(dossier: Dossier) -> dict[str, StepInstance]:
    """The newest turn of every step, in the order of the version; each knows the dossier as it was given."""
    latest = {step.step: step for step in _STEPS(dossier=dossier.pk)}
    for step in latest.values():
        step.dossier = dossier
    return latest


def earlier_steps(step: StepInstance) -> list[StepInstance]:
    """To which it may be sent back: those done that it waits for, directly or not, the nearest first."""
    version, latest = terms_of(step.dossier), latest_steps(step.dossier)
    return [
        latest[id_]
        for id_ in reversed(list(latest))
        if step.step in _behind(version, id_) and latest[id_].state == DONE
    ]


def _behind(version: Version, id_: str) -> list[str]:
    """All steps that wait for one, directly or not, in the order of the version."""
    reached = {id_}
    for step in version.steps:  # those that are waited for stand before those that wait
        if reached & set(step.after):
            reached.add(step.id)
    return [step.id for step in version.steps if step.id in reached - {id_}]


def _new(dossier: Dossier, version: Version, step: ProcedureStep, turn: int) -> StepInstance:
    unit = dossier.unit if step.role == AT_RECEPTION else dossier.settling_unit
    made = StepInstance(
        dossier=dossier, step=step.id, turn=turn, place=version.steps.index(step), name_vi=step.name.vi,
        name_en=step.name.en or "", role=step.role, unit=unit, is_agency=step.agency is not None,
        limit_amount=step.limit.amount, limit_unit=step.limit.unit, state=WAITING,
    )  # fmt: skip
    made.save()
    return made
