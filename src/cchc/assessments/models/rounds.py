"""A scoring round (đợt chấm điểm): its set, its timetable, the units it scores, who appraises what."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from cchc.audit.models import Recorded
from cchc.organizations.models import Dated, Official, Unit
from cchc.papers.models import Paper

LONGEST_TITLE = 300
LONGEST_GROUP = 100


class Round(Recorded):
    """One year's scoring by the council of `organizer`.

    `criteria` is the criteria set as canonical YAML, frozen with `criteria_hash` once the round has begun; both
    empty until a set was brought in. `assessed_from` to `assessed_to` are the days whose work is scored,
    `cut_off_on` is the last day whose data count. `version` grows with every change of what stands here,
    `result_version` with every freeze.
    """

    title = models.CharField(max_length=LONGEST_TITLE)
    year = models.PositiveSmallIntegerField()
    organizer = models.ForeignKey(Unit, models.PROTECT, related_name="rounds")
    assessed_from = models.DateField()
    assessed_to = models.DateField()
    cut_off_on = models.DateField()
    state = models.CharField(max_length=20)
    criteria_id = models.CharField(max_length=100, blank=True)
    criteria_hash = models.CharField(max_length=64, blank=True)
    criteria = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    result_version = models.PositiveSmallIntegerField(default=0)
    copy_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    opened_as = models.TextField(blank=True)
    search_key = models.TextField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(assessed_to__gte=F("assessed_from")), name="assessments_round_assessed_days"
            ),
            models.UniqueConstraint(fields=["organizer", "title", "year"], name="assessments_round_once"),
            models.CheckConstraint(
                condition=Q(criteria="", criteria_hash="", criteria_id="")
                | (~Q(criteria="") & ~Q(criteria_hash="") & ~Q(criteria_id="")),
                name="assessments_round_set_whole",
            ),
        ]
        indexes = [models.Index(fields=["organizer", "-id"], name="assessments_rounds_of")]

    def __str__(self) -> str:
        return self.title


class FoundingPaper(Recorded):
    """A paper on which the round rests: `kind` says which (`papers_of_round.yaml`), `paper` leads to it where it was
    issued here.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="founding_papers")
    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=100)
    issued_on = models.DateField()
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "kind"], name="assessments_founding_paper_once")]

    def __str__(self) -> str:
        return self.number


class Phase(Recorded):
    """From when to when something is done in the round: whole days, both included. Before its end units that are behind
    are reminded once.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="phases")
    phase = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "phase"], name="assessments_phase_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="assessments_phase_days"),
        ]

    def __str__(self) -> str:
        return self.phase


class Sheet(Recorded):
    """A unit in a round, and its scoring sheet (bản chấm điểm).

    `name` is what the unit was called when it was taken in, so that a merger does not rename last year's list;
    `group` the units among which it is ranked; `place` its order. `state` says who may write; `completed_at` when the
    last thing that was missing came. A sheet that came after the last day of its phase is_late; so with the
    explanations, which are locked a second time.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sheets")
    place = models.PositiveIntegerField()
    group = models.CharField(max_length=LONGEST_GROUP, blank=True)
    name = models.TextField()
    search_key = models.TextField()
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    completed_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    submitted_as = models.TextField(blank=True)
    is_late = models.BooleanField(default=False)
    explained_at = models.DateTimeField(null=True)
    explained_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    explained_as = models.TextField(blank=True)
    explained_late = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="assessments_unit_once"),
            models.UniqueConstraint(fields=["round", "place"], name="assessments_sheet_place_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def settled_at(self) -> datetime | None:
        """When its unit locked it last: with explanations, else with its own points."""
        return self.explained_at or self.submitted_at


class Charge(Dated):
    """An official appraises, on these days, what stands under `code` (a field, group or criterion of the set; empty:
    all) in the sheets of `group` (empty: of all groups) or of one `sheet`.

    `instead_of`: they do so where that one may not, because the sheet is of their own unit.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="charges")
    official = models.ForeignKey(Official, models.PROTECT, related_name="charges")
    code = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=LONGEST_GROUP, blank=True)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="charges")
    instead_of = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["round", "official", "code", "group", "starts_on"],
                condition=Q(sheet=None),
                name="assessments_charge_of_group_once",
            ),
            models.UniqueConstraint(
                fields=["round", "official", "code", "sheet", "starts_on"],
                condition=Q(sheet__isnull=False),
                name="assessments_charge_of_sheet_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official_id} {self.code}"
