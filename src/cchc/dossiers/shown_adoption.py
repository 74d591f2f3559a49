"""The report of use as pages show it: which period and list are asked for, lines with their marks, tables to take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cchc.dossiers.models import Channel, Dossier
from cchc.dossiers.periods import Period, choices_on, month_of, read_period
from cchc.dossiers.queries.adoption import BELOW, LISTS, MISSED, NO_TARGET, NONE_AT_ALL, Adoption, Use, marks_of
from cchc.dossiers.queries.electronic import GAPS, narrowed_to_gap
from cchc.dossiers.shown_targets import distance_words, percent_said
from cchc.dossiers.thresholds import Thresholds
from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.interface.templatetags.figures import share
from cchc.procedures.coding import LONGEST_CODE
from cchc.procedures.versions import ONLINE
from cchc.records.timelines import Dated
from cchc.tables.writing import Column, Delimiter, SheetToWrite, WrittenValue, write_csv


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's line: `marks` name the thresholds below which it stands; the addresses lead to the rows; `distance` says
    how far it is from its target.
    """

    use: Use
    marks: frozenset[str]
    rows: Mapping[str, str]
    paper: str
    target: str
    distance: Sequence[str]

    @property
    def pk(self) -> int:
        """The key by which the list goes on."""
        return self.use.pk


def asked_period(request: HttpRequest) -> Period:
    """`ky` of the address; the running month where it is none."""
    return read_period(request.GET.get("ky", "")) or month_of(request.viewer.day)


def asked_list(request: HttpRequest) -> str:
    """`xem` of the address: which units."""
    which = request.GET.get("xem", "")
    return which if which in LISTS else ""


def period_choices(request: HttpRequest, asked: Period) -> list[tuple[str, str]]:
    """What is offered, with the one that is shown."""
    offered = {one.key: one for one in (asked, *choices_on(request.viewer.day))}
    return [(one.key, one.name.in_language(current_language())) for one in offered.values()]


def listed(found: Adoption, which: str, thresholds: Thresholds) -> Sequence[Use]:
    """The units of a list."""
    if which == NONE_AT_ALL:
        return found.without_any
    if which == NO_TARGET:
        return found.without_target
    if which == MISSED:
        return found.missed
    return found.below(thresholds) if which == BELOW else found.units


def line_of(use: Use, period: Period, thresholds: Thresholds) -> Line:
    """With the way to the rows of each number."""
    codes = {"don-vi": use.code} if use.code else {}
    rows = {channel: _to_rows(period, codes | {"kenh": channel}) for channel in Channel.values}
    paper = reverse("dossiers:paper", args=[use.code]) if use.code else ""
    rows |= {"all": _to_rows(period, codes)}
    target = percent_said(use.target.percent) if use.target else ""
    words = distance_words(use.distance) if use.distance else ()
    return Line(use, marks_of(use, thresholds), rows, paper, target, words)


def tabs(found: Adoption, which: str, period: Period, thresholds: Thresholds) -> list[Link]:
    """All units, those without anything, those below a threshold, without a target, below it, each with how many."""
    names = {
        "": _("All units"), NONE_AT_ALL: _("Nothing received"), BELOW: _("Below a threshold"),
        NO_TARGET: _("No target set"), MISSED: _("Below the target"),
    }  # fmt: skip
    numbers = {one: len(listed(found, one, thresholds)) for one in LISTS}
    return [
        Link(f"{names[one]} ({numbers[one]})", f"?{urlencode({'ky': period.key, 'xem': one})}", current=one == which)
        for one in LISTS
    ]


def shown_thresholds(dated: Dated[Thresholds]) -> dict[str, object]:
    """The thresholds with their source and doubt."""
    return {
        "thresholds": dated.value,
        "source": dated.source.document,
        "verified": dated.verification.verified,
        "doubt": dated.verification.doubt_in(current_language()),
    }


def narrowed(found: QuerySet[Dossier], units: Sequence[int] | None, asked: QueryDict) -> QuerySet[Dossier]:
    """Dossiers received by some units, and as the address says by a channel (`kenh`), by procedures of one online level
    (`muc`), by one procedure (`thu-tuc`), by procedures that miss something (`thieu`); what makes no sense is left out.
    """
    channel, online, gap = (asked.get(name, "") for name in ("kenh", "muc", "thieu"))
    code = asked.get("thu-tuc", "")[:LONGEST_CODE].replace("\0", "")
    if units is not None:
        found = found.filter(unit__in=units)
    if online in ONLINE:
        found = found.filter(procedure_version__online=online)
    if gap in GAPS:
        found = narrowed_to_gap(found, gap)
    if code:
        found = found.filter(procedure_version__procedure__code=code)
    return found.filter(channel=channel) if channel in Channel.values else found


def use_table(uses: Iterable[Use]) -> SheetToWrite:
    """A row for each unit."""
    return SheetToWrite(_("Use of the system"), tuple(_columns()), list(_rows(uses)), frozen_columns=1)


def use_csv(uses: Iterable[Use]) -> bytes:
    """The same as CSV."""
    mark: Delimiter = ";" if current_language() == "vi" else ","
    return write_csv([one.title for one in _columns()], _rows(uses), delimiter=mark)


def after(found: Any, last: Dossier | None) -> Any:
    """The rest of a list of dossiers, the newest first."""
    return found if last is None else found.filter(pk__lt=last.pk)


def _columns() -> Iterator[Column]:
    yield Column(_("Unit"), 40)
    for title in (_("On the system"), _("At the counter"), _("Online"), _("By public post"), _("On paper")):
        yield Column(title, 14, "number", 0)
    for title in (_("Share online"), _("Share by post"), _("Share on the system")):
        yield Column(title, 14, is_figure=True)
    yield Column(_("Target online"), 14, is_figure=True)
    yield Column(_("Target online, dossiers"), 14, "number", 0)
    yield Column(_("Distance to the target"), 32)


def _rows(uses: Iterable[Use]) -> Iterator[Sequence[WrittenValue]]:
    for one in uses:
        shares = (one.online_share, one.post_share, one.system_share)
        paper = "" if one.paper is None else one.paper
        figures = [one.name, one.number, one.direct, one.online, one.post, paper, *(_said(value) for value in shares)]
        yield [*figures, *_against_target(one)]


def _against_target(use: Use) -> Sequence[WrittenValue]:
    if use.target is None or use.distance is None:
        return [_("No target set"), "", ""]
    volume = "" if use.target.volume is None else use.target.volume
    return [percent_said(use.target.percent), volume, "; ".join(distance_words(use.distance))]


def _said(value: Any) -> str:
    return "" if value is None else share(value)


def _to_rows(period: Period, asked: Mapping[str, str]) -> str:
    return f"{reverse('dossiers:adoption-dossiers')}?{urlencode({'ky': period.key} | dict(asked))}"
