"""The base of every record that holds over a stretch of days."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from cchc.audit.models import Recorded, RecordedQuerySet


class DatedQuerySet(RecordedQuerySet):
    """Asks by day."""

    def on(self, day: date) -> Self:
        """Those that hold on that day."""
        return self.filter(during(day))

    def not_over(self, day: date) -> Self:
        """Those that hold on that day or begin later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))


def during(day: date, prefix: str = "") -> Q:
    """The condition of holding on `day`; `prefix` leads to the dated record, as `placements__`."""
    open_or_later = Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": day})
    return Q(**{f"{prefix}starts_on__lte": day}) & open_or_later


class Dated(Recorded):
    """Holds from `starts_on` to `ends_on`, both days included; null while no end is known.

    `source_document` and `source_on` name the decision behind it (empty where none is known).
    """

    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    source_document = models.TextField(blank=True)
    source_on = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="%(app_label)s_%(class)s_days"
            )
        ]

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)
