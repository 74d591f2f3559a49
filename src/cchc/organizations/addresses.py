"""Where a reader is among units: the day asked for, the way from the top."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.organizations.models import Placement
from cchc.records.dates import parse_near_date
from cchc.records.errors import DomainError


def asked_day(request: HttpRequest) -> date:
    """`ngay` of the address; today when it is missing or no day."""
    try:
        return parse_near_date(request.GET.get("ngay", ""))
    except DomainError:
        return localdate()


def unit_crumbs(way: Sequence[Placement], *more: Link) -> list[Link]:
    """From all units down to one."""
    steps = [Link(one.name_in(current_language()), reverse("organizations:unit", args=[one.unit.code])) for one in way]
    return [Link(_("Units"), reverse("organizations:units")), *steps, *more]


def list_address(route: str, text: str) -> str:
    """The list behind that route, searched for a text."""
    return f"{reverse(route)}?{urlencode({'tim': text})}"
