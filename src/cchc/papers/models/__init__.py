"""Everything here is written by actions only; an issued paper is never changed, it is withdrawn or replaced."""

from cchc.papers.models.approvals import ApprovalRequest
from cchc.papers.models.bases import LegalBasis
from cchc.papers.models.imports import BasesImport
from cchc.papers.models.numbering import NumberSeries
from cchc.papers.models.papers import CitedBasis, Paper, PaperState
from cchc.papers.models.signed import SignedFile
from cchc.papers.models.templates import TemplateVersion, TextTemplate

__all__ = [
    "ApprovalRequest",
    "BasesImport",
    "CitedBasis",
    "LegalBasis",
    "NumberSeries",
    "Paper",
    "PaperState",
    "SignedFile",
    "TemplateVersion",
    "TextTemplate",
]
