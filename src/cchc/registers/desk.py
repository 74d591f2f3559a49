"""What this room puts on a desk: registers that one keeps and whose period ends or is over. Tasks are there already."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from cchc.followups.addresses import shortened
from cchc.interface.hosting.desk import DeskItem, desk_kind, urgency_of
from cchc.interface.together import Reads, made_of
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText
from cchc.registers.addresses import to_register
from cchc.registers.models import Register
from cchc.registers.queries.registers import to_close

_AHEAD: Final = timedelta(days=7)
_LONGEST: Final = 120


@desk_kind("registers.to_close", LocalText("Sổ theo dõi hết kỳ", "Registers at the end of their period"))
def ending(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]]:
    """Open ones whose last day is within a week or past."""
    return made_of(to_close(viewer, viewer.day + _AHEAD), lambda found: [_item(one, now) for one in found])


def _item(one: Register, now: datetime) -> DeskItem:
    assert one.ends_on is not None  # asked for by its last day
    return DeskItem(
        title=shortened(one.title, _LONGEST),
        url=to_register(one),
        urgency=urgency_of(one.ends_on, now),
        due=one.ends_on,
        note=getattr(one, "keeper_name", None) or "",
    )
