"""By what a dossier is found."""

from __future__ import annotations

from cchc.dossiers.models import Dossier
from cchc.records.search import fold


def search_key_of(dossier: Dossier) -> str:
    """Code, owner, number, subject, procedure."""
    procedure = dossier.procedure_version.procedure
    words = (dossier.code, dossier.owner_name, dossier.owner_number, dossier.subject, procedure.code, procedure.name_vi)
    return fold(" ".join(words))
