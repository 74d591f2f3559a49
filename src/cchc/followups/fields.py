"""The fields in which a directive is picked by number or words, who answers for a task, and whom a word reaches."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cchc.followups.models import Directive
from cchc.interface.hosting.picking import Choice
from cchc.interface.picking import PickField
from cchc.organizations.fields import UnitField, UnitsField
from cchc.organizations.models import Official, Unit
from cchc.organizations.narrowing import Narrowing, narrowed
from cchc.organizations.queries.people import get_official

ANY_DIRECTIVE: Final = "followups.directive_of_any_state"
LEADER: Final = "followups.leader"
REACHED: Final = "followups.unit_reached"
DECIDING: Final = "followups.unit_deciding"


class DirectiveField(PickField):
    """A directive in force; `clean` answers the `Directive`, or None when it may be left out."""

    def __init__(self, *, label: str | Promise, **given: Any) -> None:
        super().__init__("followups.directive", label=label, **given)

    def take(self, choice: Choice) -> Directive:
        """The directive behind the choice."""
        found: Directive = choice.subject
        return found


class AnyDirectiveField(PickField):
    """The same of any state, for narrowing a list."""

    def __init__(self, *, label: str | Promise, **given: Any) -> None:
        super().__init__(ANY_DIRECTIVE, label=label, **given)

    def take(self, choice: Choice) -> Directive:
        """The directive behind the choice."""
        found: Directive = choice.subject
        return found


class ReachedUnitField(UnitField):
    """A unit to which another may issue."""

    def offer_for(self, issuer: Unit) -> None:
        """Offer only what that unit's word reaches."""
        self.kind = self.widget.kind = f"{REACHED}:{issuer.code}"


class ReachedUnitsField(UnitsField):
    """Several such units."""

    def offer_for(self, issuer: Unit) -> None:
        """Offer only what that unit's word reaches."""
        self.kind = self.widget.kind = f"{REACHED}:{issuer.code}"


class DecidingUnitField(UnitField):
    """A unit that decides on what another asks."""

    def offer_for(self, asking: Unit) -> None:
        """Offer only who decides for that unit."""
        self.kind = self.widget.kind = f"{DECIDING}:{asking.code}"


class LeaderField(PickField):
    """Who answers for a task; `clean` answers the `Official`, or None when it may be left out."""

    def __init__(self, *, label: str | Promise, **given: Any) -> None:
        super().__init__(LEADER, label=label, **given)

    def offer_for(self, about: Unit | Directive) -> None:
        """Offer only who may lead tasks of that unit, or of the units that a directive is sent to."""
        of = f"unit.{about.code}" if isinstance(about, Unit) else f"directive.{about.pk}"
        self.kind = self.widget.kind = f"{LEADER}:{of}"

    def take(self, choice: Choice) -> Official:
        """The official behind the choice."""
        return get_official(choice.value)


def narrowed_to_directive(request: HttpRequest) -> Narrowing[Directive]:
    """What `van-ban` of the address means to the viewer."""
    label = _("Directive")
    return narrowed(request, "van-ban", lambda: AnyDirectiveField(label=label, required=False, can_look_up=False))
