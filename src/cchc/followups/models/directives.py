"""Directives (văn bản chỉ đạo): to whom they go, who has taken note, who has put them on the unit's site."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import Recorded
from cchc.organizations.models import Official, Unit


class Directive(Recorded):
    """A paper that tells units what to do. `issued_by` names the body on the paper, the Prime Minister for one.

    `unit` issued it or passes it on, and enters it; `watcher` follows it. `posting_wanted`: addressees put it on
    their web site.
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "number", "issued_on"], name="followups_directive_once"),
        ]
        indexes = [models.Index(fields=["-issued_on", "-id"], name="followups_newest_directives")]

    def __str__(self) -> str:
        return self.number


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
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    posting_reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "unit"], name="followups_addressee_once")]
        indexes = [models.Index(fields=["heard_by"], name="followups_addressee_by")]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.unit_id}"


class WebPosting(Recorded):
    """A directive stands on a unit's web site: where, since which day, who noted it."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="directives_posted")
    place = models.TextField()
    link = models.URLField(max_length=500, blank=True)
    posted_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "unit", "posted_on", "place"], name="followups_posted_once"),
        ]

    @property
    def delay(self) -> int:
        """Days from the directive's date to the posting."""
        return (self.posted_on - self.directive.issued_on).days

    def __str__(self) -> str:
        return f"{self.directive_id} {self.unit_id}"
