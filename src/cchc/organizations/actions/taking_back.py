"""What was to come is taken back before it begins, or given another first day; what it would have ended goes on."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.audit.actions import action
from cchc.audit.actors import Actor
from cchc.organizations.actions.dating import go_on, take_back_what_has_not_begun, why
from cchc.organizations.actions.people import post_official
from cchc.organizations.actions.units import placement_on
from cchc.organizations.audit_kinds import POSTING_ENDED, POSTING_RESUMED
from cchc.organizations.models import Official, Posting
from cchc.records.errors import refuse
from cchc.records.sources import Source


@action
def take_back_posting(
    *, actor: Actor, now: datetime, posting: Posting, reason: str, instead_from: date | None = None
) -> None:
    """The posting will not begin, and the one that would have ended for it goes on; or it begins on another day,
    `instead_from`. The only posting that somebody has can be given another day alone.

    Raises `organizations.no_reason`, `organizations.has_begun`, `organizations.only_posting`,
    `organizations.not_there` when the unit of the posting before is gone by then, and what `post_official` raises.
    """
    official = Official.objects.select_for_update().get(pk=posting.official_id)
    locked = Posting.objects.select_for_update().get(pk=posting.pk)
    unit, said = locked.unit, why(reason)
    take_back_what_has_not_begun(locked, official, localtime(now).date(), POSTING_ENDED, reason)
    if locked.is_main:
        go_on(official.postings.filter(is_main=False, unit=unit), locked, POSTING_RESUMED, said)
        before = go_on(official.postings.filter(is_main=True), locked, POSTING_RESUMED, said)
        if before is not None and instead_from is None:
            placement_on(before.unit, locked.starts_on)
    if instead_from is not None:
        post_official(
            actor=actor, now=now, official=official, unit=unit, post=locked.post, starts_on=instead_from,
            ends_on=locked.ends_on, is_main=locked.is_main, is_head=locked.is_head, source=source_of(locked),
        )  # fmt: skip
    elif not official.postings.exists():
        raise refuse("organizations.only_posting", name=official.name)


def source_of(dated: Posting) -> Source | None:
    """The decision behind a record, if one is named."""
    return Source(dated.source_document, dated.source_on) if dated.source_document else None
