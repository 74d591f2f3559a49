"""The tables of this room: where dossiers are read from, and the ledger kept of them."""

from __future__ import annotations

from cchc.oversight.models.kept import KeptDossier, KeptShare, KeptSpell, KeptSum
from cchc.oversight.models.sources import DelayLoad, DelaySource, SourceKind

__all__ = [
    "DelayLoad",
    "DelaySource",
    "KeptDossier",
    "KeptShare",
    "KeptSpell",
    "KeptSum",
    "SourceKind",
]
