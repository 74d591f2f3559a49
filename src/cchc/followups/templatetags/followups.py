"""How directives stand, in templates of this room."""

from __future__ import annotations

from typing import Any

from django import template

from cchc.followups.models import Directive
from cchc.followups.shown_directives import state_name

register = template.Library()


@register.inclusion_tag("interface/components/chip.html")
def directive_state(directive: Directive) -> dict[str, Any]:
    """A chip: in force, withdrawn, repealed."""
    return {"status": "neutral", "word": state_name(directive)}
