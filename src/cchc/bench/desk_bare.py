"""What completing a step writes, and nothing else: what somebody would write down who knows Django and is in a hurry.

No rights, no state tables, no working time, no stale clicks; one transaction, the same rows, chained by the same hash.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_hex
from typing import Any

from django.db import models, transaction
from django.forms.models import model_to_dict

from cchc.audit.models import AuditEvent, AuditHead, AuditPayload
from cchc.dossiers.models import Dossier, DossierEvent, ProgressReport, StepInstance


def advance_barely(step_key: int, official: int) -> None:
    """The step is done and the next one begins."""
    now = datetime.now(UTC)
    with transaction.atomic():
        step = StepInstance.objects.select_related("dossier").select_for_update(of=("self",)).get(pk=step_key)
        following = StepInstance.objects.get(dossier=step.dossier, place=step.place + 1)
        was = model_to_dict(step)
        step.state, step.ended_at = "done", now
        following.state, following.begun_at, following.due_at = "queued", now, now + timedelta(hours=4)
        for one, act in ((step, "complete"), (following, "begin")):
            _save(one)
            event = DossierEvent(
                dossier=step.dossier, at=now, act=act, state="processing", step=one, step_state=one.state,
                holder=one.holder, by_id=official, by_as="Công chức", due_at=step.dossier.due_at,
            )  # fmt: skip
            models.QuerySet(DossierEvent).bulk_create([event])
        reported = {"number": step.dossier.reports_made + 1, "national_code": 4, "status": "queued"}
        report = ProgressReport(dossier=step.dossier, state="processing", at=now, **reported)
        models.QuerySet(ProgressReport).bulk_create([report])
        models.QuerySet(Dossier).filter(pk=step.dossier_id).update(
            state="processing", version=step.dossier.version + 1, synchronisation="queued", reported_code=4,
            reports_made=step.dossier.reports_made + 1,
        )  # fmt: skip
        _chain(now, {"before": was, "after": model_to_dict(step)}, {"after": model_to_dict(following)})


def _save(one: models.Model) -> None:
    """Every column, as `save` does."""
    values = {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
    models.QuerySet(type(one)).filter(pk=values.pop("id")).update(**values)


def _chain(now: datetime, *bodies: dict[str, Any]) -> None:
    head = models.QuerySet(AuditHead).select_for_update().get()
    events, payloads, link = list[AuditEvent](), list[AuditPayload](), head.hash
    for at, body in enumerate(bodies, head.sequence + 1):
        salt, text = token_hex(32), json.dumps(body, default=str, sort_keys=True)
        payload_hash = sha256((salt + text).encode()).hexdigest()
        previous, link = link, sha256(f"{at}{now}{link}{payload_hash}".encode()).hexdigest()
        event = AuditEvent(
            sequence=at, at=now, kind="dossiers.step_complete", actor_kind="official", actor_identity="bench",
            subject_type="dossiers.StepInstance", subject_id=str(at), personal=True, payload_hash=payload_hash,
            previous_hash=previous, hash=link,
        )  # fmt: skip
        events.append(event)
        payloads.append(AuditPayload(event=event, salt=salt, body=text))
    models.QuerySet(AuditEvent).bulk_create(events)
    models.QuerySet(AuditPayload).bulk_create(payloads)
    models.QuerySet(AuditHead).update(sequence=head.sequence + len(bodies), hash=link)
