"""Whose history may be read: rounds and their sheets. The right is that over the unit that holds the round, or whose
sheet it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from cchc.assessments.models import (
    Answer,
    AnswersImport,
    Approval,
    Binding,
    Charge,
    Finding,
    Freeze,
    KeptReason,
    Motion,
    Opinion,
    OpinionAsked,
    Question,
    ReviewRequest,
    Round,
    Session,
    Sheet,
    Visit,
    Vote,
)
from cchc.interface.access import Verdict
from cchc.interface.hosting.audited import Audited
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_read_audit
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


def _may_read_round(viewer: Viewer, round_: Round) -> Verdict:
    return may_read_audit(viewer, round_.organizer)


def _may_read_sheet(viewer: Viewer, sheet: Sheet) -> Verdict:
    return may_read_audit(viewer, sheet.unit)


def _rounds(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    found = Round.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "title", "year")
    return made_of(found, lambda rows: {key: f"{title} ({year})" for key, title, year in rows})


def _sheets(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    found = Sheet.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "name", "round__title")
    return made_of(found, lambda rows: {key: f"{name}, {title}" for key, name, title in rows})


def _parts_of_round(round_: Round) -> Sequence[QuerySet[Any]]:
    return (
        Sheet.objects.filter(round=round_),
        Charge.objects.filter(round=round_),
        KeptReason.objects.filter(round=round_),
        Binding.objects.filter(round=round_),
        AnswersImport.objects.filter(round=round_, sheet=None),
        Freeze.objects.filter(round=round_),
        Approval.objects.filter(round=round_),
        Session.objects.filter(round=round_),
    )


def _parts_of_sheet(sheet: Sheet) -> Sequence[QuerySet[Any]]:
    return (
        Answer.objects.filter(sheet=sheet),
        AnswersImport.objects.filter(sheet=sheet),
        Question.objects.filter(sheet=sheet),
        Finding.objects.filter(sheet=sheet),
        Visit.objects.filter(sheet=sheet),
        ReviewRequest.objects.filter(sheet=sheet),
        Opinion.objects.filter(sheet=sheet),
        OpinionAsked.objects.filter(sheet=sheet),
        Motion.objects.filter(sheet=sheet),
        Vote.objects.filter(motion__sheet=sheet),
    )


round_ = Audited(
    Round,
    LocalText("Đợt chấm điểm", "Scoring round"),
    _rounds,
    lambda one: reverse("assessments:round", args=[one.pk]),
    _may_read_round,
    _parts_of_round,
    related=("organizer",),
)
sheet = Audited(
    Sheet,
    LocalText("Bản chấm điểm", "Scoring sheet"),
    _sheets,
    lambda one: reverse("assessments:sheet", args=[one.pk]),
    _may_read_sheet,
    _parts_of_sheet,
    related=("unit",),
)


def OF_UNITS(units: QuerySet[Unit], day: date) -> Iterable[QuerySet[Any]]:  # noqa: N802 - the name that the host looks for
    """Rounds that these units hold, their sheets wherever they are scored, and what was said in those."""
    rounds, sheets = Round.objects.filter(organizer__in=units), Sheet.objects.filter(unit__in=units)
    keys = sheets.values("pk")
    return (
        rounds,
        sheets,
        Answer.objects.filter(sheet__in=keys),
        AnswersImport.objects.filter(Q(sheet__in=keys) | Q(sheet=None, round__in=rounds.values("pk"))),
        Question.objects.filter(sheet__in=keys),
        Finding.objects.filter(sheet__in=keys),
        Visit.objects.filter(sheet__in=keys),
        ReviewRequest.objects.filter(sheet__in=keys),
        Opinion.objects.filter(sheet__in=keys),
        OpinionAsked.objects.filter(sheet__in=keys),
        Motion.objects.filter(sheet__in=keys),
        Vote.objects.filter(motion__sheet__in=keys),
        Charge.objects.filter(round__in=rounds.values("pk")),
        KeptReason.objects.filter(round__in=rounds.values("pk")),
        Binding.objects.filter(round__in=rounds.values("pk")),
        Freeze.objects.filter(round__in=rounds.values("pk")),
        Approval.objects.filter(round__in=rounds.values("pk")),
        Session.objects.filter(round__in=rounds.values("pk")),
    )
