"""Who may read which notices, and how they were delivered."""

from __future__ import annotations

from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.notices.models import Delivery, Notice
from cchc.notices.policies import may_be_sent_again
from cchc.notices.queries import delivery_log
from cchc.organizations.permissions import ADMINISTRATOR
from cchc.organizations.viewers import Viewer


@permission
def may_be_told(viewer: Viewer) -> Verdict:
    """See one's own list, and say how one wishes to be told: every official. Also while acting for another it is
    one's own: nobody reads what a principal was told.
    """
    return ALLOWED if viewer.is_signed_in else denied("notices.sign_in_not_allowed")


@permission
def may_read_notice(viewer: Viewer, notice: Notice) -> Verdict:
    """Its recipient. To others it is as if there were none."""
    is_own = viewer.official is not None and viewer.official.pk == notice.recipient_id
    return ALLOWED if is_own else denied("notices.notice_not_found")


@permission
def may_read_deliveries(viewer: Viewer) -> Verdict:
    """How notices were delivered, not what they say: administrators, of the people in their units."""
    return ALLOWED if viewer.holds_anywhere(ADMINISTRATOR) else denied("notices.log_not_allowed")


@permission
def may_send_again(viewer: Viewer, delivery: Delivery) -> Verdict:
    """Ask for a mail that did not go: administrators, of the people in their units. To others there is no such mail."""
    may_read = may_read_deliveries(viewer)
    if not may_read:
        return may_read
    is_seen = delivery_log(viewer).filter(pk=delivery.pk).exists()
    return may_be_sent_again(delivery) if is_seen else denied("notices.delivery_not_found")
