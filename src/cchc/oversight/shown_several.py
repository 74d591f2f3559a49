"""Rows of which several may be ticked at once, each with why it may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cchc.interface.access import Verdict
from cchc.interface.errors import in_words
from cchc.organizations.viewers import Viewer
from cchc.oversight.models import ListedItem, MonthlyList
from cchc.oversight.permissions_lists import may_decide
from cchc.oversight.permissions_verdicts import may_verify
from cchc.oversight.policies import may_be_decided
from cchc.oversight.queries.lists import replied_in
from cchc.oversight.queries.verdicts import verifiable
from cchc.oversight.several import MOST
from cchc.oversight.shown_lists import ItemLine


@dataclass(frozen=True, slots=True)
class Row:
    """One that may be ticked, or not: `why` in words."""

    key: int
    shown: Any
    why: str


def verdict_lines(viewer: Viewer, after: int, ticked: Sequence[int]) -> list[Row]:
    """Late dossiers that wait, behind the one of that key, and those ticked before. Four queries."""
    found = list(verifiable(viewer, after, ticked))
    viewer.read_above({spell.unit_id for one in found for spell in one.spells.all() if spell.unit_id is not None})
    return [Row(one.pk, one, _why(may_verify(viewer, one))) for one in found]


def decision_lines(viewer: Viewer, list_: MonthlyList, after: int, ticked: Sequence[int]) -> list[Row]:
    """Entries with a reply that nobody decided about, behind the one of that key, and those ticked before. One
    query.
    """
    return [Row(one.pk, ItemLine(one), _decides(viewer, one)) for one in replied_in(list_, after, ticked)]


def page_behind(rows: Sequence[Row], after: int) -> dict[str, Any]:
    """The rows of a page, and the key behind which the next begins, 0 for none."""
    shown = rows[:MOST]
    return {"rows": shown, "after": after, "next": shown[-1].key if len(rows) > MOST else 0}


def _decides(viewer: Viewer, item: ListedItem) -> str:
    return _why(may_decide(viewer, item) and may_be_decided(item))


def _why(verdict: Verdict) -> str:
    return "" if verdict.refusal is None else in_words(verdict.refusal)["sentence"]
