"""Cases of responsibility in one's scope; what is overdue with and without one, by unit and by holder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cchc.organizations.models import Official
from cchc.organizations.queries.units import name_on, within
from cchc.organizations.viewers import Viewer
from cchc.oversight.consequences import UNIT
from cchc.oversight.models import CaseEntry, CaseGround, KeptShare, ResponsibilityCase
from cchc.oversight.permissions_cases import CASE_KEEPERS, JUDGES
from cchc.oversight.states_cases import ASKED, OPEN, STANDS, WITHDRAWN
from cchc.records.errors import refuse

PAGE: Final = 50
MOST_UNITS: Final = 500
WITH, WITHOUT, DONE, PAST = "co", "chua", "da-ket-luan", "qua-thoi-han"


@dataclass(frozen=True, slots=True)
class Part:
    """Overdue shares of which a figure is made: by what stands about their case (`flag`), and how that is said."""

    name: Any
    flag: Q


PARTS: Final[Mapping[str, Part]] = {
    "tat-ca": Part(_("Overdue"), Q()),
    WITH: Part(_("With a case"), Q(has_case=True)),
    WITHOUT: Part(_("Without a case"), Q(has_case=False)),
    DONE: Part(_("Concluded"), Q(is_concluded=True)),
    PAST: Part(_("Explanation past due"), Q(is_past=True)),
}


def visible_cases(viewer: Viewer) -> QuerySet[ResponsibilityCase]:
    """Of the units whose cases one keeps, and one's own; the newest first."""
    held = within(viewer.units_held(*CASE_KEEPERS), viewer.day)
    found = ResponsibilityCase.objects.filter(held | _own(viewer)).select_related("unit", "official")
    return found.annotate(unit_name=name_on(viewer.day)).order_by("-pk")


def kept_cases(viewer: Viewer, state: str = "") -> QuerySet[ResponsibilityCase]:
    """Of the units whose cases one keeps; in one state, or in all."""
    found = ResponsibilityCase.objects.filter(within(viewer.units_held(*CASE_KEEPERS), viewer.day))
    found = found.filter(state=state) if state else found
    return found.select_related("unit").annotate(unit_name=name_on(viewer.day)).order_by("-pk")


def newest_first(found: QuerySet[Any], last: Any | None) -> QuerySet[Any]:
    """The rest of rows that come by their keys, the highest first."""
    return found if last is None else found.filter(pk__lt=last.pk)


def cases_after(found: QuerySet[ResponsibilityCase], last: ResponsibilityCase | None) -> QuerySet[ResponsibilityCase]:
    """The rest of the list."""
    return found if last is None else found.filter(pk__lt=last.pk)


def own_cases(official: Official) -> QuerySet[ResponsibilityCase]:
    """About an official, the newest first."""
    return ResponsibilityCase.objects.filter(official=official).order_by("-pk")[:PAGE]


def to_explain(viewer: Viewer) -> QuerySet[ResponsibilityCase]:
    """Where the viewer is asked for an explanation, the one due first."""
    found = ResponsibilityCase.objects.filter(_own(viewer), state=ASKED)
    return found.order_by("due_at", "pk")


def get_case(viewer: Viewer, number: int) -> ResponsibilityCase:
    """Raises `oversight.case_not_found`."""
    related = ("listed__list", "kept", "opened_by", "explained_by", "concluded_by")
    found = visible_cases(viewer).filter(pk=number).select_related("unit", "official", *related).first()
    if found is None:
        raise refuse("oversight.case_not_found")
    return found


def grounds_in(case: ResponsibilityCase) -> QuerySet[CaseGround]:
    """In their order."""
    return case.grounds.select_related("kept", "item", "holder").order_by("place")


def history_of(case: ResponsibilityCase) -> QuerySet[CaseEntry]:
    """The newest first."""
    return case.entries.select_related("by").order_by("-pk")


def _own(viewer: Viewer) -> Q:
    """About the viewer; or about a unit in which the viewer works and is head."""
    found = Q(pk__in=[])
    if viewer.answers_as is not None:
        found = Q(official=viewer.answers_as)
    headed = within(viewer.units_held(*JUDGES), viewer.day)
    return found | (Q(about=UNIT, unit__in=viewer.postings) & headed)


def overdue_shares(viewer: Viewer, month: date, now: datetime) -> QuerySet[KeptShare]:
    """What holders are charged with in a month, each dossier once for each, in the units whose cases one keeps; with
    `has_case`, `is_concluded`, `is_past`: an explanation was due and the case is not concluded.
    """
    held = within(viewer.units_held(*CASE_KEEPERS), viewer.day)
    shares = KeptShare.objects.filter(held, month=month, is_overdue=True, is_main=True)
    return shares.annotate(
        has_case=_in_case(Q()),
        is_concluded=_in_case(Q(case__state__in=STANDS)),
        is_past=_in_case(Q(case__state__in=OPEN, case__due_at__lt=now)),
    )


def _in_case(which: Q) -> Q:
    """Whether the share is a ground of such a case: of the same holder, or of nobody in person, whatever month the case
    was opened from; what an open dossier owes moves on from month to month.
    """
    standing = CaseGround.objects.exclude(case__state=WITHDRAWN)
    grounds = standing.filter(which, kept=OuterRef("dossier"), case__unit=OuterRef("unit"))
    named = Q(official__isnull=False) & Q(Exists(grounds.filter(holder=OuterRef("official"))))
    return named | (Q(official__isnull=True) & Q(Exists(grounds.filter(holder=None))))


def counted_by_unit(shares: QuerySet[KeptShare], day: date) -> QuerySet[KeptShare, dict[str, Any]]:
    """A row for each unit: `n_` each part, `people` charged and `people_with` a case. One query."""
    counts = {f"n_{key}": Count("pk", filter=part.flag) for key, part in PARTS.items()}
    people = {
        "people": Count("official", distinct=True),
        "people_with": Count("official", filter=Q(has_case=True), distinct=True),
    }
    rows = shares.order_by().values("unit", "unit__code").annotate(unit_said=name_on(day), **counts, **people)
    return rows.order_by("unit__code")[:MOST_UNITS]


def shares_in(shares: QuerySet[KeptShare], unit: str, part: str) -> QuerySet[KeptShare]:
    """The rows behind a figure of a unit, by its code, or of all; the newest first."""
    found = shares.filter(PARTS[part].flag, **({"unit__code": unit} if unit else {}))
    return found.select_related("dossier", "official", "unit").order_by("-pk")


def cases_of_shares(shares: list[KeptShare]) -> dict[tuple[int, int | None, int | None], list[int]]:
    """By dossier, holder and unit the cases that count them, withdrawn ones left out. One query."""
    found = CaseGround.objects.filter(kept__in=[one.dossier_id for one in shares]).exclude(case__state=WITHDRAWN)
    of: dict[tuple[int, int | None, int | None], list[int]] = {}
    rows = found.order_by("case").values_list("kept_id", "holder_id", "case__unit_id", "case_id")
    for kept, holder, unit, case in rows:
        of.setdefault((kept, holder, unit), []).append(case)
    return of
