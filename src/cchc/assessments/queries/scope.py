"""What a viewer may see: rounds of one's council, those that score one's units, those in which one appraises."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from cchc.assessments.models import Round, Sheet
from cchc.assessments.permissions import APPRAISER, AUTHORITY, FILLERS, INSPECTORS, ROUND
from cchc.assessments.phases import SEATS
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer


def whole_rounds(viewer: Viewer) -> QuerySet[Round]:
    """Rounds of which all sheets may be seen: by their council, the approving authority and their appraisers."""
    if not viewer.is_signed_in:
        return Round.objects.none()
    duties = (*SEATS, APPRAISER, *INSPECTORS)
    keys = {int(key) for duty in duties for key in viewer.assigned(duty, ROUND) if key.isdecimal()}
    held = within(viewer.units_held(*SEATS, AUTHORITY), viewer.day, "organizer")
    return Round.objects.filter(Q(pk__in=keys) | held)


def seated_rounds(viewer: Viewer) -> QuerySet[Round]:
    """Rounds in whose council the viewer has a seat."""
    keys = {int(key) for seat in SEATS for key in viewer.assigned(seat, ROUND) if key.isdecimal()}
    return Round.objects.filter(Q(pk__in=keys) | within(viewer.units_held(*SEATS), viewer.day, "organizer"))


def visible_sheets(viewer: Viewer) -> QuerySet[Sheet]:
    """All sheets of those, and in others those of the units one works in or answers for."""
    if not viewer.is_signed_in:
        return Sheet.objects.none()
    own = Q(unit__in=Unit.objects.filter(pk__in=viewer.postings)) | within(viewer.units_held(*FILLERS), viewer.day)
    return Sheet.objects.filter(Q(round__in=whole_rounds(viewer).order_by().values("pk")) | own)


def visible_rounds(viewer: Viewer) -> QuerySet[Round]:
    """Those that one may see whole, and those in which a sheet is visible."""
    if not viewer.is_signed_in:
        return Round.objects.none()
    seen = Exists(visible_sheets(viewer).filter(round=OuterRef("pk")).order_by())
    return Round.objects.filter(Q(pk__in=whole_rounds(viewer).order_by().values("pk")) | seen)
