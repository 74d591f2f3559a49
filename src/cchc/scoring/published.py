"""Checking a published result table: what follows from its own figures, and where the print says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cchc.records.errors import Message, Place
from cchc.scoring.arithmetic import DEFAULT_BANDS, Band
from cchc.scoring.published_rows import Printed
from cchc.tables.grid import Grid

__all__ = ["CheckedRow", "CheckedTable", "Computed", "Figure", "Printed", "Skipped", "check_table"]

Figure = Literal["index", "class", "rank"]


@dataclass(frozen=True, slots=True)
class Computed:
    """What follows from a unit's printed points and maximum; all None for a row with an error.

    `self_index` is None without self points or their maximum; `rank` also when any row of the group has an error.
    """

    index: Decimal | None = None
    band: Band | None = None
    rank: int | None = None
    self_index: Decimal | None = None

    @property
    def class_name(self) -> str | None:
        """The Vietnamese name of the class."""
        return self.band.name.vi if self.band else None


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One unit: printed against computed. `row` counts from 1 in the file.

    `disagree` names the printed figures that do not follow; `explanations` says each of them in one sentence (and
    what a wrong index changes); `errors` says why a row could not be checked.
    """

    row: int
    place: Place
    unit: str
    group: str | None
    printed: Printed
    computed: Computed
    disagree: tuple[Figure, ...] = ()
    explanations: tuple[Message, ...] = ()
    errors: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no unit: a section title, a note, a total."""

    row: int
    text: str
    reason: Message


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A whole table, checked. `ignored` are the headings not read; `other_sheets` hold result tables not read."""

    file: str
    sheet: str | None
    rows: tuple[CheckedRow, ...]
    skipped: tuple[Skipped, ...]
    ignored: tuple[str, ...]
    other_sheets: tuple[str, ...]
    decimals: int
    bands: tuple[Band, ...]

    @property
    def disagreements(self) -> int:
        """How many printed cells do not follow from the figures beside them."""
        return sum(len(row.disagree) for row in self.rows)

    @property
    def has_errors(self) -> bool:
        """Whether some row could not be checked."""
        return any(row.errors for row in self.rows)

    @property
    def agrees(self) -> bool:
        """Whether every row could be checked and everything printed follows."""
        return not self.disagreements and not self.has_errors


def check_table(grids: Sequence[Grid], *, decimals: int = 2, bands: Sequence[Band] = DEFAULT_BANDS) -> CheckedTable:
    """Check the first sheet that has a result table's heading.

    Raises `Unreadable` `scoring.table_no_heading` when no sheet has one, and `DomainError`
    `scoring.table_without_units` when no unit stands under it.
    """
    raise NotImplementedError
