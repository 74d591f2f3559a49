"""Addresses of apologies, what a reader asks for in them, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.apologies.duty import About, Why
from cchc.apologies.models import Letter
from cchc.dossiers.addresses import dossier_crumbs
from cchc.dossiers.models import Dossier
from cchc.interface.shapes import Link
from cchc.records.errors import refuse

OWED: Final = "phai-gui"
FORESEEN: Final = "se-no"
TO_APPROVE: Final = "cho-duyet"
TO_SIGN: Final = "cho-ky"
TO_SEND: Final = "cho-gui"
SENT: Final = "da-gui"
TABS: Final = (OWED, FORESEEN, TO_APPROVE, TO_SIGN, TO_SEND, SENT)
OF_MONTH: Final = ("thang-phai-gui", "thang-da-gui", "thang-dung-han", "thang-chua-gui")
"""Letters that had to be sent in a month: all, those sent, those sent in time, those not sent."""

ACTS: Final[Mapping[str, str]] = {
    "soan-lai": "draft", "duyet": "approve", "tra-lai": "return", "ky": "sign", "gui": "send", "huy": "cancel",
}  # fmt: skip
"""What is done to a letter on a page of its own, by the slug of that page."""
_SLUGS: Final = {act: slug for slug, act in ACTS.items()}
_ABOUT: Final[Mapping[str, Why]] = {
    "hen-lai": Why.PUT_OFF, "khong-dung-hen": Why.NOT_KEPT, "sai-sot": Why.MISTAKE
}  # fmt: skip
_WORDS: Final = {why: slug for slug, why in _ABOUT.items()}
_LONGEST_KEY: Final = 18


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list; the month, by its first day, of what is counted."""

    which: str
    month: date


def act_of(slug: str) -> str:
    """Raises `apologies.act_not_found`."""
    if slug not in ACTS:
        raise refuse("apologies.act_not_found")
    return ACTS[slug]


def about_from(slug: str) -> About:
    """`sai-sot-7`. Raises `apologies.not_owed`."""
    what, _dash, key = slug.rpartition("-")
    if what not in _ABOUT or not key.isascii() or not key.isdecimal() or len(key) > _LONGEST_KEY:
        raise refuse("apologies.not_owed")
    return About(_ABOUT[what], int(key))


def to_letter(letter: Letter) -> str:
    """Its page."""
    return reverse("apologies:letter", args=[letter.pk])


def to_act(letter: Letter, act: str) -> str:
    """The page on which something is done to it."""
    return reverse("apologies:act", args=[letter.pk, _SLUGS[act]])


def to_draft(dossier: Dossier, about: About) -> str:
    """The page on which a letter is drafted."""
    return reverse("apologies:draft", args=[dossier.pk, f"{_WORDS[about.why]}-{about.key}"])


def to_list(which: str) -> str:
    """One of the lists."""
    return f"{reverse('apologies:list')}?xem={which}"


def list_crumbs() -> list[Link]:
    """The lists of apologies."""
    return [Link(_("Apologies"), reverse("apologies:list"))]


def letter_crumbs(letter: Letter) -> list[Link]:
    """Down to one letter."""
    return [*dossier_crumbs(letter.dossier), Link(_("Letter of apology"), to_letter(letter))]


def asked_list(request: HttpRequest, today: date) -> Asked:
    """Which list, of which month; what makes no sense is left out."""
    which = request.GET.get("xem", "")
    return Asked(which if which in (*TABS, *OF_MONTH) else OWED, _month(request.GET.get("thang", ""), today))


def _month(text: str, today: date) -> date:
    """`2026-11`; the current one for anything else."""
    year, _dash, month = text.partition("-")
    years = range(today.year - _YEARS, today.year + 2)
    if year in map(str, years) and month in _MONTHS:
        return date(int(year), int(month), 1)
    return today.replace(day=1)


_YEARS: Final = 5  # that far back
_MONTHS: Final = tuple(f"{month:02}" for month in range(1, 13))
