"""Intake: a dossier is registered under its code and received, or refused with a reason. All of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from secrets import choice
from typing import Final

from django.utils.timezone import localdate

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.filing import cite_for_paper
from cchc.dossiers.actions.moving import create_steps
from cchc.dossiers.actions.recording import go_on, keep, note, reasoned
from cchc.dossiers.audit_kinds import CODE_GIVEN, REGISTERED
from cchc.dossiers.models import Appointment, CodeSeries, Component, Dossier, Slip
from cchc.dossiers.queries.duplicates import open_duplicate
from cchc.dossiers.searching import search_key_of
from cchc.dossiers.shown_events import REGISTER
from cchc.dossiers.states import DELIVERY, DOSSIER, NOTHING_OWED, OWED, PAID
from cchc.dossiers.terms import terms_of
from cchc.dossiers.timing import timing_of
from cchc.files.models import StoredFile
from cchc.followups.actions.recording import required, said
from cchc.organizations.calendars import load_calendar
from cchc.organizations.doers import done_by
from cchc.organizations.models import Official, Unit
from cchc.organizations.timelines import calendar_from
from cchc.organizations.viewers import public_viewer
from cchc.procedures.models import Procedure
from cchc.procedures.queries.catalogue import procedures_in_force, settling_unit
from cchc.procedures.queries.versions import kept_version_on
from cchc.records.errors import refuse

_SIGNS_OF_SLIPS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is mistaken for another
_LENGTH_OF_SLIPS: Final = 10


@dataclass(frozen=True, slots=True)
class Person:
    """Whose dossier it is, and who hands it in where that is somebody else."""

    name: str
    number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    submitter_name: str = ""
    submitter_number: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper handed in, in how many originals, certified copies and plain copies; as a file, with the `files` that are
    kept; or known already, from a paper of an earlier dossier where it is `reused_from` one.
    """

    name: str
    component: str = ""
    originals: int = 0
    certified: int = 0
    copies: int = 0
    has_file: bool = False
    is_reused: bool = False
    files: Sequence[StoredFile] = ()
    reused_from: Component | None = None

    @property
    def is_there(self) -> bool:
        """Whether anything of it is."""
        counted = self.originals or self.certified or self.copies
        return bool(counted or self.has_file or self.is_reused or self.files)


@dataclass(frozen=True, slots=True)
class Intake:
    """What is handed in: by whom, by which way, which papers; `receipt` where the fee was paid on the spot."""

    person: Person
    papers: Sequence[Paper] = ()
    channel: str = "direct"
    subject: str = ""
    receipt: str = ""
    is_no_duplicate: bool = False


@action
def receive(
    *, actor: Actor, now: datetime, unit: Unit, procedure: Procedure, intake: Intake, receiver: Official | None = None,
    is_sample: bool = False,
) -> Dossier:  # fmt: skip
    """A dossier is received: code, slip, appointment, its steps; the first is the receiver's where the role fits.

    Raises `dossiers.not_competent`, `dossiers.paper_missing`, `dossiers.maybe_duplicate`, `records.not_in_force`,
    `procedures.version_stale` where another version was published meanwhile, `followups.nothing_said`.
    """
    _check_competent(unit, procedure, now)
    dossier = _registered(unit, procedure, intake, actor, now, is_sample)
    _check_papers(dossier, intake.papers)
    _check_duplicate(dossier, intake)
    before = values_of(dossier)
    dossier.received_at = now
    go_on(dossier, "receive")
    dossier.fee = sum(fee.amount for fee in terms_of(dossier).fees)
    dossier.receipt = said(intake.receipt)
    dossier.finance = NOTHING_OWED if not dossier.fee else PAID if dossier.receipt else OWED
    first = timing_of(dossier).clock(now)
    if first is not None:
        dossier.first_due_at = dossier.due_at = first.due_at
        made = done_by(actor, "made")
        Appointment.objects.create(dossier=dossier, made_at=now, due_at=first.due_at, **made)
    note(dossier, "receive", actor, now)
    keep(dossier, "receive", before)
    create_steps(dossier, actor, now, receiver)
    return dossier


@action
def refuse_intake(
    *, actor: Actor, now: datetime, unit: Unit, procedure: Procedure, intake: Intake, reason_code: str, reason: str
) -> Dossier:
    """What is handed in is refused, under a code of its own, with the reason that form 03 states.

    Raises `dossiers.unknown_reason`, `followups.nothing_said`, `records.not_in_force`.
    """
    words = reasoned("refuse", reason_code, reason)
    dossier = _registered(unit, procedure, intake, actor, now, False)
    before = values_of(dossier)
    go_on(dossier, "refuse")
    dossier.ended_at = now
    note(dossier, "refuse", actor, now, reason_code=reason_code, text=words)
    return keep(dossier, "refuse", before, words)


def _registered(
    unit: Unit, procedure: Procedure, intake: Intake, actor: Actor, now: datetime, is_sample: bool
) -> Dossier:
    """In the first state, under the next code of the unit and day, with its papers and the token of its slip."""
    day = localdate(now)
    version = kept_version_on(procedure, day)
    version.procedure = procedure
    settles = settling_unit(procedure, unit, day)
    calendar = load_calendar(calendar_from(settles.pk, day))
    person = _tidied(intake.person)
    dossier = Dossier(
        code=_take_code(unit, day), unit=unit, settling_unit=settles, procedure_version=version,
        subject=said(intake.subject), channel=intake.channel, owner_name=required(person.name),
        owner_number=person.number, owner_address=person.address, owner_phone=person.phone,
        owner_email=person.email, submitter_name=person.submitter_name, submitter_number=person.submitter_number,
        state=DOSSIER.first, finance=NOTHING_OWED, delivery=DELIVERY.first, submitted_at=now, calendar=calendar.id,
        calendar_hash=calendar.hash, is_sample=is_sample,
    )  # fmt: skip
    dossier.search_key = search_key_of(dossier)
    dossier.save()
    # The insertion waited for whoever was withdrawing or ending the version meanwhile: it is looked at once more.
    if kept_version_on(procedure, day).pk != version.pk:
        raise refuse("procedures.version_stale", day=version.starts_on)
    Slip.objects.create(dossier=dossier, token="".join(choice(_SIGNS_OF_SLIPS) for _ in range(_LENGTH_OF_SLIPS)))
    came = add_components(dossier, intake.papers, actor, now)
    note(dossier, REGISTER, actor, now)
    record(REGISTERED, dossier, after=values_of(dossier) | {"papers": came})
    return dossier


def add_components(dossier: Dossier, papers: Sequence[Paper], actor: Actor, now: datetime) -> int:
    """Papers that came, behind those that are there, each with its files; how many. Raises what `files.actions.cite`
    raises.
    """
    there = [paper for paper in papers if paper.is_there]
    first = Component.objects.filter(dossier=dossier).count() + 1
    made = Component.objects.bulk_create([_component(dossier, n, paper, now) for n, paper in enumerate(there, first)])
    for component, paper in zip(made, there, strict=True):
        cite_for_paper(component, paper.files, actor, now)
    return len(there)


def _component(dossier: Dossier, place: int, paper: Paper, now: datetime) -> Component:
    return Component(
        dossier=dossier, place=place, component=paper.component, name=required(paper.name), originals=paper.originals,
        certified=paper.certified, copies=paper.copies, has_file=paper.has_file or bool(paper.files),
        is_reused=paper.is_reused, reused_from=paper.reused_from, taken_in_at=now,
    )  # fmt: skip


def _take_code(unit: Unit, day: date) -> str:
    """The next code of the unit on that day. Its series is locked until the action ends, and goes back with it."""
    series, _ = CodeSeries.objects.select_for_update().get_or_create(unit=unit, on=day)
    before = values_of(series)
    series.last += 1
    series.save(update_fields=["last"])
    record(CODE_GIVEN, series, before=before, after=values_of(series))
    return f"{unit.code}-{day:%y%m%d}-{series.last:04}"


def _check_competent(unit: Unit, procedure: Procedure, now: datetime) -> None:
    day = localdate(now)
    if not procedures_in_force(public_viewer(day), unit, day).filter(pk=procedure.pk).exists():
        raise refuse("dossiers.not_competent", procedure=procedure.name)


def _check_papers(dossier: Dossier, papers: Sequence[Paper]) -> None:
    """Every paper that the version asks for is there, in one form or another."""
    there = {paper.component for paper in papers if paper.is_there}
    missing = [one.name for one in terms_of(dossier).components if one.id not in there]
    if missing:
        raise refuse("dossiers.paper_missing", papers=tuple(missing))


def _check_duplicate(dossier: Dossier, intake: Intake) -> None:
    same = None if intake.is_no_duplicate else open_duplicate(dossier)
    if same is not None:
        raise refuse("dossiers.maybe_duplicate", code=same.code, day=localdate(same.submitted_at))


def _tidied(person: Person) -> Person:
    lines = {name: " ".join(said(getattr(person, name)).split()) for name in Person.__dataclass_fields__}
    return replace(person, **lines)
