"""Papers, for which files can be cited: whoever sees the paper sees them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse

from cchc.files.citing import Citable
from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.papers.actions.signed import PAPER
from cchc.papers.models import Paper, SignedFile
from cchc.papers.permissions import may_attach_signed, may_change_paper
from cchc.papers.queries.papers import visible_papers
from cchc.records.text import LocalText


def _may_cite(viewer: Viewer, paper_id: str) -> Verdict:
    """At a draft those who write it, at an issued paper those who issue."""
    paper = Paper.objects.select_related("unit").filter(pk=paper_id).first() if paper_id.isdecimal() else None
    if paper is None:
        return denied("papers.paper_not_found")
    return may_change_paper(viewer, paper) if paper.is_draft else may_attach_signed(viewer, paper)


def _links(ids: Collection[str], viewer: Viewer) -> Mapping[str, Link]:
    found = visible_papers(viewer).filter(pk__in=ids)
    return {
        str(paper.pk): Link(f"{paper.full_number} {paper.title}", reverse("papers:paper", args=[paper.pk]))
        for paper in found
    }


def _may_go(paper_id: str, file_id: int) -> Verdict:
    """Any file but the signed ones: they are the paper."""
    is_signed = SignedFile.objects.filter(paper=paper_id, file=file_id).exists()
    return denied("papers.signed_stays") if is_signed else ALLOWED


SUBJECTS = {PAPER: Citable(LocalText("Văn bản", "Paper"), visible_papers, _may_cite, _links, _may_go)}
