"""A part of a unit's page: what stands in registers about it and those under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils import timezone

from cchc.interface.hosting.panels import panel
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText
from cchc.registers.permissions import may_see_registers
from cchc.registers.queries.registers import concerning
from cchc.registers.shown import shown_kind

_MOST_LISTED: Final = 10


@panel(
    "registers.of_unit",
    "organizations.unit",
    LocalText("Trong sổ theo dõi, kế hoạch", "In registers and plans"),
    "registers/parts/unit_panel.html",
)
def of_unit(viewer: Viewer, unit: Unit) -> Reads[Mapping[str, object] | None] | None:
    """The newest registers with entries about it that the viewer may see: how many, and how their tasks stand."""
    if not may_see_registers(viewer):
        return None

    def shown(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, object] | None:
        listed = [(row, shown_kind(row["register__kind"])) for row in rows[:_MOST_LISTED]]
        return {"rows": listed, "unit": unit, "has_more": len(rows) > _MOST_LISTED} if rows else None

    return made_of(concerning(viewer, unit, timezone.now())[: _MOST_LISTED + 1], shown)
