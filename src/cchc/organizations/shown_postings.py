"""The postings of an official as the official's page shows them, with what the reader may do about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from cchc.organizations.models import Official, Posting, Unit
from cchc.organizations.permissions import ADMINISTRATOR, may_end_posting, may_manage_people
from cchc.organizations.viewers import Viewer


@dataclass(frozen=True, slots=True)
class ShownPosting:
    """One posting. The addresses are empty for who may not, and where there is nothing to end, take back or correct."""

    posting: Posting
    is_to_come: bool
    end_url: str = ""
    take_back_url: str = ""
    correct_url: str = ""

    @property
    def may_act(self) -> bool:
        """Whether the reader may do anything about it."""
        return bool(self.end_url or self.take_back_url or self.correct_url)


def shown_postings(
    viewer: Viewer, official: Official, postings: Sequence[Posting], home: Unit | None
) -> list[ShownPosting]:
    """In their order. What has not begun is taken back; what is held beside the main post ends by itself, the main one
    by a transfer or with all the rest. One query at most.
    """
    open_ones = [one for one in postings if one.ends_on is None or one.ends_on >= viewer.day]
    if viewer.holds_anywhere(ADMINISTRATOR):
        viewer.read_above(one.unit_id for one in open_ones)
    may_end = {one.pk for one in open_ones if may_end_posting(viewer, official, one.unit, home)}
    shown = [_shown(viewer, official, one, one.pk in may_end) for one in postings]
    may_manage_home = home is not None and bool(may_manage_people(viewer, home))
    may_correct = {one.pk for one in open_ones if may_manage_home and may_manage_people(viewer, one.unit)}
    return [_correctable(official, one) if one.posting.pk in may_correct else one for one in shown]


def _correctable(official: Official, shown: ShownPosting) -> ShownPosting:
    address = reverse("organizations:posting-correct", args=[official.code, shown.posting.pk])
    return replace(shown, correct_url=address)


def _shown(viewer: Viewer, official: Official, posting: Posting, may_end: bool) -> ShownPosting:
    is_to_come, where = posting.starts_on > viewer.day, [official.code, posting.pk]
    if may_end and is_to_come:
        return ShownPosting(posting, True, take_back_url=reverse("organizations:posting-take-back", args=where))
    if may_end and not posting.is_main:
        return ShownPosting(posting, False, end_url=reverse("organizations:posting-end", args=where))
    return ShownPosting(posting, is_to_come)
