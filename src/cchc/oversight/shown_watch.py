"""Dossiers that become late as they are shown: every number with the address of its rows, every forecast in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cchc.dossiers.addresses import to_dossier
from cchc.dossiers.permissions import may_remind
from cchc.dossiers.shown import name_of as step_name
from cchc.interface.durations import hours_and_minutes
from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.organizations.shown import name_of
from cchc.organizations.viewers import Viewer
from cchc.oversight.addresses import asked_unit
from cchc.oversight.durations import OF_LIMIT, OF_PROCEDURE
from cchc.oversight.models import StepForecast
from cchc.oversight.permissions import WATCHERS, may_see_delays_of
from cchc.oversight.queries.watching import (
    EXPECTED,
    KINDS,
    LATER,
    OVERDUE,
    QUEUE,
    TODAY,
    WAITING,
    WEEK,
    AskedWatch,
    Counts,
    Watch,
)
from cchc.oversight.shown_board import Line, Number

_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class HolderLine:
    """Who has steps at work, in which unit."""

    pk: int
    name: str
    unit: str
    numbers: Sequence[Number]


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """A step at work: what is left in words, one sentence for each step that is left, and whether it may be urged."""

    forecast: StepForecast
    step: str
    who: str
    unit: str
    url: str
    left: str
    steps: Sequence[str]
    is_late: bool
    may_urge: bool

    @property
    def procedure(self) -> str:
        """Its name, in the reader's language."""
        return self.forecast.step.dossier.procedure_version.procedure.name.in_language(current_language())


def asked_watch(request: HttpRequest) -> AskedWatch:
    """What an address asks for: of a unit that the viewer watches, or without one of the viewer's own steps.

    Raises `organizations.unit_not_found`, and `oversight.watchers_not_allowed` for a unit that is not the viewer's.
    """
    unit = asked_unit(request) if request.GET.get("don-vi") else None
    if unit is not None:
        may_see_delays_of(request.viewer, unit).require()
    said = {name: request.GET.get(name, "")[:_LONGEST].replace("\0", "") for name in ("loai", "nguoi", "o")}
    kind = said["loai"] if said["loai"] in KINDS else EXPECTED
    return AskedWatch(unit, request.viewer.day, kind, said["nguoi"], said["o"])


def asked_board(request: HttpRequest) -> AskedWatch:
    """The unit of the address, or the first that the viewer watches. Raises as `asked_watch`."""
    unit = asked_unit(request)
    may_see_delays_of(request.viewer, unit).require()
    return AskedWatch(unit, request.viewer.day)


def kind_names() -> Mapping[str, str]:
    """What each kind is called."""
    return {
        OVERDUE: _("Overdue already"),
        TODAY: _("Due today"),
        WEEK: _("Due later this week"),
        LATER: _("Due after this week, expected late"),
        EXPECTED: _("Expected to miss the appointment"),
        WAITING: _("Clock stands"),
    }


def to_watch(code: str) -> str:
    """The page of a unit."""
    return f"{reverse('oversight:watch')}?{urlencode({'don-vi': code})}"


def to_forecasts(kind: str, **more: str) -> str:
    """The rows of a kind; of the viewer's own without a unit."""
    said = {"loai": kind} | {name.replace("_", "-"): value for name, value in more.items() if value}
    return f"{reverse('oversight:watch-rows')}?{urlencode(said)}"


def numbers_of(counts: Counts, **more: str) -> list[Number]:
    """Every kind with the way to its rows."""
    return [Number(name, counts[kind], to_forecasts(kind, **more)) for kind, name in kind_names().items()]


def unit_said(found: Watch) -> str:
    """What the unit is called."""
    return name_of(found.way[-1]) if found.way else ""


def total_of(asked: AskedWatch, found: Watch) -> list[Number]:
    """Of the unit with all below it."""
    return numbers_of(found.total, don_vi=asked.unit.code if asked.unit else "")


def unit_lines(found: Watch) -> list[Line]:
    """What stands right below the unit; nothing where nothing does."""
    return [
        Line(name_of(place), numbers_of(counts, don_vi=place.unit.code), to_watch(place.unit.code))
        for place, counts in found.units
        if any(counts.values())
    ]


def holder_lines(asked: AskedWatch, found: Watch) -> list[HolderLine]:
    """The most expected to be late first, then what is due today, then by name."""
    code = asked.unit.code if asked.unit else ""
    shown = [(holder, counts) for holder, counts in found.holders if any(counts.values())]
    shown.sort(key=lambda one: tuple(-one[1][kind] for kind in (OVERDUE, EXPECTED, TODAY, WEEK)))
    return [
        HolderLine(
            pk, holder.name or _("Shared queue"), holder.place_name,
            numbers_of(counts, don_vi=code, nguoi=holder.code or QUEUE, o=holder.place),
        )
        for pk, (holder, counts) in enumerate(shown, 1)
    ]  # fmt: skip


def forecast_lines(viewer: Viewer, found: Iterable[Any]) -> list[ForecastLine]:
    """Each with the way to its dossier."""
    return [
        ForecastLine(
            one, step_name(one.step), one.holder.name if one.holder else _("Shared queue"),
            one.unit_said or "", to_dossier(one.step.dossier), left_said(one), [link_said(link) for link in one.chain],
            not one.is_waiting and one.beyond_minutes > 0, _may_urge(viewer, one),
        )
        for one in found
    ]  # fmt: skip


def _may_urge(viewer: Viewer, one: StepForecast) -> bool:
    return one.holder_id is not None and not one.is_waiting and bool(may_remind(viewer, one.step))


def left_said(one: StepForecast) -> str:
    """`Còn 3 bước, thường mất 18 giờ (trung vị của 214 hồ sơ ở đơn vị này)`."""
    steps = ngettext("%(n)d step left", "%(n)d steps left", len(one.chain)) % {"n": len(one.chain)}
    said = {"steps": steps, "time": hours_and_minutes(one.minutes_left), "n": one.cases}
    if one.chain[0]["is_past"]:
        return _("%(steps)s; the one at work takes longer than usual, the end cannot be estimated") % said
    if one.basis == OF_LIMIT:
        return _("%(steps)s, %(time)s by the limits of steps without enough history") % said
    if one.basis == OF_PROCEDURE:
        return _("%(steps)s, usually %(time)s (median of at least %(n)d dossiers of the procedure in all units)") % said
    return _("%(steps)s, usually %(time)s (median of at least %(n)d dossiers in this unit)") % said


def link_said(link: Mapping[str, Any]) -> str:
    """One step that is left, and what its estimate rests on."""
    said = {
        "step": link[current_language()], "seen": link["seen"], "elsewhere": link["seen_elsewhere"],
        "n": link["cases"],
    }  # fmt: skip
    if link["basis"] == OF_LIMIT:
        few = _("too few cases: %(seen)d in the unit, %(elsewhere)d in all; the limit of the step counts") % said
        return f"{said['step']}: {few}"
    said |= {
        "median": hours_and_minutes(link["median"]), "quarter": hours_and_minutes(link["quarter"]),
        "three": hours_and_minutes(link["three_quarters"]),
    }  # fmt: skip
    if link["basis"] == OF_PROCEDURE:
        where = _("%(n)d dossiers in all units; too few in the unit: %(seen)d") % said
    else:
        where = _("%(n)d dossiers in the unit") % said
    usual = _("median %(median)s, half of them between %(quarter)s and %(three)s") % said
    return f"{said['step']}: {usual} ({where})"


def title_of(asked: AskedWatch, found: Sequence[ForecastLine]) -> str:
    """Which rows these are."""
    name = kind_names()[asked.kind]
    if not asked.holder:
        return name
    return f"{name} · {found[0].who}" if found else name


def watch_crumbs(found: Watch | None, asked: AskedWatch, viewer: Viewer, *more: Link) -> list[Link]:
    """From the page down to the unit; what lies above it leads to its own page where the viewer sees that."""
    above, covered = [], False
    held = {hold.unit: hold.covers_subtree for hold in viewer.holds if hold.role in WATCHERS}
    for place in found.way[:-1] if found else ():
        is_seen = covered or place.unit_id in held
        covered = covered or held.get(place.unit_id, False)
        above.append(Link(name_of(place), to_watch(place.unit.code) if is_seen else ""))
    first = to_watch(asked.unit.code) if asked.unit else reverse("oversight:watch")
    return [Link(_("Becoming late"), first), *above, *more]


def kind_links(asked: AskedWatch) -> list[Link]:
    """The same rows of each kind."""
    said = {"don_vi": asked.unit.code if asked.unit else "", "nguoi": asked.holder, "o": asked.place}
    return [Link(name, to_forecasts(kind, **said), kind == asked.kind) for kind, name in kind_names().items()]
