"""Who may do what with the lists of a month.

Those who keep or head a body that publishes see its lists; who is named sees the own entries, replies to them, and
confirms receipt. Whoever is named with a dossier decides about nobody's reply that concerns it (`replies.is_party`).
"""

from __future__ import annotations

from typing import Final

from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer
from cchc.oversight.models import ListedItem, ListNotice, MonthlyList
from cchc.oversight.permissions import WATCHERS, may_see_delays
from cchc.oversight.states_lists import HEAD, KEEPER, MONTHLY_LIST, SECOND

KEEPERS: Final = ("procedure_control_officer", "one_stop_head")
HEADS: Final = ("unit_head",)
SECONDS: Final = ("unit_head", "signing_leader")
DECIDERS: Final = ("procedure_control_officer", "one_stop_head", "unit_head", "signing_leader")
_SIGN_IN: Final = "organizations.sign_in_not_allowed"


@permission
def may_see_lists(viewer: Viewer) -> Verdict:
    """Those of the bodies in one's scope: whoever may see delays."""
    return may_see_delays(viewer)


@permission
def may_see_list(viewer: Viewer, list_: MonthlyList) -> Verdict:
    """All of one: who keeps, heads or controls the body."""
    return ALLOWED if viewer.holds_over(list_.unit, *WATCHERS) else denied("oversight.list_not_found")


@permission
def may_draft_list(viewer: Viewer, unit: Unit) -> Verdict:
    """Who keeps the list of the body."""
    return ALLOWED if viewer.holds_over(unit, *KEEPERS) else denied("oversight.list_keepers_not_allowed")


@permission
def may_move_list(viewer: Viewer, list_: MonthlyList, act: str) -> Verdict:
    """A step of the table: the side that it names. Raises `LookupError` for no step."""
    side = MONTHLY_LIST.step(act).who
    if side == KEEPER:
        return may_draft_list(viewer, list_.unit)
    if side in {HEAD, SECOND}:
        roles = HEADS if side == HEAD else SECONDS
        return ALLOWED if viewer.holds_over(list_.unit, *roles) else denied("oversight.heads_not_allowed")
    return denied("oversight.system_not_allowed")


@permission
def may_see_item(viewer: Viewer, item: ListedItem) -> Verdict:
    """An entry: who is named, and who may see the list."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    if _is(viewer, item.listed.official_id):
        return ALLOWED
    return ALLOWED if may_see_list(viewer, item.listed.list) else denied("oversight.item_not_found")


@permission
def may_reply(viewer: Viewer, item: ListedItem) -> Verdict:
    """Who is named, alone; whoever acts for somebody in single roles does not reply for them."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    return ALLOWED if _is(viewer, item.listed.official_id) else denied("oversight.reply_not_allowed")


@permission
def may_decide(viewer: Viewer, item: ListedItem) -> Verdict:
    """Who keeps, heads or signs for the body, never about themselves."""
    if not viewer.holds_over(item.listed.list.unit, *DECIDERS):
        return denied("oversight.deciders_not_allowed")
    official = item.listed.official_id
    people = {one.pk for one in (viewer.official, viewer.principal) if one is not None}
    return denied("oversight.own_entry_not_allowed") if official in people else ALLOWED


@permission
def may_see_list_notice(viewer: Viewer, notice: ListNotice) -> Verdict:
    """Who was told, and who may see the list."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    if _is(viewer, notice.recipient_id):
        return ALLOWED
    return ALLOWED if may_see_list(viewer, notice.list) else denied("oversight.notice_not_found")


@permission
def may_acknowledge(viewer: Viewer, notice: ListNotice) -> Verdict:
    """Who was told, alone."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    return ALLOWED if _is(viewer, notice.recipient_id) else denied("oversight.recipient_not_allowed")


def _is(viewer: Viewer, official: int | None) -> bool:
    """Whether it is the viewer's own affair."""
    own = viewer.answers_as
    return own is not None and own.pk == official
