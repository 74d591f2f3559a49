"""Findings of the field check, as far as the viewer sees the sheet."""

from __future__ import annotations

from django.db.models import QuerySet

from cchc.assessments.models import Finding, Sheet
from cchc.assessments.queries.scope import visible_sheets
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse


def visible_findings(viewer: Viewer) -> QuerySet[Finding]:
    """Those about sheets that the viewer may see."""
    return Finding.objects.filter(sheet__in=visible_sheets(viewer).order_by().values("pk"))


def findings_of(sheet: Sheet) -> QuerySet[Finding]:
    """The oldest first."""
    return Finding.objects.filter(sheet=sheet).select_related("entered_by", "decided_by").order_by("found_on", "pk")


def get_finding(viewer: Viewer, number: int) -> Finding:
    """With its sheet and round. Raises `assessments.finding_not_found`."""
    found = visible_findings(viewer).select_related(
        "sheet__round__organizer", "sheet__unit", "entered_by", "decided_by"
    )
    finding = found.filter(pk=number).first()
    if finding is None:
        raise refuse("assessments.finding_not_found")
    return finding
