"""What this room keeps: what owners wrote, while it serves to put right what they named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from cchc.audit.actors import Actor
from cchc.feedback.actions.rating import erase_words
from cchc.feedback.models import Rating
from cchc.privacy.kept import kept_rows
from cchc.records.text import LocalText


def _written(before: datetime) -> QuerySet[Rating]:
    return Rating.objects.filter(rated_at__lt=before).exclude(words="").order_by("pk")


def _erase(*, actor: Actor, now: datetime, rows: Sequence[Rating]) -> None:
    erase_words(actor=actor, now=now, ratings=rows)


rating_words = kept_rows(
    "feedback.rating_words",
    LocalText("Ý kiến viết trong phiếu đánh giá hồ sơ", "Words in ratings of dossiers"),
    "made",
    "redact",
    _written,
    _erase,
)
