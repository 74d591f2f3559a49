"""What becomes of everything that hangs on a unit which goes: plain values that the page shows and the action takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from cchc.organizations.models import Unit
from cchc.records.sources import Source

ReorganizationKind = Literal["merger", "split", "dissolution"]

MOVES: Final = "moves"
HEADS: Final = "heads"
JOINS: Final = "joins"
ENDS: Final = "ends"


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A successor that is founded for the reorganization, of the kind and in the place of what is split."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A decision by which `units` turn into successors, some of them there (`into`), some `founded` by it. One that is
    split and goes on stands among both. `new_name`: what the one that others are merged into is called from then on.
    `above`: under what the parts of one that is dissolved may stand.
    """

    kind: ReorganizationKind
    units: Sequence[Unit]
    into: Sequence[Unit]
    effective_on: date
    source: Source
    founded: Sequence[NewUnit] = ()
    new_name: str = ""
    above: Unit | None = None

    @property
    def going(self) -> list[Unit]:
        """Those that are no more from then on."""
        return [unit for unit in self.units if unit not in self.into]

    @property
    def targets(self) -> list[str]:
        """The codes of all successors."""
        return [*(unit.code for unit in self.into), *(new.code for new in self.founded)]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a posting, a role or a part: `what` is `moves` (a head heads nothing then), `heads`, `joins` (a
    part ends and its people come along) or `ends`; `to` is a successor's code, empty where it ends.
    """

    what: str
    to: str = ""

    @property
    def key(self) -> str:
        """As a form says it."""
        return f"{self.what}:{self.to}" if self.to else self.what


def fate_of(key: str) -> Fate:
    """What a form's `key` means."""
    what, _, to = key.partition(":")
    return Fate(what, to)


Fates = Mapping[str, Fate]
"""By the key of what it is about: `posting-7`, `grant-7`, `part-7` (a posting's, a grant's, a unit's own key)."""
