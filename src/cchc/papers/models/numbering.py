"""Numbers of papers: one series for each unit, year and symbol."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import Recorded
from cchc.organizations.models import Unit


class NumberSeries(Recorded):
    """How far the numbers of a symbol have come in a year: `last` is the highest given, on `last_on`.

    Its row is locked while a number is given, so that no two papers get the same and none is left out.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="number_series")
    year = models.PositiveSmallIntegerField()
    symbol = models.CharField(max_length=40)
    last = models.PositiveIntegerField(default=0)
    last_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year", "symbol"], name="papers_series_once")]

    def __str__(self) -> str:
        return f"{self.symbol} {self.year}"
