"""What this room keeps: files that nobody ever cited. Contents without a file go by the nightly sweep (`jobs`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from cchc.audit.actors import Actor
from cchc.files.actions import delete_uncited
from cchc.files.models import Citation, StoredFile
from cchc.privacy.kept import Hold, kept_rows
from cchc.records.text import LocalText

UNCITED: Final = "files.uncited"


def _uncited(before: datetime) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(uploaded_at__lt=before).order_by("pk")


def _delete(*, actor: Actor, now: datetime, rows: Sequence[StoredFile]) -> None:
    delete_uncited(actor=actor, now=now, files=rows)


uncited = kept_rows(
    UNCITED,
    LocalText("Tệp chưa được viện dẫn ở đâu, kể cả tệp cách ly", "Files cited nowhere, quarantined ones too"),
    "uploaded",
    "delete",
    _uncited,
    _delete,
)


def _ever_cited(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Files that prove, or proved, something: as long as what they were cited for."""
    return rows.filter(Exists(Citation.objects.filter(file=OuterRef("pk"))))


HOLDS: Final[dict[str, Hold]] = {UNCITED: _ever_cited}
