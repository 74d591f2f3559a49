"""Opening registers, changing what they rest on, closing them and opening them again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.recording import required, said
from cchc.organizations.actions.dating import check_days
from cchc.organizations.models import Unit
from cchc.organizations.viewers import officials_behind
from cchc.papers.models import LegalBasis
from cchc.papers.queries.bases import require_citable
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.registers.audit_kinds import REGISTER_CHANGED, REGISTER_CLOSED, REGISTER_OPENED, REGISTER_REOPENED
from cchc.registers.kinds import kind_on
from cchc.registers.models import Register
from cchc.registers.policies import check_possible
from cchc.registers.queries.tasks import open_tasks_of_register
from cchc.registers.states import REGISTER


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What is known of a register: its name, its period, and the document and the basis that it rests on."""

    title: str
    starts_on: date
    ends_on: date | None = None
    number: str = ""
    issued_on: date | None = None
    basis: LegalBasis | None = None


@action
def open_register(
    *, actor: Actor, now: datetime, kind: str, keeper: Unit, facts: RegisterFacts, is_sample: bool = False
) -> Register:
    """A register that the unit keeps, without entries yet.

    Raises `registers.unknown_kind`, `records.not_in_force`, `followups.nothing_said`, `records.ends_before_start`,
    `registers.register_known`, `papers.basis_not_citable`.
    """
    kind_on(kind, localtime(now).date())
    Unit.objects.select_for_update().get(pk=keeper.pk)
    register = Register(
        kind=kind, keeper=keeper, state=REGISTER.first, opened_at=now, opened_by=officials_behind(actor)[0],
        is_sample=is_sample,
    )  # fmt: skip
    _put_facts(register, facts, now)
    register.save()
    record(REGISTER_OPENED, register, after=values_of(register))
    return register


@action
def change_register(
    *, actor: Actor, now: datetime, register: Register, facts: RegisterFacts, expected_version: int
) -> Register:
    """Another title, period, document or basis.

    Raises `registers.register_stale`, `registers.not_in_state`, and what `open_register` raises.
    """
    locked = _taken(register, "change", expected_version)
    before = values_of(locked)
    _put_facts(locked, facts, now)
    if values_of(locked) == before:
        nothing_changed()
        return locked
    return _settled(locked, REGISTER_CHANGED, before)


@action
def close_register(
    *, actor: Actor, now: datetime, register: Register, expected_version: int, text: str = ""
) -> Register:  # fmt: skip
    """Nothing more is written. Raises `registers.tasks_open` while a task of an entry is not over,
    `registers.register_stale`, `registers.not_in_state`.
    """
    locked = _taken(register, "close", expected_version)
    if count := open_tasks_of_register(locked).count():
        raise refuse("registers.tasks_open", count=count)
    before = values_of(locked)
    locked.closed_at = now
    return _settled(locked, REGISTER_CLOSED, before, "close", said(text))


@action
def reopen_register(
    *, actor: Actor, now: datetime, register: Register, expected_version: int, text: str
) -> Register:  # fmt: skip
    """It is written on. Raises `followups.nothing_said`, `registers.register_stale`, `registers.not_in_state`."""
    locked = _taken(register, "reopen", expected_version)
    before, words = values_of(locked), required(text)
    locked.closed_at = None
    return _settled(locked, REGISTER_REOPENED, before, "reopen", words)


def _taken(register: Register, step: str, expected_version: int) -> Register:
    locked = Register.objects.select_for_update(of=("self",)).select_related("keeper").get(pk=register.pk)
    if locked.version != expected_version:
        raise refuse("registers.register_stale", title=locked.title)
    check_possible(locked, step)
    return locked


def _settled(register: Register, kind: str, before: dict[str, object], step: str = "", reason: str = "") -> Register:
    if step:
        register.state = REGISTER.after(register.state, REGISTER.step(step))
    register.version += 1
    register.save()
    record(kind, register, before=before, after=values_of(register), reason=reason or None)
    return register


def _put_facts(register: Register, facts: RegisterFacts, now: datetime) -> None:
    """Tidied, after looking whether they can be so."""
    title, number = " ".join(required(facts.title).split()), " ".join(said(facts.number).split())
    check_days(facts.starts_on, facts.ends_on)
    same = Register.objects.filter(keeper=register.keeper, kind=register.kind, title=title, starts_on=facts.starts_on)
    if same.exclude(pk=register.pk).exists():
        raise refuse("registers.register_known", title=title, day=facts.starts_on)
    if facts.basis is not None and facts.basis.pk != register.basis_id:
        require_citable([facts.basis], register.keeper, localtime(now).date())
    register.title, register.number, register.issued_on = title, number, facts.issued_on
    register.starts_on, register.ends_on, register.basis = facts.starts_on, facts.ends_on, facts.basis
    register.search_key = fold(f"{title} {number}")
