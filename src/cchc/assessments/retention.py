"""What this room keeps: files of answers that nobody decided about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cchc.assessments.actions.imports import set_answers_aside
from cchc.assessments.models import AnswersImport
from cchc.audit.actors import Actor
from cchc.privacy.kept import kept_rows
from cchc.records.text import LocalText


def _set_aside(*, actor: Actor, now: datetime, rows: Sequence[AnswersImport]) -> None:
    for made in rows:
        set_answers_aside(actor=actor, now=now, number=made.pk)


imports = kept_rows(
    "assessments.imports",
    LocalText("Tệp bản chấm điểm chưa quyết định", "Files of answers that nobody decided about"),
    "uploaded",
    "close",
    AnswersImport.undecided,
    _set_aside,
)
