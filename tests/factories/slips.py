"""Registers of dossiers for tests."""

from __future__ import annotations

from cchc.audit.recording import unguarded
from cchc.organizations.models import Unit
from cchc.slips.models import RegisterBook
from cchc.slips.states import OPEN
from tests.factories.organizations import NOW


def register_of(unit: Unit, year: int) -> RegisterBook:
    """An open one without lines."""
    with unguarded():
        return RegisterBook.objects.create(unit=unit, year=year, state=OPEN, opened_at=NOW)
