"""Where a reader is among units: the day asked for, the page of a list, the way from the top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cchc.interface.shapes import Link
from cchc.organizations.models import Placement
from cchc.records.dates import parse_date
from cchc.records.errors import DomainError

PAGE_SIZE: Final = 100


def asked_day(request: HttpRequest) -> date:
    """`ngay` of the address; today when it is missing or no day."""
    try:
        return parse_date(request.GET.get("ngay", ""))
    except DomainError:
        return localdate()


def page_of(
    request: HttpRequest, found: QuerySet[Any], after: Callable[[QuerySet[Any], Any], QuerySet[Any]]
) -> dict[str, Any]:
    """One page of a list behind `sau`, the key of the last row before it: `rows`, `total`, `next` (an address)."""
    key = request.GET.get("sau", "")
    last: Model | None = found.filter(pk=key).first() if key.isdecimal() and len(key) <= 18 else None
    rows = list(after(found, last)[: PAGE_SIZE + 1])
    more = rows[PAGE_SIZE:]
    rows = rows[:PAGE_SIZE]
    return {"rows": rows, "total": found.count(), "next": with_key(request, rows[-1].pk) if more else ""}


def with_key(request: HttpRequest, key: int) -> str:
    """The page's address behind another row."""
    query = request.GET.copy()
    query["sau"] = str(key)
    return f"{request.path}?{query.urlencode()}"


def unit_crumbs(way: Sequence[Placement], *more: Link) -> list[Link]:
    """From all units down to one."""
    steps = [Link(one.name_vi, reverse("organizations:unit", args=[one.unit.code])) for one in way]
    return [Link(_("Units"), reverse("organizations:units")), *steps, *more]
