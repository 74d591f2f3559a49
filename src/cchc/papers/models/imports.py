"""Files of legal bases that were handed in."""

from __future__ import annotations

from django.db import models

from cchc.organizations.models import HandedIn, Official, Unit


class BasesImport(HandedIn):
    """One file for the library of `unit`: looked at first, then carried out whole or not at all, or laid aside.

    `uploaded_by` is null at the command line.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bases_imports")
    uploaded_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="bases_imports")
