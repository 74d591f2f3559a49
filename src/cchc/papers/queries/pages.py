"""What the page of one paper shows beside it: reads that need nothing of each other, asked together."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from cchc.audit.recording import subject_of
from cchc.files.attached import listed
from cchc.files.models import Citation
from cchc.interface.together import Reads
from cchc.organizations.viewers import Viewer
from cchc.papers.models import Paper, SignedFile
from cchc.papers.queries.papers import papers_replaced_by
from cchc.papers.queries.signed import kept_signed


@dataclass(frozen=True, slots=True)
class PartsOfPaper:
    """Its signed files, the papers in whose place it stands, the other files that are or were cited for it."""

    signed: QuerySet[SignedFile]
    replaces: QuerySet[Paper]
    cited: QuerySet[Citation]

    @property
    def files(self) -> list[Citation]:
        """What is cited beside the signed files, which the page shows with their signatures."""
        signed = {one.file_id for one in self.signed}
        return [one for one in self.cited if one.file_id not in signed]


def parts_of_paper(viewer: Viewer, paper: Paper) -> Reads[PartsOfPaper]:
    """As far as the viewer may see them."""
    parts = PartsOfPaper(kept_signed(paper), papers_replaced_by(paper), listed(viewer, subject_of(paper)))
    return Reads((parts.signed, parts.replaces, parts.cited), lambda: parts)
