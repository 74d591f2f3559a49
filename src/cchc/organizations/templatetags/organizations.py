"""Names in the reader's language: `{% load organizations %}`."""

from __future__ import annotations

from django import template

from cchc.organizations.calendars import NATIONAL
from cchc.organizations.models import Placement
from cchc.organizations.shown import name_of, shown_calendar, shown_kind, shown_reorganization, shown_role

register = template.Library()


@register.filter
def unit_name(placement: Placement) -> str:
    """What a unit is called."""
    return name_of(placement)


@register.filter
def kind_name(id_: str) -> str:
    """What a kind of unit is called."""
    return shown_kind(id_)


@register.filter
def role_name(id_: str) -> str:
    """What a role is called."""
    return shown_role(id_)


@register.filter
def reorganization_name(kind: str) -> str:
    """What a merger, split or dissolution is called."""
    return shown_reorganization(kind)


@register.simple_tag
def national_calendar() -> str:
    """What the calendar is called that counts where a unit, and every unit above it, has chosen none."""
    return shown_calendar(NATIONAL)


@register.filter
def calendar_name(id_: str) -> str:
    """What a working calendar is called."""
    return shown_calendar(id_)
