"""The tables of this room: where dossiers are read from, the ledger kept of them, and the names in logs."""

from __future__ import annotations

from cchc.oversight.models.kept import KeptDossier, KeptShare, KeptSpell, KeptSum
from cchc.oversight.models.logs import LogImport, Meant, NameKind, SourceName
from cchc.oversight.models.sources import DelayLoad, DelaySource, SourceKind

__all__ = [
    "DelayLoad",
    "DelaySource",
    "KeptDossier",
    "KeptShare",
    "KeptSpell",
    "KeptSum",
    "LogImport",
    "Meant",
    "NameKind",
    "SourceKind",
    "SourceName",
]
