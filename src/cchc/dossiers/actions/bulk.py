"""Many dossiers at once: a list is handed in or typed, and a job receives its rows one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.timezone import localdate

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.intake import receive
from cchc.dossiers.audit_kinds import (
    BATCH_CARRIED_OUT,
    BATCH_HANDED_IN,
    BATCH_SET_ASIDE,
    EARLIER_CLAIMED,
    ROW_FORGOTTEN,
    ROW_RECEIVED,
    ROW_REFUSED,
)
from cchc.dossiers.bulk.layout import MOMENT
from cchc.dossiers.bulk.planning import intake_of, plan_file
from cchc.dossiers.models import Dossier, EarlierReception, IntakeBatch, IntakeRow
from cchc.dossiers.permissions import may_receive
from cchc.dossiers.queries.bulk import RECEIVE_BATCH, received_here
from cchc.followups.actions.recording import required
from cchc.interface.actions import request_job
from cchc.organizations.doers import done_by
from cchc.organizations.models import Account, Official, Unit
from cchc.organizations.viewers import Viewer, viewer_of
from cchc.records.errors import DomainError, Problem, refuse
from cchc.records.text import Language
from cchc.records.words import say

_LONGEST_NAME = 255


@action
def hand_in_batch(
    *, actor: Actor, now: datetime, unit: Unit, file: str, content: bytes, official: Official,
    principal: Official | None = None,
) -> IntakeBatch:  # fmt: skip
    """Keep a file until it is decided about."""
    made = IntakeBatch.objects.create(
        unit=unit, file=file[-_LONGEST_NAME:], sha256=sha256(content).hexdigest(), content=content, asked_by=official,
        asked_for=principal, uploaded_at=now,
    )  # fmt: skip
    record(BATCH_HANDED_IN, made, after={"file": made.file, "sha256": made.sha256})
    return made


@action
def carry_out_batch(*, actor: Actor, now: datetime, number: int, skips_faulty: bool = False) -> IntakeBatch:
    """Its rows are kept, and a job is asked for that receives them; rows with faults are left out where that is wanted.

    Raises `dossiers.batch_over`, the problems of the file, `dossiers.batch_nothing`.
    """
    batch = _open_batch(number)
    plan = plan_file(bytes(batch.content), batch.file, batch.unit, now)
    if plan.problems and not skips_faulty:
        raise DomainError(*plan.problems)
    left_out = [_left_out(batch, place, plan.wrong.get(place, {}), why) for place, why in plan.left_out.items()]
    return _begin(batch, [(row.place, row.said) for row in plan.rows], actor, now, left_out)


@action
def receive_several(
    *, actor: Actor, now: datetime, unit: Unit, rows: Sequence[Mapping[str, Any]], official: Official,
    principal: Official | None = None,
) -> IntakeBatch:  # fmt: skip
    """The same of rows that were typed. Raises `dossiers.batch_nothing`."""
    batch = IntakeBatch.objects.create(
        unit=unit, asked_by=official, asked_for=principal, uploaded_at=now, is_typed=True
    )
    return _begin(batch, list(enumerate(rows, 1)), actor, now)


@action
def set_batch_aside(*, actor: Actor, now: datetime, number: int) -> IntakeBatch:
    """Do not carry it out; its content is erased. Raises `dossiers.batch_over`."""
    batch = _open_batch(number)
    batch.set_aside_at, batch.content = now, b""
    batch.save(update_fields=["content", "set_aside_at"])
    record(BATCH_SET_ASIDE, batch)
    return batch


@action
def receive_row(*, actor: Actor, now: datetime, row: int) -> None:
    """One row becomes a dossier, or it is kept why not; once, however often it is asked for.

    Received by who carried the list out, with the rights of this moment. Raises what `may_receive` denies.
    """
    batch_of = IntakeRow.objects.select_for_update(of=("self",)).select_related("batch__unit", "batch__asked_by")
    locked = batch_of.select_related("batch__asked_for").get(pk=row)
    if locked.dossier_id is not None or locked.why_vi:
        nothing_changed()
        return
    viewer = _standing(locked.batch, now)
    may_receive(viewer, locked.batch.unit).require()
    try:
        locked.dossier = _received(locked, viewer, now)
    except DomainError as error:
        locked.why_vi, locked.why_en = _words(error.problems, "vi"), _words(error.problems, "en")
    else:
        locked.said = {}
    locked.save(update_fields=["dossier", "said", "why_vi", "why_en"])
    kind = ROW_REFUSED if locked.why_vi else ROW_RECEIVED
    record(kind, locked, after={"dossier": locked.dossier_id, "why_vi": locked.why_vi})


@action
def forget_rows(*, actor: Actor, now: datetime, rows: Sequence[IntakeRow]) -> None:
    """What was typed in rows that were not received is erased; why they were not stays."""
    for row in rows:
        row.said = {}
        row.save(update_fields=["said"])
        record(ROW_FORGOTTEN, row)


def claim_earlier(
    dossier: Dossier, handed_in_at: datetime, evidence: str, actor: Actor, now: datetime
) -> EarlierReception:
    """When it was really handed in on paper, beside the system's own moment. Raises `dossiers.batch_moment_to_come`,
    `followups.nothing_said`.
    """
    if handed_in_at > now:
        raise refuse("dossiers.batch_moment_to_come")
    claim = EarlierReception.objects.create(
        dossier=dossier, handed_in_at=handed_in_at, evidence=required(evidence), claimed_at=now,
        **done_by(actor, "claimed"),
    )  # fmt: skip
    record(EARLIER_CLAIMED, claim, after=values_of(claim))
    return claim


def _open_batch(number: int) -> IntakeBatch:
    batch = IntakeBatch.objects.select_for_update(of=("self",)).select_related("unit").get(pk=number)
    if not batch.is_open:
        raise refuse("dossiers.batch_over")
    return batch


def _begin(
    batch: IntakeBatch, rows: Sequence[tuple[int, Mapping[str, Any]]], actor: Actor, now: datetime,
    left_out: Sequence[IntakeRow] = (),
) -> IntakeBatch:  # fmt: skip
    if not rows:
        raise refuse("dossiers.batch_nothing")
    received = [IntakeRow(batch=batch, place=place, said=dict(said)) for place, said in rows]
    IntakeRow.objects.bulk_create([*received, *left_out])
    batch.committed_at, batch.content = now, b""
    batch.save(update_fields=["content", "committed_at"])
    record(BATCH_CARRIED_OUT, batch, after={"file": batch.file, "rows": len(rows)})
    request_job(actor=actor, now=now, kind=RECEIVE_BATCH, parameters={"number": batch.pk}, key=str(batch.pk))
    return batch


def _left_out(batch: IntakeBatch, place: int, said: Mapping[str, Any], why: Sequence[Problem]) -> IntakeRow:
    """A row that was wrong when the list was carried out stays with what was wrong."""
    return IntakeRow(batch=batch, place=place, said=dict(said), why_vi=_words(why, "vi"), why_en=_words(why, "en"))


def _words(problems: Sequence[Problem], language: Language) -> str:
    return " ".join(say(one.message, language) for one in problems)


def _standing(batch: IntakeBatch, now: datetime) -> Viewer:
    """Who carried it out, with what they hold at this moment. Raises `dossiers.receivers_not_allowed`."""
    account = Account.objects.filter(official=batch.asked_by).select_related("official").order_by("pk").first()
    if account is None:
        raise refuse("dossiers.receivers_not_allowed")
    principal = "" if batch.asked_for is None else batch.asked_for.code
    return viewer_of(account, localdate(now), principal, used_second_factor=True)


def _received(row: IntakeRow, viewer: Viewer, now: datetime) -> Dossier:
    return _receive_row(actor=viewer.actor(), now=now, row=row, receiver=viewer.acting)


@action
def _receive_row(*, actor: Actor, now: datetime, row: IntakeRow, receiver: Official) -> Dossier:
    """All of it or nothing: the dossier, and when it was really handed in."""
    said, unit = row.said, row.batch.unit
    version = received_here(unit, localdate(now)).get(str(said.get("procedure", "")))
    if version is None:
        raise refuse("dossiers.batch_not_received", code=said.get("procedure", ""))
    dossier = receive(
        actor=actor, now=now, unit=unit, procedure=version.procedure, intake=intake_of(said, version.value),
        receiver=receiver,
    )  # fmt: skip
    if said.get(MOMENT):
        claim_earlier(dossier, datetime.fromisoformat(said[MOMENT]), said.get("evidence", ""), actor, now)
    return dossier
