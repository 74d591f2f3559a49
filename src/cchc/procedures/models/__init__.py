"""The tables of this room. Nothing is deleted: a version ends or is withdrawn, a line is struck out."""

from __future__ import annotations

from cchc.procedures.models.catalogue import Procedure
from cchc.procedures.models.imports import CatalogueImport
from cchc.procedures.models.publications import Publication, Review
from cchc.procedures.models.versions import ProcedureVersion

__all__ = ["CatalogueImport", "Procedure", "ProcedureVersion", "Publication", "Review"]
