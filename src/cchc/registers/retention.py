"""What this room keeps: files of entries that nobody decided about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cchc.audit.actors import Actor
from cchc.privacy.kept import kept_rows
from cchc.records.text import LocalText
from cchc.registers.actions.imports import set_entries_aside
from cchc.registers.models import EntriesImport


def _set_aside(*, actor: Actor, now: datetime, rows: Sequence[EntriesImport]) -> None:
    for made in rows:
        set_entries_aside(actor=actor, now=now, number=made.pk)


imports = kept_rows(
    "registers.imports",
    LocalText(
        "Tệp nhập dòng của sổ theo dõi chưa quyết định", "Files of entries of registers that nobody decided about"
    ),
    "uploaded",
    "close",
    EntriesImport.undecided,
    _set_aside,
)
