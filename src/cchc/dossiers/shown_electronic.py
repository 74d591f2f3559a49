"""What is not carried out electronically, as pages show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cchc.dossiers.periods import Period
from cchc.dossiers.queries.electronic import GAPS, NOT_ON_PORTAL, NOT_ONLINE, GapOfProcedure, GapsOfUnit
from cchc.interface.errors import current_language
from cchc.procedures.shown import online_name


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with, for each gap, procedures, dossiers, and the addresses of both."""

    name: str
    numbers: Sequence[tuple[int, str, int, str]]


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """A procedure with what it misses, and the address of its dossiers."""

    pk: str
    one: GapOfProcedure
    name: str
    online: str
    missing: str
    dossiers_url: str


def asked_gap(request: HttpRequest) -> str:
    """`thieu` of the address; empty for any gap."""
    gap = request.GET.get("thieu", "")
    return gap if gap in GAPS else ""


def gap_names() -> Mapping[str, str]:
    """What is missing."""
    return {NOT_ONLINE: _("No online level"), NOT_ON_PORTAL: _("Online, without an address on the national portal")}


def unit_lines(found: Sequence[GapsOfUnit], period: Period) -> Sequence[UnitLine]:
    """Each number with the way to its rows."""
    return [UnitLine(one.name, [_numbers(one, gap, period) for gap in GAPS]) for one in found]


def procedure_lines(found: Sequence[GapOfProcedure], period: Period, unit: str) -> Sequence[ProcedureLine]:
    """Each with the way to its dossiers."""
    return [_procedure(one, period, unit) for one in found]


def _numbers(one: GapsOfUnit, gap: str, period: Period) -> tuple[int, str, int, str]:
    procedures, dossiers = one.gaps[gap]
    asked = {"ky": period.key, "don-vi": one.code, "thieu": gap}
    return procedures, f"?{urlencode(asked)}#procedures", dossiers, _to_dossiers(asked)


def _procedure(one: GapOfProcedure, period: Period, unit: str) -> ProcedureLine:
    asked = {"ky": period.key, "thu-tuc": one.code, "thieu": one.gap, "muc": one.online} | (
        {"don-vi": unit} if unit else {}
    )
    name = one.name.in_language(current_language())
    online, missing = online_name(one.online), gap_names()[one.gap]
    return ProcedureLine(f"{one.pk}-{one.online}", one, name, online, missing, _to_dossiers(asked))


def _to_dossiers(asked: Mapping[str, str]) -> str:
    return f"{reverse('dossiers:adoption-dossiers')}?{urlencode(asked)}"
