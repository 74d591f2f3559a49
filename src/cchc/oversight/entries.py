"""What is written down about somebody in a new list: what is charged now, and what an earlier list left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cchc.oversight.charging import OVERDUE, Charge
from cchc.oversight.models import ListedItem
from cchc.oversight.queries.drafting import Person
from cchc.oversight.queries.postponed import mark_of, mark_of_charge

_COPIED: Final = (
    "klass", "code", "procedure_name", "role", "due_at", "ended_at", "is_carried_over", "is_returned", "allotted",
    "used", "overrun", "late", "late_overrun", "late_holder", "late_first_overrun", "late_first_holder", "evidenced_at",
)  # fmt: skip


def entries_of(person: Person) -> Iterator[dict[str, Any]]:
    """Columns of each entry. A dossier that was left out and is overdue still stands once, as it is charged now."""
    overdue = {mark_of(one): one for one in person.carried if one.klass == OVERDUE}
    for charge in person.charges:
        yield _columns(charge) | {"origin_id": _first(overdue.pop(mark_of_charge(charge), None))}
    for one in person.carried:
        if one.klass != OVERDUE or mark_of(one) in overdue:
            yield _columns(one) | {"origin_id": _first(one), "is_of_month": False}


def _columns(one: Charge | ListedItem) -> dict[str, Any]:
    kept, own = (one.kept, one.own) if isinstance(one, Charge) else (one.kept_id, one.own_id)
    return {name: getattr(one, name) for name in _COPIED} | {"kept_id": kept, "own_id": own}


def _first(one: ListedItem | None) -> int | None:
    """The entry that was left out at first."""
    return None if one is None else one.origin_id or one.pk
