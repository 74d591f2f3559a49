"""Who did something to a record, and in which post: columns that stand beside each other."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from cchc.audit.actors import Actor
from cchc.organizations.viewers import officials_behind


def done_by(actor: Actor, act: str) -> dict[str, Any]:
    """The columns of a record that say who did something to it, and in which post of which unit at that moment:
    `entered_by` and `entered_as` for `"entered"`. One query.
    """
    return {f"{act}_by": officials_behind(actor)[0], f"{act}_as": str(actor.capacity or "")}


def sign(record: Model, act: str, actor: Actor) -> None:
    """Write these columns into a record that is there."""
    for column, value in done_by(actor, act).items():
        setattr(record, column, value)
