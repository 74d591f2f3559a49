"""Figures of a stretch of months as the page and the workbook show them; every number has the address of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cchc.oversight.addresses import asked_unit, key_of, said_month
from cchc.oversight.addresses_cases import to_case
from cchc.oversight.addresses_lists import month_from, to_item, to_list
from cchc.oversight.appraising import COUNTED, NAMES
from cchc.oversight.models import KeptShare, ListedItem, ListedOfficial
from cchc.oversight.permissions_cases import may_open_case
from cchc.oversight.queries.appraising import SHARES, Appraised, Stretch
from cchc.oversight.shown_cases import Figure
from cchc.oversight.shown_cases_words import case_state
from cchc.records.errors import refuse
from cchc.records.months import last_day, months_on

LONGEST: Final = 36


def asked_stretch(request: HttpRequest) -> Stretch:
    """`tu` and `den` of the address, `2026-01`; else from January to the running month. `don-vi`: the unit.

    Raises `oversight.months_unclear`, and what `asked_unit` and `may_open_case` refuse.
    """
    unit, running = asked_unit(request), request.viewer.day.replace(day=1)
    may_open_case(request.viewer, unit).require()
    last = _asked(request, "den", running)
    first = _asked(request, "tu", last.replace(month=1))
    if first > last or last > running or first < months_on(last, 1 - LONGEST):
        raise refuse("oversight.months_unclear", most=LONGEST)
    return Stretch(unit, first, last, min(last_day(last), request.viewer.day))


def _asked(request: HttpRequest, name: str, otherwise: date) -> date:
    text = request.GET.get(name, "")
    month = month_from(text) if text else otherwise
    if month is None:
        raise refuse("oversight.months_unclear", most=LONGEST)
    return month


@dataclass(frozen=True, slots=True)
class AppraisalLine:
    """An official in a unit, or a unit, with its figures and the share of steps charged."""

    line: Appraised
    figures: Sequence[Figure]

    @property
    def rate(self) -> Fraction | None:
        """Steps charged of steps; None without any."""
        counted = self.line.figures
        return Fraction(counted.late_steps, counted.steps) if counted.steps else None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line with its place, by which a long list is turned over."""

    pk: int
    line: Appraised


def numbered(lines: Iterable[Appraised]) -> list[Numbered]:
    """Each with its place."""
    return [Numbered(place, one) for place, one in enumerate(lines, start=1)]


def appraisal_lines(stretch: Stretch, lines: Iterable[Appraised]) -> list[AppraisalLine]:
    """Each number with the address of its rows."""
    return [AppraisalLine(one, [_figure(stretch, one, name) for name in COUNTED]) for one in lines]


def _figure(stretch: Stretch, line: Appraised, name: str) -> Figure:
    asked = {"con-so": name, "can-bo": line.code, "noi": line.unit_code}
    return Figure(str(NAMES[name]), getattr(line.figures, name), to_appraisal(stretch, "appraisal-rows", **asked))


def to_appraisal(stretch: Stretch, page: str = "appraisal", **asked: str) -> str:
    """The page of a stretch, or that of the rows of a figure."""
    said = {"don-vi": stretch.unit.code, "tu": key_of(stretch.first), "den": key_of(stretch.last)} | asked
    return f"{reverse(f'oversight:{page}')}?{urlencode({name: one for name, one in said.items() if one})}"


def said_stretch(stretch: Stretch) -> str:
    """`01/2026 – 12/2026`."""
    return f"{said_month(stretch.first)} – {said_month(stretch.last)}"


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """One row behind a figure."""

    text: str
    url: str
    who: str
    said: str
    value: int


def appraisal_rows(figure: str, rows: Iterable[Any]) -> list[AppraisalRow]:
    """Shares, people listed, entries or cases: what each counts."""
    return list(_rows(figure, rows))


def _rows(figure: str, rows: Iterable[Any]) -> Iterator[AppraisalRow]:
    column = SHARES[figure][1] if figure in SHARES else ""
    for one in rows:
        if isinstance(one, KeptShare):
            yield AppraisalRow(
                one.dossier.code, reverse("oversight:dossier", args=[one.dossier_id]),
                one.official.name if one.official else one.holder_name, said_month(one.month),
                getattr(one, column) if column else 1,
            )  # fmt: skip
        elif isinstance(one, ListedOfficial):
            month = said_month(one.list.month)
            yield AppraisalRow(_("Monthly list %(month)s") % {"month": month}, to_list(one.list), one.name, month, 1)
        elif isinstance(one, ListedItem):
            yield AppraisalRow(one.code, to_item(one), one.listed.name, said_month(one.listed.list.month), 1)
        else:
            number = _("Case %(number)s") % {"number": one.pk}
            yield AppraisalRow(number, to_case(one), one.name, case_state(one.state), 1)


def asked_figure(request: HttpRequest) -> str:
    """`con-so` of the address; the overdue for anything else."""
    name = request.GET.get("con-so", "")
    return name if name in NAMES else "overdue"


def asked_whose(request: HttpRequest) -> Mapping[str, str]:
    """`can-bo` and `noi` of the address: codes of an official and of a unit."""
    return {"official": request.GET.get("can-bo", "")[:100], "unit": request.GET.get("noi", "")[:100]}
