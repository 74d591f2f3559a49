"""What this room puts on a person's desk: that one is named in a list and may reply."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from cchc.interface.hosting.desk import DeskItem, desk_kind, urgency_of
from cchc.interface.together import Reads, made_of
from cchc.organizations.viewers import Viewer
from cchc.oversight.addresses_lists import to_notice
from cchc.oversight.models import ListNotice
from cchc.oversight.states_lists import NOTIFIED
from cchc.records.text import LocalText

_MOST: Final = 20


@desk_kind("oversight.replies", LocalText("Danh sách tháng: phản hồi", "Monthly lists: reply"))
def replies(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]] | list[DeskItem]:
    """Notices of lists that name the viewer, until the time to reply is over. One read."""
    if viewer.answers_as is None:
        return []
    found = ListNotice.objects.filter(
        recipient=viewer.answers_as, list__state=NOTIFIED, listed__reply_until__gte=now
    ).select_related("list", "listed")
    return made_of(found.order_by("listed__reply_until", "pk")[:_MOST], lambda rows: _items(rows, now))


def _items(notices: Iterable[ListNotice], now: datetime) -> list[DeskItem]:
    items = []
    for one in notices:
        until = one.listed.reply_until if one.listed else None
        assert until is not None  # whoever is named has a time to reply
        title = _("Monthly list %(month)s: reply, with evidence") % {"month": f"{one.list.month:%m/%Y}"}
        items.append(DeskItem(title, to_notice(one), urgency_of(until, now), until))
    return items
