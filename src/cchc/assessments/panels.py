"""A part of a unit's page: its sheets in scoring rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cchc.assessments.addresses import to_sheet
from cchc.assessments.models import Sheet
from cchc.assessments.permissions import may_see_rounds
from cchc.assessments.queries.waiting import sheets_of_unit
from cchc.assessments.shown import round_state, sheet_state
from cchc.interface.hosting.panels import panel
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_MOST_LISTED: Final = 5


@panel(
    "assessments.of_unit",
    "organizations.unit",
    LocalText("Chấm điểm cải cách hành chính", "Reform scoring"),
    "assessments/parts/unit_panel.html",
)
def of_unit(viewer: Viewer, unit: Unit) -> Reads[Mapping[str, object] | None] | None:
    """The newest rounds in which it is scored, as far as the viewer may see its sheets, and how each stands."""
    if not may_see_rounds(viewer):
        return None

    def shown(found: Sequence[Sheet]) -> Mapping[str, object] | None:
        rows = [(one, to_sheet(one), sheet_state(one.state), round_state(one.round.state)) for one in found]
        return {"rows": rows} if rows else None

    return made_of(sheets_of_unit(viewer, unit)[:_MOST_LISTED], shown)
