"""What a delivery's state allows, whoever asks."""

from __future__ import annotations

from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.notices.letters import BAD_ADDRESS, NO_ADDRESS, address_problem
from cchc.notices.models import Channel, Delivery, DeliveryState


def may_be_sent_again(delivery: Delivery) -> Verdict:
    """A mail that failed, or that was left out for want of an address, once there is one."""
    is_mail = delivery.channel != Channel.IN_APP
    if not is_mail or not (delivery.state == DeliveryState.FAILED or delivery.why in {NO_ADDRESS, BAD_ADDRESS}):
        return denied("notices.not_to_be_sent_again")
    return denied("notices.still_without_address") if address_problem(delivery.notice.recipient) else ALLOWED
