"""Names in the reader's language: `{% load organizations %}`."""

from __future__ import annotations

from django import template

from cchc.interface.errors import current_language
from cchc.organizations.kinds import kind_of
from cchc.organizations.models import Placement
from cchc.organizations.shown import name_of, shown_role

register = template.Library()


@register.filter
def unit_name(placement: Placement) -> str:
    """What a unit is called."""
    return name_of(placement)


@register.filter
def kind_name(id_: str) -> str:
    """What a kind of unit is called."""
    return kind_of(id_).name.in_language(current_language())


@register.filter
def role_name(id_: str) -> str:
    """What a role is called."""
    return shown_role(id_)
