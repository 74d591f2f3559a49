"""Saying what is wrong in a published row, figure by figure, and what a wrong index changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cchc.records.errors import Message
from cchc.records.numbers import format_number
from cchc.records.text import LocalText
from cchc.scoring.published import CheckedRow


def explain(row: CheckedRow) -> tuple[Message, ...]:
    """One message for every figure that disagrees; after a wrong index also what it changes. Empty when all agree."""
    return tuple(_explanations(row))


def figure(value: Decimal | None) -> LocalText | None:
    """A rounded number as each language prints it, with all its decimals: 87.20 → `87,20`. None stays None."""
    if value is None:
        return None
    decimals = max(0, -int(value.as_tuple().exponent))
    return LocalText(format_number(value, "vi", decimals), format_number(value, "en", decimals))


def _explanations(row: CheckedRow) -> Iterator[Message]:
    if "index" in row.disagree:
        yield _wrong_index(row)
        yield from _consequences(row)
    if "class" in row.disagree:
        yield _wrong_class(row)
    if "rank" in row.disagree:
        yield _wrong_rank(row)


def _wrong_index(row: CheckedRow) -> Message:
    printed, computed = row.printed, row.computed
    return Message(
        "scoring.table_index_differs",
        {
            "printed": figure(printed.index),
            "points": printed.appraised,
            "maximum": printed.maximum,
            "computed": figure(computed.index),
        },
    )


def _consequences(row: CheckedRow) -> Iterator[Message]:
    """What follows from the wrong index compared with the right one: another class, another rank, or neither."""
    right, wrong = row.computed, row.as_printed
    if right.band != wrong.band:
        names = {"wrong": wrong.band and wrong.band.name, "right": right.band and right.band.name}
        yield Message("scoring.table_class_changes", names)
    if right.rank != wrong.rank:
        yield Message("scoring.table_rank_changes", {"wrong": wrong.rank, "right": right.rank})
    if right.band == wrong.band and right.rank == wrong.rank:
        yield Message("scoring.table_class_kept" if right.rank is None else "scoring.table_class_and_rank_kept")


def _wrong_class(row: CheckedRow) -> Message:
    index = figure(row.computed.index)
    if row.computed.band is None:
        return Message("scoring.table_class_under_bands", {"printed": row.printed.class_name, "index": index})
    params = {"printed": row.printed.class_name, "index": index, "computed": row.computed.band.name}
    return Message("scoring.table_class_differs", params)


def _wrong_rank(row: CheckedRow) -> Message:
    index = figure(row.computed.index)
    params = {"printed": row.printed.rank, "index": index, "computed": row.computed.rank}
    return Message("scoring.table_rank_differs", params)
