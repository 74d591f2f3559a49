"""Files of procedures that were handed in."""

from __future__ import annotations

from django.db import models

from cchc.organizations.models import HandedIn, Official, Unit


class CatalogueImport(HandedIn):
    """One file for the catalogue of a unit: looked at first, then carried out whole or not at all, or laid aside."""

    keeper = models.ForeignKey(Unit, models.PROTECT, related_name="catalogue_imports")
    uploaded_by = models.ForeignKey(Official, models.PROTECT, related_name="catalogue_imports")
