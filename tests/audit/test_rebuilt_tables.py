from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection, models

from cchc.audit.models import AuditEvent
from cchc.audit.queries import verify_chain
from cchc.audit.triggers import missing_triggers
from tests.audit.engines import only_sqlite
from tests.audit.notes import HOA, NOON, note_words


@only_sqlite
@pytest.mark.requirement(125)
def test_triggers_lost_by_altering_a_column_come_back(committed_notes: str) -> None:
    note_words(actor=HOA, now=NOON, count=3)
    wider = models.CharField(max_length=300)
    wider.set_attributes_from_name("kind")
    with connection.schema_editor() as editor:
        editor.alter_field(AuditEvent, AuditEvent._meta.get_field("kind"), wider)
    assert "audit_auditevent_no_update" in missing_triggers()
    call_command("migrate", verbosity=0)
    assert missing_triggers() == ()
    assert verify_chain().is_valid
