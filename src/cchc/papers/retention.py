"""What this room keeps: files of legal bases that nobody decided about. What it holds of what lower rooms keep: files
that are the signed form of a paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from cchc.audit.actors import Actor
from cchc.papers.actions.basis_imports import set_bases_aside
from cchc.papers.models import BasesImport, SignedFile
from cchc.privacy.kept import Hold, kept_rows
from cchc.records.text import LocalText


def _set_aside(*, actor: Actor, now: datetime, rows: Sequence[BasesImport]) -> None:
    for made in rows:
        set_bases_aside(actor=actor, now=now, number=made.pk)


imports = kept_rows(
    "papers.imports",
    LocalText("Tệp nhập căn cứ pháp lý chưa quyết định", "Files of legal bases that nobody decided about"),
    "uploaded",
    "close",
    BasesImport.undecided,
    _set_aside,
)


def _signed(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(Exists(SignedFile.objects.filter(file=OuterRef("pk"))))


HOLDS: Final[dict[str, Hold]] = {"files.uncited": _signed}
