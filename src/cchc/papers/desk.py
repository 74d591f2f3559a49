"""What this room puts on a person's desk: papers that wait for a decision."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.hosting.desk import MOST_SHOWN, DeskItem, DeskShare, Urgency, desk_kind
from cchc.interface.together import Reads, counted, made_of
from cchc.organizations.viewers import Viewer
from cchc.papers.models import ApprovalRequest
from cchc.papers.queries import approvals as queries
from cchc.records.text import LocalText


@desk_kind("papers.to_decide", LocalText("Chờ phê duyệt", "For your approval"))
def to_decide(viewer: Viewer, now: datetime) -> Reads[DeskShare]:
    """Papers laid before units for which the viewer decides, the oldest first; counted, then read."""
    waiting = queries.to_decide(viewer)
    listed = made_of(waiting[:MOST_SHOWN], lambda found: [_item(one) for one in found])
    return counted(waiting).made(lambda numbers: DeskShare({Urgency.OTHER: numbers["number"]}, lambda urgency: listed))


def _item(asked: ApprovalRequest) -> DeskItem:
    return DeskItem(
        title=f"{asked.paper.full_number} {asked.paper.title}",
        url=reverse("papers:decide-approval", args=[asked.pk]),
        urgency=Urgency.OTHER,
        words=_("Waits for a decision"),
        note=asked.paper.issuer,
    )
