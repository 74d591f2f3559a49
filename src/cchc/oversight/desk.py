"""What this room puts on a person's desk: that one is named in a list and may reply, or is asked to explain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from cchc.interface.hosting.desk import DeskItem, desk_kind, urgency_of
from cchc.interface.together import Reads, made_of
from cchc.organizations.viewers import Viewer
from cchc.oversight.addresses_cases import to_case
from cchc.oversight.addresses_lists import to_notice
from cchc.oversight.models import ListNotice, ResponsibilityCase
from cchc.oversight.queries.cases import to_explain
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


@desk_kind("oversight.explanations", LocalText("Yêu cầu giải trình", "Explanations asked for"))
def explanations(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]] | list[DeskItem]:
    """Cases about the viewer, or the unit that the viewer heads, where an explanation is awaited. One read."""
    if not viewer.is_signed_in:
        return []
    return made_of(to_explain(viewer)[:_MOST], lambda rows: [_explanation(one, now) for one in rows])


def _explanation(case: ResponsibilityCase, now: datetime) -> DeskItem:
    until = case.due_at
    assert until is not None  # it was asked for until then
    title = _("Explain: case %(number)s") % {"number": case.pk}
    return DeskItem(title, to_case(case), urgency_of(until, now), until)


def _items(notices: Iterable[ListNotice], now: datetime) -> list[DeskItem]:
    items = []
    for one in notices:
        until = one.listed.reply_until if one.listed else None
        assert until is not None  # whoever is named has a time to reply
        title = _("Monthly list %(month)s: reply, with evidence") % {"month": f"{one.list.month:%m/%Y}"}
        items.append(DeskItem(title, to_notice(one), urgency_of(until, now), until))
    return items
