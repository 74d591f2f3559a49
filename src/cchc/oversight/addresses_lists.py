"""Addresses of lists of a month, what a reader asks for in them, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.shapes import Link
from cchc.organizations.models import Unit
from cchc.oversight.models import ListedItem, ListNotice, MonthlyList
from cchc.oversight.shown_lists_words import act_name
from cchc.records.errors import refuse
from cchc.records.months import months_on

ACTS: Final[Mapping[str, str]] = {
    "thong-bao": "notify", "ket-thuc-phan-hoi": "close", "duyet": "approve", "de-nghi-chot": "put_forward",
    "tra-lai": "back", "chot": "freeze", "cong-bo": "publish", "dinh-chinh": "correct", "rut": "withdraw",
}  # fmt: skip
"""What is done to a list on a page of its own, by the slug of that page."""
_SLUGS: Final = {act: slug for slug, act in ACTS.items()}
_MONTHS: Final = tuple(f"{month:02}" for month in range(1, 13))
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_LONGEST_KEY: Final = 18  # digits of the largest key of a row


def act_of(slug: str) -> str:
    """Raises `oversight.act_not_found`."""
    if slug not in ACTS:
        raise refuse("oversight.act_not_found")
    return ACTS[slug]


def to_lists(month: date | None = None) -> str:
    """All lists, or those of a month."""
    return reverse("oversight:lists") + ("" if month is None else f"?thang={month:%Y-%m}")


def to_draft(unit: Unit, month: date) -> str:
    """Where the list of a body is drafted."""
    return f"{reverse('oversight:list-draft', args=[unit.code])}?thang={month:%Y-%m}"


def to_list(list_: MonthlyList) -> str:
    """Its page."""
    return reverse("oversight:list", args=[list_.pk])


def to_list_act(list_: MonthlyList, act: str) -> str:
    """The page on which something is done to it."""
    return reverse("oversight:list-act", args=[list_.pk, _SLUGS[act]])


def to_item(item: ListedItem) -> str:
    """The page of an entry."""
    return reverse("oversight:list-item", args=[item.pk])


def to_notice(notice: ListNotice) -> str:
    """The page of a notice."""
    return reverse("oversight:list-notice", args=[notice.pk])


def to_public(list_: MonthlyList, version: int | None = None) -> str:
    """Where the public reads it; an earlier version by its number."""
    address = reverse("oversight:public-list", args=[list_.unit.code, f"{list_.month:%Y-%m}"])
    return address if version is None else f"{address}?ban={version}"


def to_compiled(unit: Unit, month: date) -> str:
    """The lists of a month of a unit and all below it as one."""
    return f"{reverse('oversight:compiled', args=[unit.code])}?thang={month:%Y-%m}"


def to_public_compiled(unit: Unit, month: date) -> str:
    """The same, where the public reads it."""
    return reverse("oversight:public-compiled", args=[unit.code, f"{month:%Y-%m}"])


def lists_crumbs() -> list[Link]:
    """The lists."""
    return [Link(_("Monthly lists"), to_lists())]


def list_crumbs(list_: MonthlyList) -> list[Link]:
    """Down to one list."""
    return [*lists_crumbs(), Link(f"{list_.month:%m/%Y} · {list_.unit.code}", to_list(list_))]


def act_crumbs(list_: MonthlyList, act: str) -> list[Link]:
    """Down to something done to it."""
    return [*list_crumbs(list_), Link(act_name(act))]


def month_from(text: str) -> date | None:
    """`2026-10`; None for anything else."""
    year, _dash, month = text.partition("-")
    if month in _MONTHS and year.isascii() and year.isdecimal() and _FIRST_YEAR <= int(year[:5]) <= _LAST_YEAR:
        return date(int(year), int(month), 1)
    return None


def asked_month(request: HttpRequest, today: date) -> date:
    """The month that is asked for; the one before today's for anything else."""
    return month_from(request.GET.get("thang", "")) or months_on(today, -1)


def asked_after(request: HttpRequest) -> int:
    """The key behind which a list goes on; 0 for anything else."""
    text = request.GET.get("sau", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_KEY else 0
