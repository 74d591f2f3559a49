"""Whose history may be read: sources with their logs, lists of a month, cases of responsibility. The right is that over
the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.access import Verdict, denied
from cchc.interface.hosting.audited import Audited
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_read_audit
from cchc.organizations.viewers import Viewer
from cchc.oversight.models import (
    CaseGround,
    DelayLoad,
    DelaySource,
    ListedItem,
    ListNotice,
    ListVersion,
    LogImport,
    MonthlyList,
    ResponsibilityCase,
    SourceKind,
    SourceName,
)
from cchc.records.text import LocalText


def _may_read_list(viewer: Viewer, list_: MonthlyList) -> Verdict:
    return may_read_audit(viewer, list_.unit)


def _may_read_source(viewer: Viewer, one: DelaySource) -> Verdict:
    """Of our own one-stop nobody reads more than what its dossiers tell."""
    return denied("oversight.source_not_found") if one.unit is None else may_read_audit(viewer, one.unit)


def _may_read_case(viewer: Viewer, case: ResponsibilityCase) -> Verdict:
    return may_read_audit(viewer, case.unit)


def _lists(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """Their month."""
    found = MonthlyList.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "month")
    return made_of(found, lambda rows: {key: f"{month:%m/%Y}" for key, month in rows})


def _sources(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """What they are called."""
    found = DelaySource.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "name")
    return made_of(found, dict)


def _cases(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """Their number, which names nobody."""
    found = ResponsibilityCase.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", flat=True)
    return made_of(found, lambda rows: {key: _("Case %(number)s") % {"number": key} for key in rows})


def _parts_of_case(case: ResponsibilityCase) -> Sequence[QuerySet[Any]]:
    return (CaseGround.objects.filter(case=case),)


def _parts_of_list(list_: MonthlyList) -> Sequence[QuerySet[Any]]:
    return (
        ListedItem.objects.filter(listed__list=list_),
        ListNotice.objects.filter(list=list_),
        ListVersion.objects.filter(list=list_),
    )


def _parts_of_source(one: DelaySource) -> Sequence[QuerySet[Any]]:
    return tuple(model.objects.filter(source=one) for model in (LogImport, DelayLoad, SourceName))


monthly_list = Audited(
    MonthlyList,
    LocalText("Danh sách tháng", "List of a month"),
    _lists,
    lambda one: reverse("oversight:list", args=[one.pk]),
    _may_read_list,
    _parts_of_list,
    related=("unit",),
)
responsibility_case = Audited(
    ResponsibilityCase,
    LocalText("Hồ sơ xem xét trách nhiệm", "Case of responsibility"),
    _cases,
    lambda one: reverse("oversight:case", args=[one.pk]),
    _may_read_case,
    _parts_of_case,
    related=("unit",),
)
source = Audited(
    DelaySource,
    LocalText("Nguồn nhật ký", "Source of logs"),
    _sources,
    lambda one: reverse("oversight:source", args=[one.pk]),
    _may_read_source,
    _parts_of_source,
    related=("unit",),
)


def OF_UNITS(units: QuerySet[Unit], day: date) -> Iterable[QuerySet[Any]]:  # noqa: N802 - the name that the host looks for
    """Lists that these units make, cases about what was late there, and the sources of logs that they answer for, with
    all that belongs to them.
    """
    lists = MonthlyList.objects.filter(unit__in=units)
    cases = ResponsibilityCase.objects.filter(unit__in=units)
    sources = DelaySource.objects.filter(unit__in=units, kind=SourceKind.LOG)
    return (
        lists,
        ListedItem.objects.filter(listed__list__in=lists.values("pk")),
        ListNotice.objects.filter(list__in=lists.values("pk")),
        cases,
        CaseGround.objects.filter(case__in=cases.values("pk")),
        sources,
        LogImport.objects.filter(source__in=sources.values("pk")),
        SourceName.objects.filter(source__in=sources.values("pk")),
    )
