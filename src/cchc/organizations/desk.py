"""What this room puts on a desk: acting for others that begins or ends, roles that wait for the second factor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.hosting.desk import DeskItem, Urgency, desk_kind, urgency_of
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Delegation
from cchc.organizations.queries.people import delegations_at_hand
from cchc.organizations.shown import shown_role
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_AHEAD: Final = timedelta(days=7)


@desk_kind("organizations.delegations", LocalText("Ủy quyền", "Delegations"))
def delegations(viewer: Viewer, now: datetime) -> Reads[Iterable[DeskItem]] | Iterable[DeskItem]:
    """Those of one's own, given and held, that begin or end within a week."""
    if viewer.official is None:
        return ()
    found = delegations_at_hand(viewer.official, viewer.day, viewer.day + _AHEAD)
    return made_of(found, lambda held: [_acting(one, viewer, now) for one in held])


def _acting(one: Delegation, viewer: Viewer, now: datetime) -> DeskItem:
    begins = one.starts_on >= viewer.day
    due = one.starts_on if begins else one.ends_on
    return DeskItem(
        title=_title(one, is_deputy=one.deputy == viewer.official),
        url=reverse("organizations:account"),
        urgency=urgency_of(due, now),
        due=due,
        words=_("Begins") if begins else _("Ends"),
        note=shown_role(one.role) if one.role else _("In every role"),
    )


@desk_kind(
    "organizations.waiting_roles", LocalText("Vai trò chờ xác thực hai lớp", "Roles that wait for the second factor")
)
def waiting_roles(viewer: Viewer, now: datetime) -> Iterator[DeskItem]:
    """Roles that count as soon as a second factor is shown. No query."""
    for role in sorted(viewer.waiting):
        title = _("Role %(role)s") % {"role": shown_role(role)}
        words = _("Waits for the second factor")
        yield DeskItem(
            title, reverse("mfa_index"), Urgency.OTHER, words=words, note=_("Until then the role does not count.")
        )


def _title(one: Delegation, *, is_deputy: bool) -> str:
    if is_deputy:
        return _("Acting for %(name)s") % {"name": one.principal.name}
    return _("%(name)s acts for you") % {"name": one.deputy.name}
