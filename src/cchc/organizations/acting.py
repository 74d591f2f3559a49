"""How the audit chain names officials who act."""

from __future__ import annotations

from typing import Final

from cchc.audit.actors import Actor, Capacity
from cchc.organizations.models import Official

_LONGEST_NAME: Final = 200


def acting(
    official: Official, capacity: Capacity | None, principal: Official | None, principal_capacity: Capacity | None
) -> Actor:
    """An official in a capacity, for a principal in one if there is a principal."""
    name = _shown_name(official)
    if principal is None:
        return Actor("official", official.code, name, capacity=capacity)
    return Actor("official", official.code, name, principal.code, capacity, _shown_name(principal), principal_capacity)


def _shown_name(official: Official) -> str:
    """As an event can hold it: an odd letter in a name must not keep its owner from everything."""
    return "".join(sign for sign in official.name if sign.isprintable())[:_LONGEST_NAME].strip() or official.code
