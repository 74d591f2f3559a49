"""What a file of answers changes, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cchc.assessments.addresses import to_sheet
from cchc.assessments.importing.planning import AnswerChange
from cchc.interface.errors import current_language


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A criterion of a unit, the row of the file that speaks of it first; label, what was, what becomes."""

    title: str
    unit: str
    url: str
    row: int | None
    differences: Sequence[tuple[str, str, str]]


def shown_changes(changes: Sequence[AnswerChange]) -> list[ShownChange]:
    """In the order of the file."""
    language = current_language()
    return [
        ShownChange(
            f"{one.criterion.code} {one.criterion.title.in_language(language)}",
            one.sheet.name,
            to_sheet(one.sheet, one.criterion.code),
            one.place.row,
            [
                (asked.title.in_language(language), before or "–", after or "–")
                for asked, before, after in one.differences
            ],
        )
        for one in changes
    ]
