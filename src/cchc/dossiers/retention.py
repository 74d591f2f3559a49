"""What this room keeps for a while: files of dossiers that nobody decided about, what rows said that became none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from cchc.audit.actors import Actor
from cchc.dossiers.actions.bulk import forget_rows, set_batch_aside
from cchc.dossiers.kept_owners import HOLDS, contacts, owners
from cchc.dossiers.models import IntakeBatch, IntakeRow
from cchc.privacy.kept import kept_rows
from cchc.records.text import LocalText


def _set_aside(*, actor: Actor, now: datetime, rows: Sequence[IntakeBatch]) -> None:
    for made in rows:
        set_batch_aside(actor=actor, now=now, number=made.pk)


def _not_received(before: datetime) -> QuerySet[IntakeRow]:
    """Rows of lists carried out before that moment that became no dossier and still say something."""
    said = IntakeRow.objects.filter(dossier=None, batch__committed_at__lt=before).exclude(said={})
    return said.order_by("pk")


batches = kept_rows(
    "dossiers.batches",
    LocalText("Tệp hồ sơ chưa quyết định", "Files of dossiers that nobody decided about"),
    "uploaded",
    "close",
    IntakeBatch.undecided,
    _set_aside,
)
rows = kept_rows(
    "dossiers.rows",
    LocalText("Dòng không tiếp nhận được trong danh sách", "Rows of lists that were not received"),
    "made",
    "redact",
    _not_received,
    forget_rows,
)

__all__ = ["HOLDS", "batches", "contacts", "owners", "rows"]
