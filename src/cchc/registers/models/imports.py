"""Files of entries that were handed in."""

from __future__ import annotations

from django.db import models

from cchc.organizations.models import HandedIn, Official
from cchc.registers.models.registers import Register


class EntriesImport(HandedIn):
    """One file for a register: looked at first, then carried out whole or not at all, or laid aside."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="imports")
    uploaded_by = models.ForeignKey(Official, models.PROTECT, related_name="entries_imports")
