"""Directives (văn bản chỉ đạo): to whom they go, who has taken note, who has put them on the unit's site."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cchc.audit.models import Recorded
from cchc.followups.states import DIRECTIVE, IN_FORCE
from cchc.organizations.models import Official, Unit
from cchc.papers.models import LegalBasis, Paper


class Directive(Recorded):
    """A paper that tells units what to do. `issued_by` names the body on the paper, the Prime Minister for one,
    `signer` who signed it; it rests on `bases` of the library and, in words, on `legal_basis`.

    `unit` issued it or passes it on, and enters it; `watcher` follows it. `posting_wanted`: addressees put it on
    their web site. Withdrawn or repealed, it says since when (`ended_on`) and why (`because`), and perhaps what stands
    in its place. `version` grows with every correction. `paper` is the issued paper that it was made of, if it was.
    """

    number = models.CharField(max_length=100)
    issued_on = models.DateField()
    issued_by = models.TextField()
    title = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="directives")
    watcher = models.ForeignKey(Unit, models.PROTECT, related_name="directives_watched")
    posting_wanted = models.BooleanField(default=False)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    search_key = models.TextField()
    is_sample = models.BooleanField(default=False)
    signer = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    state = models.CharField(max_length=20, default=IN_FORCE)
    version = models.PositiveIntegerField(default=1)
    ended_on = models.DateField(null=True)
    because = models.TextField(blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="directive")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "number", "issued_on"], name="followups_directive_once"),
            models.CheckConstraint(
                condition=Q(state=IN_FORCE, ended_on=None, because="", replaced_by=None)
                | Q(state__in=DIRECTIVE.final, ended_on__isnull=False, because__gt=""),
                name="followups_directive_ended_whole",
            ),
            models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="followups_directive_replaced_by_another"),
        ]
        indexes = [models.Index(fields=["-issued_on", "-id"], name="followups_newest_directives")]

    @property
    def is_in_force(self) -> bool:
        """Whether it still asks for something."""
        return self.state == IN_FORCE

    def __str__(self) -> str:
        return self.number


class DirectiveBasis(Recorded):
    """A directive rests on a basis of the library; `place` is its place among them."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="bases")
    basis = models.ForeignKey(LegalBasis, models.PROTECT, related_name="directives")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "basis"], name="followups_directive_basis_once"),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.basis_id}"


class DirectiveEntry(Recorded):
    """One line of what was corrected or ended of a directive, never changed: who, why, and what stood there before.

    `changes` is canonical JSON: the name of a field, its value before, its value after, for each that changed.
    `posting` is the line of the posting log that it is about, if it is about one. The capacities as of a `TaskEntry`.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    step = models.CharField(max_length=40)
    by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    principal = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    capacity = models.TextField(blank=True)
    principal_capacity = models.TextField(blank=True)
    text = models.TextField(blank=True)
    changes = models.TextField()
    posting = models.ForeignKey("WebPosting", models.PROTECT, null=True, related_name="entries")

    class Meta:
        indexes = [models.Index(fields=["directive", "-id"], name="followups_directive_history")]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.step}"


class Addressee(Recorded):
    """A unit that a directive is sent to: by when it must take note, and post it where that is wanted (else null).

    `reminded_at`: its head was told that it has not taken note; `escalated_at`: so was the head of who follows.
    `posting_reminded_at`: its head was told that it has not been posted in time.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="addressees")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="directives_received")
    told_at = models.DateTimeField()
    heard_by = models.DateTimeField()
    post_by = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    acknowledged_as = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    posting_reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "unit"], name="followups_addressee_once")]
        indexes = [models.Index(fields=["heard_by"], name="followups_addressee_by")]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.unit_id}"


class WebPosting(Recorded):
    """A directive stands on a unit's web site: where, since which day, who noted it.

    A line that is not true is struck out (`struck_at`) and counts for nothing; `version` grows with every correction.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="directives_posted")
    place = models.TextField()
    link = models.URLField(max_length=500, blank=True)
    posted_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    noted_as = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    struck_at = models.DateTimeField(null=True)
    struck_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "unit", "posted_on", "place"],
                condition=Q(struck_at=None),
                name="followups_posted_once",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_because="") | Q(struck_at__isnull=False, struck_because__gt=""),
                name="followups_posting_struck_whole",
            ),
        ]

    @property
    def delay(self) -> int:
        """Days from the directive's date to the posting."""
        return (self.posted_on - self.directive.issued_on).days

    def __str__(self) -> str:
        return f"{self.directive_id} {self.unit_id}"
