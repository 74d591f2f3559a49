"""The list of a month with names: whom it names and for what, who was told, what was replied and decided, its versions.

What was listed is never deleted: an entry that was decided away stays in the record, and leaves the public list.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cchc.audit.models import AppendOnly, Recorded
from cchc.dossiers.models import Dossier
from cchc.organizations.models import Official, Unit
from cchc.oversight.models.kept import KeptDossier
from cchc.oversight.states_lists import PUBLISHED, WITHDRAWN
from cchc.papers.models import LegalBasis

_LONGEST: Final = 20
_LONGEST_NUMBER: Final = 100


class Outcome(models.TextChoices):
    """What was decided about an entry."""

    ACCEPTED = "accepted", _("Reply accepted, left out")
    REFUSED = "refused", _("Reply not accepted, stays")
    SILENT = "silent", _("No reply in time, stays")
    POSTPONED = "postponed", _("Was away, left out of this list")


LEFT_OUT: Final = (Outcome.ACCEPTED, Outcome.POSTPONED)
"""Entries that stay in the record alone."""


class MonthlyList(Recorded):
    """Who was slow or overdue in a month at a body that publishes, as known at the cut-off.

    `notice_number` and `noticed_on` are those of the paper by which the people were told, `reply_until` when their time
    ends. `put_hash` is the hash of what was put forward to be frozen. Publication names a legal basis, the decision and
    when the list leaves the page. `version` grows with everything that happens.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="monthly_lists")
    month = models.DateField()
    cut_off_at = models.DateTimeField()
    minimum = models.PositiveIntegerField()
    state = models.CharField(max_length=_LONGEST)
    version = models.PositiveIntegerField(default=1)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    drafted_as = models.TextField(blank=True)
    notice_number = models.CharField(max_length=_LONGEST_NUMBER, blank=True)
    noticed_on = models.DateField(null=True)
    reply_until = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    approved_as = models.TextField(blank=True)
    put_hash = models.CharField(max_length=64, blank=True)
    put_at = models.DateTimeField(null=True)
    put_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    put_as = models.TextField(blank=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    frozen_as = models.TextField(blank=True)
    basis = models.ForeignKey(LegalBasis, models.PROTECT, null=True, related_name="+")
    decision_number = models.CharField(max_length=_LONGEST_NUMBER, blank=True)
    decided_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    published_as = models.TextField(blank=True)
    expires_on = models.DateField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"], condition=~Q(state=WITHDRAWN), name="oversight_one_list_a_month"
            ),
            models.CheckConstraint(
                condition=Q(frozen_by=None) | ~Q(frozen_by=F("put_by")), name="oversight_list_frozen_by_two"
            ),
            models.CheckConstraint(
                condition=~Q(state=PUBLISHED)
                | (Q(basis__isnull=False, decided_on__isnull=False, expires_on__isnull=False) & ~Q(decision_number="")),
                name="oversight_published_on_a_basis",
            ),
        ]
        indexes = [models.Index(fields=["month", "unit"], name="oversight_lists_of_month")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"


class ListedOfficial(Recorded):
    """Whom a list names, in the post and unit where the delay was; a queue or a system account without a name, for
    which `accountable` answers, and a name of a log that the register does not know.

    `volume` is how many dossiers were held in the month. `reply_until` is the own last moment to reply, later than that
    of the list for who was away.
    """

    list = models.ForeignKey(MonthlyList, models.PROTECT, related_name="listed")
    place = models.PositiveIntegerField()
    holder_kind = models.CharField(max_length=_LONGEST)
    official = models.ForeignKey(Official, models.PROTECT, null=True, related_name="listed")
    name = models.TextField()
    post = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    unit_name = models.TextField(blank=True)
    volume = models.PositiveIntegerField(default=0)
    accountable = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    reply_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "place"], name="oversight_listed_place")]

    def __str__(self) -> str:
        return f"{self.list_id} {self.place}"

    @property
    def is_named(self) -> bool:
        """Whether the list names a person."""
        return self.official_id is not None


class ListedItem(Recorded):
    """One dossier that a person is listed with: the class, the part, what was replied and decided about it.

    `late` are minutes charged, by the rule in force and by each of the four; `overrun` those over the own limits.
    `verdict` is that of a verifier, where there is one: real or forgotten. `origin` is the entry of an earlier list
    that was left out, its person being away; without `is_of_month` it stands here for that alone.
    """

    listed = models.ForeignKey(ListedOfficial, models.PROTECT, related_name="items")
    place = models.PositiveIntegerField()
    klass = models.CharField(max_length=_LONGEST)
    kept = models.ForeignKey(KeptDossier, models.PROTECT, null=True, related_name="+")
    own = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=200)
    procedure_name = models.TextField(blank=True)
    role = models.CharField(max_length=100, blank=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried")
    is_of_month = models.BooleanField(default=True)
    is_carried_over = models.BooleanField()
    is_returned = models.BooleanField()
    allotted = models.PositiveIntegerField(null=True)
    used = models.PositiveIntegerField()
    overrun = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    late_overrun = models.PositiveIntegerField()
    late_holder = models.PositiveIntegerField()
    late_first_overrun = models.PositiveIntegerField()
    late_first_holder = models.PositiveIntegerField()
    evidenced_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=_LONGEST, blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    replied_as = models.TextField(blank=True)
    outcome = models.CharField(max_length=_LONGEST, choices=Outcome.choices, blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    decided_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listed", "place"], name="oversight_item_place"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["accepted", "refused"]) | ~Q(reason=""), name="oversight_decided_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(is_of_month=True) | Q(origin__isnull=False), name="oversight_item_of_some_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listed_id} {self.code}"

    @property
    def is_left_out(self) -> bool:
        """Whether it stays in the record alone."""
        return self.outcome in LEFT_OUT


class ListNotice(Recorded):
    """Somebody was told of a list: a person of being named (`listed`), or the head of a unit of its people (`unit`)."""

    list = models.ForeignKey(MonthlyList, models.PROTECT, related_name="notices")
    recipient = models.ForeignKey(Official, models.PROTECT, related_name="+")
    listed = models.ForeignKey(ListedOfficial, models.PROTECT, null=True, related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=_LONGEST_NUMBER)
    noticed_on = models.DateField()
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    received_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(listed__isnull=False) | Q(unit__isnull=False), name="oversight_notice_of_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.recipient_id}"


class ListEntry(AppendOnly):
    """Something that happened to a list, never changed: a step of its table, where it led, in words why."""

    list = models.ForeignKey(MonthlyList, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    act = models.CharField(max_length=_LONGEST)
    state = models.CharField(max_length=_LONGEST)
    by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    by_as = models.TextField(blank=True)
    text = models.TextField(blank=True)

    redactable = ("text",)

    class Meta:
        indexes = [models.Index(fields=["list", "id"], name="oversight_list_history")]

    def __str__(self) -> str:
        return f"{self.list_id} {self.act}"


class ListVersion(AppendOnly):
    """What a list says, as it was frozen, or corrected: canonical JSON, its SHA-256, and that of the version before."""

    list = models.ForeignKey(MonthlyList, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    made_as = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "number"], name="oversight_version_once")]

    def __str__(self) -> str:
        return f"{self.list_id} v{self.number}"
