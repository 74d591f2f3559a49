"""By what a dossier is found."""

from __future__ import annotations

from typing import Final

from cchc.dossiers.models import Dossier
from cchc.records.search import fold

_LONGEST: Final = 800
"""Letters of a key: what an index of PostgreSQL may hold of a row, three bytes each at the most."""


def search_key_of(dossier: Dossier) -> str:
    """Code, owner, number, subject, procedure."""
    procedure = dossier.procedure_version.procedure
    words = (dossier.code, dossier.owner_name, dossier.owner_number, dossier.subject, procedure.code, procedure.name_vi)
    return fold(" ".join(words))[:_LONGEST]
