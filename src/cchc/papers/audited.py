"""Whose history may be read: legal bases and text templates, by the right over their unit; papers by their readers, of
issued ones what happened since. How a paper was drafted stays its unit's: the list of all changes tells others only
that something happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.urls import reverse

from cchc.audit.recording import subject_of
from cchc.files.queries import citations_for
from cchc.interface.access import Verdict
from cchc.interface.hosting.audited import Audited, Closing
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_read_audit
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer
from cchc.papers.models import (
    ApprovalRequest,
    LegalBasis,
    NumberSeries,
    Paper,
    SignedFile,
    TemplateVersion,
    TextTemplate,
)
from cchc.papers.permissions import may_see_paper
from cchc.papers.rights import DRAFTERS, ISSUERS
from cchc.records.text import LocalText


def _of_unit(viewer: Viewer, record: Any) -> Verdict:
    return may_read_audit(viewer, record.unit)


def _bases(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """As they are cited."""
    found = LegalBasis.objects.filter(pk__in=list(keys)).order_by("pk")
    return made_of(found, lambda rows: {one.pk: one.name for one in rows})


def _templates(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """As they are, or were last, called."""
    versions = TemplateVersion.objects.filter(template__in=list(keys)).order_by("starts_on")
    return made_of(versions.values_list("template_id", "name"), dict)


def _papers(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """By number and title; those never issued by their symbol alone."""
    found = Paper.objects.filter(pk__in=list(keys)).order_by("pk")
    return made_of(found, lambda rows: {one.pk: f"{one}" if one.is_issued else one.full_number for one in rows})


def _readable_since(viewer: Viewer, paper: Paper) -> datetime | None:
    """How it was written is for those who write and issue for the unit."""
    return None if viewer.holds_over(paper.unit, *DRAFTERS, *ISSUERS) else paper.issued_at


def _papers_readable_since(viewer: Viewer, keys: Iterable[int]) -> Reads[Mapping[int, datetime | None]]:
    """The same for many at once."""
    own = Case(When(within(viewer.units_held(*DRAFTERS, *ISSUERS), viewer.day), then=Value(True)), default=Value(False))
    found = Paper.objects.filter(pk__in=list(keys)).annotate(is_own=own).order_by("pk")
    return made_of(
        found.values_list("pk", "is_own", "issued_at"),
        lambda rows: {key: None if is_own else at for key, is_own, at in rows if is_own or at is not None},
    )


def _requests(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """By the paper that was laid before a unit."""
    found = ApprovalRequest.objects.filter(pk__in=list(keys)).select_related("paper").order_by("pk")
    return made_of(found, lambda rows: {one.pk: f"{one.paper}" for one in rows})


def _may_read_request(viewer: Viewer, asked: ApprovalRequest) -> Verdict:
    return may_see_paper(viewer, asked.paper)


def _parts_of_paper(paper: Paper) -> Sequence[QuerySet[Any]]:
    asked = ApprovalRequest.objects.filter(paper=paper)
    return (paper.signed_files.all(), asked, citations_for(subject_of(paper)))


def _parts_of_template(template: TextTemplate) -> Sequence[QuerySet[Any]]:
    return (template.versions.all(),)


basis = Audited(
    LegalBasis,
    LocalText("Căn cứ pháp lý", "Legal basis"),
    _bases,
    lambda one: reverse("papers:basis", args=[one.pk]),
    _of_unit,
    related=("unit",),
)
template = Audited(
    TextTemplate,
    LocalText("Mẫu văn bản", "Text template"),
    _templates,
    lambda one: reverse("papers:template", args=[one.code]),
    _of_unit,
    _parts_of_template,
    related=("unit",),
)
paper = Audited(
    Paper,
    LocalText("Văn bản", "Paper"),
    _papers,
    lambda one: reverse("papers:paper", args=[one.pk]),
    may_see_paper,
    _parts_of_paper,
    related=("unit",),
    since=_readable_since,
    closing=Closing(_papers_readable_since, LocalText("Bản thảo văn bản", "Draft of a paper")),
)
approval = Audited(
    ApprovalRequest,
    LocalText("Trình phê duyệt", "Approval asked for"),
    _requests,
    lambda one: reverse("papers:paper", args=[one.paper_id]),
    _may_read_request,
    related=("paper__unit",),
)


def OF_UNITS(units: QuerySet[Unit], day: date) -> Iterable[QuerySet[Any]]:  # noqa: N802 - the name that the host looks for
    """The library and the templates of these units, their papers and what was laid before others or before them."""
    templates, papers = TextTemplate.objects.filter(unit__in=units), Paper.objects.filter(unit__in=units)
    return (
        LegalBasis.objects.filter(unit__in=units),
        templates,
        TemplateVersion.objects.filter(template__in=templates.values("pk")),
        papers,
        SignedFile.objects.filter(paper__in=papers.values("pk")),
        NumberSeries.objects.filter(unit__in=units),
        ApprovalRequest.objects.filter(Q(paper__in=papers.values("pk")) | Q(to__in=units)),
    )
