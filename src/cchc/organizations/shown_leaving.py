"""What an official holds, as the page on which they leave lists it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cchc.organizations.queries.holdings import DUTY, GIVEN, LENT, POSTING, ROLE, Holding
from cchc.organizations.shown import shown_kind_of_object, shown_role
from cchc.records.dates import format_date

_HEADINGS: Final[Mapping[str, Promise]] = {
    POSTING: gettext_lazy("Posts"),
    ROLE: gettext_lazy("Roles"),
    GIVEN: gettext_lazy("Act for the official"),
    LENT: gettext_lazy("The official acts for"),
    DUTY: gettext_lazy("Duties assigned"),
}


def shown_holdings(holdings: Sequence[Holding], day: date) -> list[tuple[str, list[str]]]:
    """Heading by heading, a line for each; what has not begun on `day` says when it would."""
    return [
        (str(_HEADINGS[kind]), [_line(one, day) for one in of_kind])
        for kind, of_kind in groupby(holdings, key=lambda one: one.kind)
    ]


def _line(one: Holding, day: date) -> str:
    said = _SAID[one.kind](one)
    if one.starts_on > day:
        said += " · " + _("from %(day)s") % {"day": format_date(one.starts_on)}
    if one.ends_on is not None:
        said += " · " + _("until %(day)s") % {"day": format_date(one.ends_on)}
    return said


def _posting(one: Holding) -> str:
    said = _("%(role)s, %(unit)s") if one.is_wide else _("%(role)s, %(unit)s, beside the main post")
    return said % {"role": one.what, "unit": one.where}


def _role(one: Holding) -> str:
    said = _("%(role)s, %(unit)s and what stands under it") if one.is_wide else _("%(role)s, %(unit)s")
    return said % {"role": shown_role(one.what), "unit": one.where}


def _deputyship(one: Holding) -> str:
    role = shown_role(one.what) if one.what else _("all roles")
    return f"{one.where}, {role}"


def _duty(one: Holding) -> str:
    return f"{shown_role(one.what)}, {shown_kind_of_object(one.where)}"


_SAID: Final[Mapping[str, Callable[[Holding], str]]] = {
    POSTING: _posting,
    ROLE: _role,
    GIVEN: _deputyship,
    LENT: _deputyship,
    DUTY: _duty,
}
