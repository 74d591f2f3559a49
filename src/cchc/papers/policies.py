"""What the state of a paper allows, whoever asks."""

from __future__ import annotations

from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.papers.models import Paper
from cchc.papers.states import PAPER, PaperState


def may_become(paper: Paper, change: str) -> Verdict:
    """Whether the step of the table leads from the state that the paper is in. Raises `LookupError` for no step."""
    sources = PAPER.step(change).sources
    if paper.state in sources:
        return ALLOWED
    return denied("papers.no_draft_any_more" if PaperState.DRAFT in sources else "papers.not_in_force")
