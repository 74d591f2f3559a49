"""What this room puts on a desk: drafts that wait to be published, and how many procedures wait for a review."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.followups.addresses import shortened
from cchc.interface.hosting.desk import DeskItem, Urgency, desk_kind
from cchc.interface.together import Reads, made_of, number_of
from cchc.organizations.viewers import Viewer
from cchc.procedures.addresses import to_version
from cchc.procedures.models import ProcedureVersion
from cchc.procedures.permissions import KEEPERS
from cchc.procedures.queries.catalogue import to_review
from cchc.procedures.queries.scope import drafts
from cchc.records.text import LocalText

_LONGEST: Final = 120
_MOST: Final = 50


@desk_kind("procedures.drafts", LocalText("Dự thảo phiên bản thủ tục", "Drafts of procedures"))
def waiting(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]]:
    """In catalogues that one keeps, by the day from which they are to hold."""
    found = drafts(viewer).select_related("procedure").order_by("starts_on", "pk")[:_MOST]
    return made_of(found, lambda rows: [_draft(one) for one in rows])


@desk_kind("procedures.reviews", LocalText("Thủ tục đến hạn rà soát", "Procedures that wait for a review"))
def reviews(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]] | list[DeskItem]:
    """One line for all of them, which leads to the list."""
    if not viewer.holds_anywhere(*KEEPERS):
        return []
    return number_of(to_review(viewer)).made(_reviews)


def _draft(one: ProcedureVersion) -> DeskItem:
    title = shortened(f"{one.procedure.code} {one.procedure.name_vi}", _LONGEST)
    return DeskItem(title=title, url=to_version(one), urgency=Urgency.OTHER, due=one.starts_on)


def _reviews(number: int) -> list[DeskItem]:
    if not number:
        return []
    title = _("%(number)d procedures wait for a review") % {"number": number}
    return [DeskItem(title=title, url=f"{reverse('procedures:catalogue')}?ra-soat=den-han", urgency=Urgency.OTHER)]
