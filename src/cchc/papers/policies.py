"""What the state of a paper allows, whoever asks."""

from __future__ import annotations

from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.papers.models import Paper, PaperState
from cchc.papers.states import TRANSITIONS, Change


def may_become(paper: Paper, change: Change) -> Verdict:
    """Whether the change stands in the table for the state that the paper is in."""
    if any(one.before == paper.state and one.change == change for one in TRANSITIONS):
        return ALLOWED
    return denied("papers.no_draft_any_more" if _asks_for_draft(change) else "papers.not_in_force")


def _asks_for_draft(change: Change) -> bool:
    return any(one.before == PaperState.DRAFT and one.change == change for one in TRANSITIONS)
