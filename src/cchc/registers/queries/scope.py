"""What a viewer may see: registers of units in scope, and single entries that concern the viewer's units."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from cchc.followups.queries.scope import in_scope, supervised, visible_tasks
from cchc.organizations.viewers import Viewer
from cchc.registers.models import Register, RegisterEntry

_LABEL = RegisterEntry._meta.label


def visible_entries(viewer: Viewer) -> QuerySet[RegisterEntry]:
    """All entries of registers kept by a unit one works in or holds a role over; of other registers those that concern
    such a unit, or one that one supervises, and those by which a task was given that one may see.
    """
    if not viewer.is_signed_in:
        return RegisterEntry.objects.none()
    given = visible_tasks(viewer).filter(subject_type=_LABEL, subject_id=Cast(OuterRef("pk"), TextField()))
    concerned = in_scope(viewer, "unit") | supervised(viewer, "unit")
    return RegisterEntry.objects.filter(in_scope(viewer, "register__keeper") | concerned | Exists(given.order_by()))


def visible_registers(viewer: Viewer) -> QuerySet[Register]:
    """Registers kept in one's scope, and those with an entry that one may see."""
    if not viewer.is_signed_in:
        return Register.objects.none()
    seen = visible_entries(viewer).filter(register=OuterRef("pk"))
    return Register.objects.filter(in_scope(viewer, "keeper") | Exists(seen.order_by()))
