"""A room of the tests: one recorded model, its kinds of events, its actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from unittest.mock import patch

from django.db import connection, models

from cchc.audit import kinds
from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.audit.audit_kinds import KINDS
from cchc.audit.models import Recorded
from cchc.records.text import LocalText

WRITTEN, CHANGED = "audit_notes.written", "audit_notes.changed"
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
HOA = Actor("official", "hoa@kon-ray", "Trần Thị Hoà")


class Note(Recorded):
    text = models.CharField(max_length=200)

    class Meta:
        app_label = "audit_notes"

    def __str__(self) -> str:
        return self.text


@contextmanager
def room_present() -> Iterator[None]:
    """The room's table (rolled back with the test) and its kinds."""
    key = "integer PRIMARY KEY AUTOINCREMENT" if connection.vendor == "sqlite" else "bigserial PRIMARY KEY"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS audit_notes_note (id {key}, text varchar(200) NOT NULL)")
    with kinds_present():
        yield


@contextmanager
def kinds_present() -> Iterator[None]:
    listed = {**KINDS, WRITTEN: LocalText("Ghi chú", "Note"), CHANGED: LocalText("Sửa ghi chú", "Note changed")}
    with patch.object(kinds, "known_kinds", lambda: listed):
        yield


@action
def write_note(*, actor: Actor, now: datetime, text: str) -> Note:
    note = Note.objects.create(text=text)
    record(WRITTEN, note, after=values_of(note))
    return note


@action
def note_words(*, actor: Actor, now: datetime, count: int, start: int = 0) -> None:
    """Events about things that have no table."""
    for number in range(start, start + count):
        record(WRITTEN, ("audit_notes.Word", number), after={"word": f"từ {number}"}, personal=number % 2 == 0)
