"""Whom an official may name as the own deputy: who works near, on all days on which they are to act."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from cchc.organizations.models import Ancestry, Official, Posting
from cchc.organizations.models.dated import during

_DAY = timedelta(days=1)


def working_near(units: Collection[int], day: date) -> QuerySet[Official]:
    """Who has a post on that day in one of these units, under it, or in the unit right above it."""
    there = _posts_near(units, day).filter(during(day))
    return Official.objects.filter(pk__in=there.order_by().values("official")).order_by("pk")


def works_near(official: Official, units: Collection[int], first: date, last: date) -> bool:
    """Whether the official has such a post on each of these days, one or several; the tree is that of the first day."""
    posts = _posts_near(units, first).filter(Q(ends_on=None) | Q(ends_on__gte=first), official=official)
    day = first
    for post in posts.order_by("starts_on", "pk"):
        if post.starts_on > day:
            return False
        if post.ends_on is None or post.ends_on >= last:
            return True
        day = max(day, post.ends_on + _DAY)
    return False


def _posts_near(units: Collection[int], day: date) -> QuerySet[Posting]:
    links = Ancestry.objects.filter(during(day)).order_by()
    below = links.filter(ancestor__in=units).values("descendant")
    above = links.filter(descendant__in=units, depth=1).values("ancestor")
    return Posting.objects.filter(Q(unit__in=units) | Q(unit__in=below) | Q(unit__in=above))
