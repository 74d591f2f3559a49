"""What this room's templates draw."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def drawn(svg: str) -> SafeString:
    """A QR code that this program drew itself."""
    return mark_safe(svg)  # noqa: S308 - made by segno from a text, which it does not repeat
