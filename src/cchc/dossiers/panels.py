"""What this room shows on pages of others: before a unit works by another calendar, which dossiers that moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from cchc.dossiers.queries.recounting import Recounted, touched_by
from cchc.interface.hosting.panels import panel
from cchc.interface.together import Reads
from cchc.organizations.calendars import CalendarChoice
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


@panel(
    "dossiers.of_calendar_choice",
    "organizations.calendar_choice",
    LocalText("Ngày hẹn hồ sơ thay đổi", "Appointments that it moves"),
    "dossiers/parts/calendar_panel.html",
)
def of_calendar_choice(viewer: Viewer, choice: CalendarChoice) -> Reads[Mapping[str, object]]:
    """How many open dossiers would be due at another moment, and the way to the list: numbers alone, nobody's data."""
    address = reverse("dossiers:recounted", args=[choice.unit.code, choice.calendar, choice.starts_on.isoformat()])

    def shown(found: Sequence[Recounted]) -> Mapping[str, object]:
        appointments = sum(one.moves_appointment for one in found)
        beyond = sum(one.is_beyond for one in found)
        return {"count": len(found) - beyond, "appointments": appointments, "beyond": beyond, "address": address}

    return touched_by(choice).made(shown)
