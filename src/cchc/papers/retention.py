"""What this room holds of what lower rooms keep: files that are the signed form of a paper."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from cchc.papers.models import SignedFile
from cchc.privacy.kept import Hold


def _signed(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(Exists(SignedFile.objects.filter(file=OuterRef("pk"))))


HOLDS: Final[dict[str, Hold]] = {"files.uncited": _signed}
