"""The field in which a directive is picked by number or words."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise

from cchc.followups.models import Directive
from cchc.interface.hosting.picking import Choice
from cchc.interface.picking import PickField


class DirectiveField(PickField):
    """A directive in force; `clean` answers the `Directive`, or None when it may be left out."""

    def __init__(self, *, label: str | Promise, **given: Any) -> None:
        super().__init__("followups.directive", label=label, **given)

    def take(self, choice: Choice) -> Directive:
        """The directive behind the choice."""
        found: Directive = Directive.objects.get(pk=choice.value.removeprefix("#"))
        return found
