"""Units, where they stood, how they turned into one another, and the calendar they work by."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cchc.audit.models import Recorded
from cchc.organizations.models.dated import Dated
from cchc.records.text import Language


class Unit(Recorded):
    """One body over its whole life, whatever it was called and wherever it stood: see its placements.

    `code` is its address and never changes. `version` grows with every change, so that two who edit the same unit
    do not overwrite each other. `is_sample` marks invented units of the demonstration.
    """

    code = models.SlugField(max_length=80, unique=True)
    version = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code


class Placement(Dated):
    """What a unit was called, which kind it was and under which unit it stood, over a stretch of days.

    The placements of a unit never overlap. `symbol` is the short name in numbers of papers (`UBND`, `SNV`).
    `search_key` and `sort_key` are made from the Vietnamese name.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="child_placements")
    kind = models.CharField(max_length=40)
    name_vi = models.TextField()
    name_en = models.TextField(blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    search_key = models.TextField()
    sort_key = models.TextField()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "starts_on"], name="organizations_placement_start_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ends_on=None), name="organizations_placement_one_open"
            ),
        ]
        indexes = [models.Index(fields=["parent", "sort_key", "unit"], name="organizations_children")]

    def __str__(self) -> str:
        return self.name_vi

    def name_in(self, language: Language) -> str:
        """What the unit is called in that language; in Vietnamese where it has no English name."""
        return (self.name_en if language == "en" else "") or self.name_vi


class Ancestry(Recorded):
    """Derived from placements (`closure`): `descendant` stood `depth` steps under `ancestor` on these days."""

    ancestor = models.ForeignKey(Unit, models.PROTECT, related_name="links_down")
    descendant = models.ForeignKey(Unit, models.PROTECT, related_name="links_up")
    depth = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["descendant", "ancestor", "starts_on"], name="organizations_link_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="organizations_ancestry_days"
            ),
        ]
        indexes = [models.Index(fields=["ancestor", "descendant"], name="organizations_links_down")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"


class Reorganization(Recorded):
    """A decision by which units turned into others: merger, split, dissolution."""

    kind = models.CharField(max_length=20)
    effective_on = models.DateField()
    source_document = models.TextField()
    source_on = models.DateField(null=True)
    doubt = models.TextField(blank=True)
    doubt_en = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.effective_on}"


class Succession(Recorded):
    """`predecessor` went, wholly or in part, into `successor`."""

    reorganization = models.ForeignKey(Reorganization, models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="origins")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reorganization", "predecessor", "successor"], name="organizations_succession_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="organizations_succession_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class CalendarUse(Dated):
    """Which calendar a unit works by; its parts inherit it until they have their own. At most one on a day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="calendar_uses")
    calendar = models.CharField(max_length=80)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "starts_on"], name="organizations_calendar_start_once"),
        ]

    def __str__(self) -> str:
        return self.calendar
