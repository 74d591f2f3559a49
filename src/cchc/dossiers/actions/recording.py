"""What every act at a dossier does: take it, unless it has changed since it was seen; note what happened; keep it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.timezone import localdate

from cchc.audit.actions import record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.reporting import queue_progress
from cchc.dossiers.audit_kinds import OF_ADVICE, OF_DOSSIERS, OF_STEPS
from cchc.dossiers.models import Advice, Dossier, DossierEvent, StepInstance
from cchc.dossiers.policies import may_become, reason_is_known, step_may_become
from cchc.dossiers.shown_events import act_name
from cchc.dossiers.states import DOSSIER, MACHINE, STEP
from cchc.dossiers.states_beside import ADVICE, OPEN_ADVICE
from cchc.followups.actions.recording import required
from cchc.interface.durations import clock_time
from cchc.interface.prepared import Prepared
from cchc.organizations.doers import done_by
from cchc.records.errors import DomainError, Message, refuse

_BY_ITSELF = frozenset(step.id for table in (STEP, ADVICE) for step in table.steps if step.who == MACHINE)
RELATED = ("unit", "settling_unit", "procedure_version__procedure")

_LOCKED_DOSSIER: Final = Prepared(
    lambda key: Dossier.objects.select_for_update(of=("self",)).select_related(*RELATED).filter(pk=key).order_by("pk"),
    key=int,
)
_LOCKED_STEP: Final = Prepared(
    lambda key: StepInstance.objects.select_for_update(of=("self",))
    .select_related("unit", "holder").filter(pk=key).order_by("pk"),
    key=int,
)  # fmt: skip
_OPEN_ADVICE: Final = Prepared(
    lambda step: Advice.objects.filter(step=step, state__in=OPEN_ADVICE).order_by("pk"), step=int
)


_MOVED: Final = ("state", "holder", "begun_at", "due_at", "ended_at")
"""What moves at a step; all else is said when it is made."""


def take(dossier: Dossier, expected_version: int) -> Dossier:
    """The dossier, locked. Raises `dossiers.stale` for a reader who saw an older one, with what happened since."""
    locked: Dossier = _LOCKED_DOSSIER.one(key=dossier.pk)
    if locked.version != expected_version:
        raise _stale(locked)
    return locked


def take_for(dossier: Dossier, act: str, expected_version: int) -> Dossier:
    """The same, ready for a step of its table. Raises `dossiers.not_in_state`, too."""
    locked = take(dossier, expected_version)
    may_become(locked, act).require()
    return locked


def take_step(step: StepInstance, act: str, expected_version: int) -> StepInstance:
    """A step with its dossier, both locked. Raises `dossiers.stale`, `dossiers.step_not_in_state`,
    `dossiers.not_running`.
    """
    dossier = take(step.dossier, expected_version)
    locked: StepInstance = _LOCKED_STEP.one(key=step.pk)
    locked.dossier = dossier
    step_may_become(locked, act).require()
    return locked


def reasoned(act: str, code: str, text: str) -> str:
    """The words of a reason. Raises `dossiers.unknown_reason`, `followups.nothing_said`."""
    reason_is_known(act, code).require()
    return required(text)


def go_on(dossier: Dossier, act: str) -> None:
    """It stands where the step of the table leads."""
    dossier.state = DOSSIER.after(dossier.state, DOSSIER.step(act))


def note(
    dossier: Dossier, act: str, actor: Actor, now: datetime, *, step: StepInstance | None = None,
    reason_code: str = "", text: str = "",
) -> DossierEvent:  # fmt: skip
    """An event: what happened, where the dossier and the step stand since. Another national code is to be reported."""
    queue_progress(dossier, now)
    of_step = {} if step is None else {"step": step, "step_state": step.state, "holder": step.holder}
    done = {} if act in _BY_ITSELF else done_by(actor, "done")
    return DossierEvent.objects.create(
        dossier=dossier, at=now, act=act, state=dossier.state, reason_code=reason_code, text=text,
        due_at=dossier.due_at, by=done.get("done_by"), by_as=done.get("done_as", ""), **of_step,
    )  # fmt: skip


def keep(dossier: Dossier, act: str, before: dict[str, object], reason: str = "") -> Dossier:
    """Write it, a version on, and say so in the chain."""
    dossier.version += 1
    dossier.save()
    record(OF_DOSSIERS[act], dossier, before=before, after=values_of(dossier), reason=reason or None)
    return dossier


def went_on(dossier: Dossier) -> Dossier:
    """A version on; what happened to its step says the rest."""
    dossier.version += 1
    dossier.save(update_fields=["state", "version"])
    return dossier


def move_step(
    step: StepInstance, act: str, actor: Actor, now: datetime, *, reason_code: str = "", text: str = "",
    before: dict[str, object] | None = None,
) -> None:  # fmt: skip
    """A step stands where its table leads; the event and the chain say so."""
    step.state = STEP.after(step.state, STEP.step(act))
    if step.state in STEP.final:
        step.ended_at = now
    step.save(update_fields=_MOVED)
    note(step.dossier, act, actor, now, step=step, reason_code=reason_code, text=text)
    record(OF_STEPS[act], step, before=before, after=values_of(step), reason=text or None)
    if step.state in STEP.final:
        _wait_no_longer(step, actor, now)


def _wait_no_longer(step: StepInstance, actor: Actor, now: datetime) -> None:
    """Nobody waits for opinions that were asked for at a step that is over."""
    for advice in _OPEN_ADVICE(step=step.pk):
        before = values_of(advice)
        advice.state = ADVICE.after(advice.state, ADVICE.step("advice_falls_away"))
        advice.closed_at = now
        advice.save()
        note(step.dossier, "advice_falls_away", actor, now, step=step)
        record(OF_ADVICE["advice_falls_away"], advice, before=before, after=values_of(advice))


def _stale(dossier: Dossier) -> DomainError:
    events = DossierEvent.objects.filter(dossier=dossier).exclude(act__in=_BY_ITSELF)  # what somebody did led to those
    last = events.select_related("by").order_by("-pk")[0]
    who: object = last.by.name if last.by else Message("followups.the_system")
    return refuse(
        "dossiers.stale", who=who, act=act_name(last.act), time=clock_time(last.at), day=localdate(last.at),
        state=DOSSIER.state(dossier.state).name,
    )  # fmt: skip
