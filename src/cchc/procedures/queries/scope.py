"""What a viewer may see: what is published everybody, also the public; drafts those who keep the catalogue."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.permissions import KEEPERS
from cchc.procedures.states import DRAFT, PUBLISHED


def visible_procedures(viewer: Viewer) -> QuerySet[Procedure]:
    """Those with a published version, and all of catalogues that one keeps."""
    published = ProcedureVersion.objects.filter(procedure=OuterRef("pk"), state=PUBLISHED)
    return Procedure.objects.filter(Exists(published.order_by()) | kept_by(viewer, "keeper"))


def visible_versions(viewer: Viewer) -> QuerySet[ProcedureVersion]:
    """Published ones; drafts and what was withdrawn, in catalogues that one keeps."""
    return ProcedureVersion.objects.filter(Q(state=PUBLISHED) | kept_by(viewer, "procedure__keeper"))


def drafts(viewer: Viewer) -> QuerySet[ProcedureVersion]:
    """In catalogues that one keeps."""
    return ProcedureVersion.objects.filter(kept_by(viewer, "procedure__keeper"), state=DRAFT)


def kept_by(viewer: Viewer, field: str) -> Q:
    """The condition that the viewer keeps the catalogue of the unit in that field."""
    if not viewer.holds_anywhere(*KEEPERS):
        return Q(pk__in=())
    return within(viewer.units_held(*KEEPERS), viewer.day, field)
