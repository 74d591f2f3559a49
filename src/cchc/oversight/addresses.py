"""What addresses of this room say, and how they are made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cchc.interface.shapes import Link
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import get_unit
from cchc.oversight.figures import FIGURES, OVERDUE, Figure
from cchc.oversight.permissions import may_see_delays_of
from cchc.oversight.queries.board import Asked, watched_units
from cchc.records.errors import refuse
from cchc.records.months import last_day, months_on

MONTHS: Final = 12
_LONGEST: Final = 500


def asked_month(request: HttpRequest) -> date:
    """`thang` of the address, `2026-11`; the running month where it is none, or to come."""
    running = request.viewer.day.replace(day=1)
    try:
        asked = date.fromisoformat(f"{request.GET.get('thang', '')}-01")
    except ValueError:
        return running
    return asked if date(2000, 1, 1) <= asked <= running else running


def asked_board(request: HttpRequest) -> Asked:
    """The unit of the address, or the first that the viewer watches; a month, a procedure, a role.

    Raises `organizations.unit_not_found`, and `oversight.watchers_not_allowed` for a unit that is not the viewer's.
    """
    unit, month = asked_unit(request), asked_month(request)
    may_see_delays_of(request.viewer, unit).require()
    said = {name: request.GET.get(name, "")[:_LONGEST].replace("\0", "") for name in ("thu-tuc", "vai-tro")}
    return Asked(unit, month, day_of(month, request.viewer.day), said["thu-tuc"], said["vai-tro"])


def asked_unit(request: HttpRequest) -> Unit:
    """The unit of the address, or the first that the viewer watches. Raises `organizations.unit_not_found`, and
    `oversight.watchers_not_allowed` where there is none.
    """
    if code := request.GET.get("don-vi", "")[:100]:
        return get_unit(code)
    first = watched_units(request.viewer).select_related("unit").first()
    if first is None:
        raise refuse("oversight.watchers_not_allowed")
    found: Unit = first.unit
    return found


def day_of(month: date, today: date) -> date:
    """On which day the tree of units is looked at: the last one of a month that is over."""
    return min(last_day(month), today)


def asked_figure(request: HttpRequest) -> Figure:
    """`con-so` of the address."""
    return FIGURES.get(request.GET.get("con-so", ""), OVERDUE)


def months_until(month: date, number: int = MONTHS) -> list[date]:
    """So many months, this one the last."""
    return [months_on(month, one) for one in range(1 - number, 1)]


def said_month(month: date) -> str:
    """`11/2026`."""
    return f"{month.month:02}/{month.year}"


def key_of(month: date) -> str:
    """As addresses have it."""
    return f"{month:%Y-%m}"


def query_of(asked: Asked, **more: str) -> str:
    """The filters of the board, with others; an empty one is left out."""
    said = {"don-vi": asked.unit.code, "thang": key_of(asked.month), "thu-tuc": asked.procedure, "vai-tro": asked.role}
    return urlencode({name: value for name, value in (said | more).items() if value})


def to_board(asked: Asked, **more: str) -> str:
    """The board with these filters."""
    return f"{reverse('oversight:board')}?{query_of(asked, **more)}"


def to_rows(asked: Asked, figure: Figure, **more: str) -> str:
    """The shares behind a figure."""
    return f"{reverse('oversight:rows')}?{query_of(asked, **{'con-so': figure.id}, **more)}"


def record_address(unit: str, official: str, month: date) -> str:
    """The record of an official in a unit."""
    return f"{reverse('oversight:record', args=[official, unit])}?thang={key_of(month)}"


def board_crumbs(asked: Asked | None = None, *more: Link) -> Iterable[Link]:
    """From the board down."""
    return [
        Link(_("Slow and overdue dossiers"), reverse("oversight:board") if asked is None else to_board(asked)),
        *more,
    ]
