"""What components take: small values that a view or a room fills and a template shows. Minutes are working minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: a breadcrumb, a tab, a filter that can be removed. `current` marks where the reader is."""

    text: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of why a figure is what it is, with what lies under it."""

    text: str
    value: str = ""
    source: str = ""
    children: Sequence[Reason] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a dossier: minutes allowed, minutes used, minutes the clock stood still."""

    name: str
    who: str
    allotted: int
    used: int
    suspended: int = 0
    corrections: Sequence[str] = field(default_factory=tuple)

    @property
    def over(self) -> int:
        """Minutes beyond what was allowed."""
        return max(0, self.used - self.allotted)

    @property
    def span(self) -> int:
        """All minutes the step's bar has to show."""
        return max(self.allotted, self.used) + self.suspended
