"""Papers, for which files can be cited: whoever sees the paper sees them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cchc.files.citing import Citable
from cchc.interface.access import Verdict, denied
from cchc.organizations.viewers import Viewer
from cchc.papers.actions.signed import PAPER
from cchc.papers.models import Paper
from cchc.papers.permissions import may_attach_signed, may_change_paper
from cchc.papers.queries.papers import visible_papers
from cchc.records.text import LocalText


def _may_cite(viewer: Viewer, paper_id: str) -> Verdict:
    """At a draft those who write it, at an issued paper those who issue."""
    paper = Paper.objects.select_related("unit").filter(pk=paper_id).first() if paper_id.isdecimal() else None
    if paper is None:
        return denied("papers.paper_not_found")
    return may_change_paper(viewer, paper) if paper.is_draft else may_attach_signed(viewer, paper)


def _names(ids: Collection[str], viewer: Viewer) -> Mapping[str, str]:
    found = visible_papers(viewer).filter(pk__in=ids)
    return {str(paper.pk): f"{paper.full_number} {paper.title}" for paper in found}


SUBJECTS = {PAPER: Citable(LocalText("Văn bản", "Paper"), visible_papers, _may_cite, _names)}
