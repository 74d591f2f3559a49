"""Cases of responsibility: about whom, on which grounds, what was asked, explained and concluded, and which measure.

The grounds are copied when the case is opened, as they stood then: what is counted anew later changes no case.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q

from cchc.audit.models import AppendOnly, Recorded
from cchc.organizations.models import Official, Unit
from cchc.oversight.consequences import UNIT
from cchc.oversight.models.kept import KeptDossier
from cchc.oversight.models.lists import ListedItem, ListedOfficial
from cchc.oversight.states_cases import STANDS

_LONGEST: Final = 20
_LONGEST_NUMBER: Final = 100


class ResponsibilityCase(Recorded):
    """About an official, the head of a unit, or the unit itself (`about`), where the delay was (`unit`).

    `name` and `post` are those of the day on which it was opened. It was opened from somebody `listed`, from a late
    dossier (`kept`), or from the record of a `month`. `measure` is a key of `consequences.yaml`; the document that
    carries it out has a number, a day and an authority. `version` grows with everything that happens.
    """

    about = models.CharField(max_length=_LONGEST)
    official = models.ForeignKey(Official, models.PROTECT, null=True, related_name="cases")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases")
    name = models.TextField()
    post = models.TextField(blank=True)
    listed = models.ForeignKey(ListedOfficial, models.PROTECT, null=True, related_name="cases")
    kept = models.ForeignKey(KeptDossier, models.PROTECT, null=True, related_name="cases")
    month = models.DateField(null=True)
    why = models.TextField()
    state = models.CharField(max_length=_LONGEST)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    opened_as = models.TextField(blank=True)
    question = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    explanation = models.TextField(blank=True)
    explained_at = models.DateTimeField(null=True)
    explained_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    explained_as = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    measure = models.CharField(max_length=_LONGEST, blank=True)
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    concluded_as = models.TextField(blank=True)
    document_number = models.CharField(max_length=_LONGEST_NUMBER, blank=True)
    document_on = models.DateField(null=True)
    document_by = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(about=UNIT, official=None) | (~Q(about=UNIT) & Q(official__isnull=False)),
                name="oversight_case_about_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=STANDS)
                | (Q(concluded_at__isnull=False) & ~Q(conclusion="") & ~Q(measure="")),
                name="oversight_case_concluded_whole",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "state", "id"], name="oversight_cases_of_unit"),
            models.Index(fields=["official", "state", "id"], name="oversight_cases_of_official"),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.unit_id} {self.state}"

    @property
    def is_about_unit(self) -> bool:
        """Whether it is about no person."""
        return self.about == UNIT


class CaseGround(Recorded):
    """One dossier that a case counts, as it stood when the case was opened; `item` is the entry of a list.

    `late` are minutes charged to whom it is about, by the rule in force; of a unit or its head, to the holder there.
    """

    case = models.ForeignKey(ResponsibilityCase, models.PROTECT, related_name="grounds")
    place = models.PositiveIntegerField()
    item = models.ForeignKey(ListedItem, models.PROTECT, null=True, related_name="+")
    kept = models.ForeignKey(KeptDossier, models.PROTECT, null=True, related_name="+")
    month = models.DateField()
    code = models.CharField(max_length=200)
    procedure_name = models.TextField(blank=True)
    klass = models.CharField(max_length=_LONGEST)
    holder = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    late = models.PositiveIntegerField()
    overrun = models.PositiveIntegerField()
    verdict = models.CharField(max_length=_LONGEST, blank=True)
    reply = models.TextField(blank=True)
    outcome = models.CharField(max_length=_LONGEST, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="oversight_ground_place")]
        indexes = [models.Index(fields=["kept", "month"], name="oversight_grounds_of_dossier")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}"


class CaseEntry(AppendOnly):
    """Something that happened to a case, never changed: a step of its table, where it led, in words why."""

    case = models.ForeignKey(ResponsibilityCase, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    act = models.CharField(max_length=_LONGEST)
    state = models.CharField(max_length=_LONGEST)
    by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    by_as = models.TextField(blank=True)
    text = models.TextField(blank=True)

    redactable = ("text",)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="oversight_case_history")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.act}"
