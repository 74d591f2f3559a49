"""What this room puts on a person's desk: papers that wait for a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.hosting.desk import MOST_SHOWN, DeskItem, DeskShare, Urgency, desk_kind
from cchc.organizations.viewers import Viewer
from cchc.papers.models import ApprovalRequest
from cchc.papers.queries import approvals as queries
from cchc.records.text import LocalText


@desk_kind("papers.to_decide", LocalText("Chờ phê duyệt", "For your approval"))
def to_decide(viewer: Viewer, now: datetime) -> DeskShare:
    """Papers laid before units for which the viewer decides, the oldest first; two queries."""
    waiting = queries.to_decide(viewer)
    return DeskShare({Urgency.OTHER: waiting.count()}, lambda urgency: _items(waiting[:MOST_SHOWN]))


def _items(waiting: Iterator[ApprovalRequest]) -> Iterator[DeskItem]:
    for asked in waiting:
        yield DeskItem(
            title=f"{asked.paper.full_number} {asked.paper.title}",
            url=reverse("papers:decide-approval", args=[asked.pk]),
            urgency=Urgency.OTHER,
            words=_("Waits for a decision"),
            note=asked.paper.issuer,
        )
