"""Fields of forms in which units and officials are picked by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.functional import Promise

from cchc.interface.hosting.picking import Choice
from cchc.interface.picking import PickField, PickManyField
from cchc.organizations.kinds import family_of
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.people import get_official
from cchc.organizations.queries.units import get_unit

ANY: Final = "organizations.unit"
ADMINISTERED: Final = "organizations.unit_administered"
NEAR: Final = "organizations.official_near"
"""Those whom the viewer may name as the own deputy."""
FITTING: Final = "organizations.unit_like_"
"""Followed by a family of kinds (`kinds.family_of`): those administered that may merge with one of it."""


def pick_fitting(field: PickManyField, kind: str) -> None:
    """Let only units be offered that may merge with one of that kind."""
    field.kind = field.widget.kind = f"{FITTING}{family_of(kind)}"


class UnitField(PickField):
    """A unit; `clean` answers the `Unit`, or None when it may be left out. `kind`: which ones are offered."""

    def __init__(self, *, label: str | Promise, kind: str = ANY, **given: Any) -> None:
        super().__init__(kind, label=label, **given)

    def take(self, choice: Choice) -> Unit:
        """The unit behind the choice; one query where it was not read with it."""
        return choice.subject or get_unit(choice.value)


class UnitsField(PickManyField):
    """Several units in the order picked; `clean` answers a list of `Unit`."""

    def __init__(self, *, label: str | Promise, kind: str = ANY, **given: Any) -> None:
        super().__init__(kind, label=label, **given)

    def take(self, choices: Sequence[Choice]) -> list[Unit]:
        """The units behind the choices, which were read with them."""
        return [one.subject for one in choices]


class OfficialField(PickField):
    """An official; `clean` answers the `Official`, or None when it may be left out."""

    def __init__(self, *, label: str | Promise, **given: Any) -> None:
        super().__init__("organizations.official", label=label, **given)

    def take(self, choice: Choice) -> Official:
        """The official behind the choice."""
        return get_official(choice.value)


class DeputyField(OfficialField):
    """Who acts for an official."""

    def offer_near(self) -> None:
        """Offer only those who work near the viewer."""
        self.kind = self.widget.kind = NEAR
