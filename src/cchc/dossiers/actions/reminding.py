"""Reminders by leaders, once a day and step; late dossiers reported up by rule, once a level and appointment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.recording import RELATED, note
from cchc.dossiers.actions.telling import recipients_of, tell_escalated, tell_reminded
from cchc.dossiers.audit_kinds import ESCALATED, REMINDED
from cchc.dossiers.models import Dossier, Escalation, Reminder, StepInstance
from cchc.dossiers.queries.leading import Due
from cchc.dossiers.shown_events import ESCALATE, REMIND
from cchc.dossiers.states import HELD, RUNNING
from cchc.followups.actions.recording import required
from cchc.organizations.doers import done_by
from cchc.records.errors import refuse


@action
def remind(*, actor: Actor, now: datetime, step: StepInstance, text: str) -> Reminder:
    """Whoever holds the step is told, in words; no time moves and nobody's click becomes stale.

    Raises `dossiers.nobody_to_remind`, `dossiers.reminded_today`, `followups.nothing_said`.
    """
    words = required(text)
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=step.dossier_id)
    locked = StepInstance.objects.select_related("holder").get(pk=step.pk)
    locked.dossier = dossier
    if locked.state != HELD or locked.holder is None:
        raise refuse("dossiers.nobody_to_remind")
    day = localdate(now)
    before = Reminder.objects.filter(step=locked, on=day).select_related("reminded_by").order_by("pk").first()
    if before is not None:
        raise refuse("dossiers.reminded_today", who=before.reminded_by.name if before.reminded_by else "")
    made = Reminder.objects.create(
        step=locked, on=day, holder=locked.holder, text=words, reminded_at=now, **done_by(actor, "reminded")
    )  # fmt: skip
    note(dossier, REMIND, actor, now, step=locked, text=words)
    record(REMINDED, made, after=values_of(made))
    tell_reminded(made, actor, now)
    return made


@action
def escalate(*, actor: Actor, now: datetime, found: Sequence[Due]) -> int:
    """Each is reported to those with the role of its rule, once. What was settled or appointed anew since is left out,
    and what nobody could be told waits for somebody. Answers how many.
    """
    keys = {one.dossier for one in found}
    late = Dossier.objects.select_for_update(of=("self",)).select_related(*RELATED).filter(pk__in=keys)
    dossiers = {one.pk: one for one in late.filter(state__in=RUNNING).order_by("pk")}
    told = recipients_of({(one.rule.to, dossiers[one.dossier]) for one in found if one.dossier in dossiers}, now)
    made = []
    for one in found:
        dossier = dossiers.get(one.dossier)
        if dossier is None or dossier.due_at != one.due_at or not told.get((one.rule.to, dossier.pk)):
            continue
        row, is_new = Escalation.objects.get_or_create(
            dossier=dossier, rule=one.rule.id, due_at=one.due_at, defaults={"role": one.rule.to, "escalated_at": now}
        )  # fmt: skip
        if is_new:
            note(dossier, ESCALATE, actor, now)
            record(ESCALATED, row, after=values_of(row))
            made.append(row)
    if not made:
        nothing_changed()
        return 0
    tell_escalated(made, told, actor, now)
    return len(made)
