"""What can become of a paper, as data: from which state, by which action, to which state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from cchc.papers.models import PaperState

Change = Literal["edit", "issue", "discard", "withdraw", "replace", "attach"]


@dataclass(frozen=True, slots=True)
class Transition:
    """A paper in `before` may be changed so, and is in `after` then."""

    before: PaperState
    change: Change
    after: PaperState


TRANSITIONS: Final = (
    Transition(PaperState.DRAFT, "edit", PaperState.DRAFT),
    Transition(PaperState.DRAFT, "issue", PaperState.ISSUED),
    Transition(PaperState.DRAFT, "discard", PaperState.DISCARDED),
    Transition(PaperState.ISSUED, "attach", PaperState.ISSUED),
    Transition(PaperState.ISSUED, "withdraw", PaperState.WITHDRAWN),
    Transition(PaperState.ISSUED, "replace", PaperState.REPLACED),
)
