"""Figures of a stretch of months for the yearly appraisal and for emulation: of each official in a unit, of each unit.

They are added up, never weighed: there is no rank, no points and no judgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted. `dossiers`, `overdue` and `slow` count a holder's dossier once a month; of the overdue ones
    `real` and `forgotten` were found so, `undecided` by nobody. `minutes` are charged by the rule in force. `lists`
    were published and name somebody; `accepted` entries left out after a reply, `struck` those of errata.
    `cases` were opened in these months and not withdrawn, `measures` and `commendations` concluded in them.
    """

    dossiers: int = 0
    steps: int = 0
    late_steps: int = 0
    overdue: int = 0
    real: int = 0
    forgotten: int = 0
    undecided: int = 0
    slow: int = 0
    minutes: int = 0
    lists: int = 0
    accepted: int = 0
    struck: int = 0
    cases: int = 0
    measures: int = 0
    commendations: int = 0

    def __add__(self, other: Figures) -> Figures:
        """Both together."""
        return Figures(*(getattr(self, name) + getattr(other, name) for name in COUNTED))


COUNTED: Final = tuple(one.name for one in fields(Figures))
NAMES: Final[Mapping[str, str | Promise]] = {
    "dossiers": _("Dossiers held"),
    "steps": _("Number of steps"),
    "late_steps": _("Steps charged"),
    "overdue": _("Overdue"),
    "real": _("Really overdue"),
    "forgotten": _("Late click only"),
    "undecided": _("Not verified"),
    "slow": _("Slow"),
    "minutes": _("Late minutes"),
    "lists": _("On published lists"),
    "accepted": _("Replies accepted"),
    "struck": _("Entries struck out"),
    "cases": _("Cases of responsibility"),
    "measures": _("Measures"),
    "commendations": _("Commendations"),
}
