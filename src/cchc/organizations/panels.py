"""Parts of this room's own pages that follow rights of their own: who changed a unit or an official last."""

from __future__ import annotations

from collections.abc import Mapping

from cchc.interface.histories.showing import last_change
from cchc.interface.hosting.panels import panel
from cchc.organizations.models import Official, Unit
from cchc.organizations.permissions import may_read_disclosures_of
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_TITLE = LocalText("Ai đã sửa gì", "Who changed what")
_TEMPLATE = "interface/parts/last_change.html"


@panel("organizations.history_of_unit", "organizations.unit", _TITLE, _TEMPLATE)
def history_of_unit(viewer: Viewer, unit: Unit) -> Mapping[str, object] | None:
    """The last change and the way to all of them, for auditors and administrators over the unit."""
    return last_change(viewer, unit)


@panel("organizations.history_of_official", "organizations.official", _TITLE, _TEMPLATE)
def history_of_official(viewer: Viewer, official: Official) -> Mapping[str, object] | None:
    """The same for an official."""
    return last_change(viewer, official)


@panel(
    "organizations.disclosures_of_official",
    "organizations.official",
    LocalText("Ai đã xem", "Who saw the data"),
    "organizations/parts/disclosures_panel.html",
)
def disclosures_of_official(viewer: Viewer, official: Official) -> Mapping[str, object] | None:
    """The way to who saw the official's data, for the official and for auditors and administrators over the unit."""
    return {"official": official} if may_read_disclosures_of(viewer, official) else None
