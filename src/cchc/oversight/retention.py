"""What this room keeps for a while: first rows of logs that nobody decided about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from cchc.audit.actors import Actor
from cchc.oversight.actions.logs import set_log_aside
from cchc.oversight.models import LogImport
from cchc.oversight.states_logs import ASIDE, LOADED, LOADING
from cchc.privacy.kept import kept_rows
from cchc.records.text import LocalText


def _undecided(before: datetime) -> QuerySet[LogImport]:
    undecided = LogImport.objects.exclude(state__in=(LOADING, LOADED, ASIDE))
    return undecided.filter(handed_in_at__lt=before).defer("looked", "tried").order_by("pk")


def _set_aside(*, actor: Actor, now: datetime, rows: Sequence[LogImport]) -> None:
    for made in rows:
        set_log_aside(actor=actor, now=now, number=made.pk)


logs = kept_rows(
    "oversight.logs",
    LocalText("Nhật ký nhập chưa quyết định: các dòng đầu", "Logs that nobody decided about: their first rows"),
    "uploaded",
    "close",
    _undecided,
    _set_aside,
)
