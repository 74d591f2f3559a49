"""What this room keeps: files of procedures that nobody decided about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cchc.audit.actors import Actor
from cchc.privacy.kept import kept_rows
from cchc.procedures.actions.imports import set_catalogue_aside
from cchc.procedures.models import CatalogueImport
from cchc.records.text import LocalText


def _set_aside(*, actor: Actor, now: datetime, rows: Sequence[CatalogueImport]) -> None:
    for made in rows:
        set_catalogue_aside(actor=actor, now=now, number=made.pk)


imports = kept_rows(
    "procedures.imports",
    LocalText("Tệp nhập danh mục thủ tục chưa quyết định", "Files of procedures that nobody decided about"),
    "uploaded",
    "close",
    CatalogueImport.undecided,
    _set_aside,
)
