"""How dossiers fared, as pages show it: each number with the address of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cchc.dossiers.models import Dossier, DossierEvent
from cchc.dossiers.periods import Period
from cchc.dossiers.queries.quality import (
    FETCHED_LATER,
    HANDED_IN,
    HANDED_OVER,
    IN_TIME,
    KINDS,
    SENDING_BACK,
    SENT_BACK,
    SUPPLEMENTED,
    TOO_LATE,
    WERE_REFUSED,
    WERE_STOPPED,
    Fared,
    Quality,
)
from cchc.dossiers.reasons import REASONS, reason_name
from cchc.dossiers.states import DOSSIER
from cchc.interface.errors import current_language
from cchc.interface.templatetags.figures import share
from cchc.tables.writing import Column, SheetToWrite, WrittenValue


@dataclass(frozen=True, slots=True)
class Counted:
    """How many, what they are, and the address of exactly these."""

    name: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class FaredLine:
    """A unit's line; `shares` with what they are."""

    pk: int
    name: str
    numbers: Sequence[Counted]
    shares: Sequence[tuple[str, Fraction | None]]


def asked_kind(request: HttpRequest) -> str:
    """`xem` of the address: which dossiers."""
    kind = request.GET.get("xem", "")
    return kind if kind in KINDS else HANDED_IN


def asked_reason(request: HttpRequest) -> tuple[str, str] | None:
    """`ly-do` of the address, as `refuse.missing_papers`; None for what is none."""
    act, _dot, code = request.GET.get("ly-do", "").partition(".")
    return (act, code) if act in SENDING_BACK and code in REASONS[act] else None


def kind_names() -> Mapping[str, str]:
    """What each number counts."""
    return {
        HANDED_IN: _("Handed in"),
        SENT_BACK: _("Sent back"),
        WERE_REFUSED: _("Refused at reception"),
        SUPPLEMENTED: _("Papers asked for"),
        WERE_STOPPED: _("Stopped"),
        HANDED_OVER: _("Results handed over"),
        IN_TIME: _("By the appointment"),
        FETCHED_LATER: _("Ready in time, fetched later"),
        TOO_LATE: _("After the appointment"),
    }


def share_names() -> tuple[str, str]:
    """What each share says."""
    return _("Share sent back"), _("Share ready in time")


def fared_lines(found: Quality, period: Period) -> list[FaredLine]:
    """A line for each unit, and that of all of them."""
    return [_line(one, period) for one in found.units]


def total_line(found: Quality, period: Period) -> FaredLine:
    """All units together."""
    return _line(found.total, period)


def reason_lines(found: Quality, period: Period) -> list[tuple[str, Counted]]:
    """Act, reason, how often, with the way to its dossiers; the most frequent first."""
    return [(act_name(act), _reason(act, code, number, period)) for (act, code), number in found.reasons.items()]


def act_name(act: str) -> str:
    """What was done."""
    return DOSSIER.step(act).name.in_language(current_language())


def reason_said(act: str, code: str) -> str:
    """A coded reason in the reader's language; its code where the product does not know it."""
    known = reason_name(act, code)
    return known.in_language(current_language()) if known else code or _("no reason")


def with_reasons(dossiers: Iterable[Dossier], events: Iterable[DossierEvent]) -> list[tuple[Dossier, list[str]]]:
    """Each dossier with what sent it back."""
    of_dossier = defaultdict[int, list[str]](list)
    for one in events:
        of_dossier[one.dossier_id].append(f"{act_name(one.act)}: {reason_said(one.act, one.reason_code)}")
    return [(one, of_dossier[one.pk]) for one in dossiers]


def quality_table(found: Quality) -> SheetToWrite:
    """A row for each unit."""
    names = kind_names()
    counts = [Column(names[kind], 14, "number", 0) for kind in KINDS]
    shares = [Column(name, 14, is_figure=True) for name in share_names()]
    rows: list[list[WrittenValue]] = [
        [one.name, *(one.numbers[kind] for kind in KINDS), *(_said(value) for value in _shares(one))]
        for one in found.units
    ]
    return SheetToWrite(_("How dossiers fared"), (Column(_("Unit"), 40), *counts, *shares), rows, frozen_columns=1)


def _shares(one: Fared) -> tuple[Fraction | None, Fraction | None]:
    return one.back_share, one.in_time_share


def _said(value: Fraction | None) -> str:
    return "" if value is None else share(value)


def _line(one: Fared, period: Period) -> FaredLine:
    unit = {"don-vi": one.code} if one.code else {}
    numbers = [
        Counted(name, one.numbers[kind], _to_rows(period, unit | {"xem": kind})) for kind, name in kind_names().items()
    ]
    return FaredLine(one.pk, one.name, numbers, list(zip(share_names(), _shares(one), strict=True)))


def _reason(act: str, code: str, number: int, period: Period) -> Counted:
    return Counted(reason_said(act, code), number, _to_rows(period, {"xem": SENT_BACK, "ly-do": f"{act}.{code}"}))


def _to_rows(period: Period, asked: Mapping[str, str]) -> str:
    return f"{reverse('dossiers:quality-dossiers')}?{urlencode({'ky': period.key} | dict(asked))}"
