"""Files of procedures that were handed in."""

from __future__ import annotations

from cchc.procedures.models import CatalogueImport
from cchc.records.errors import refuse


def get_catalogue_import(number: int) -> CatalogueImport:
    """With its keeper. Raises `procedures.import_not_found`."""
    made = CatalogueImport.objects.select_related("keeper").filter(pk=number).first()
    if made is None:
        raise refuse("procedures.import_not_found")
    return made
