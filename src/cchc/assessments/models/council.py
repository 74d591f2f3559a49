"""What the council does with what is still open: opinions asked beforehand, sessions, motions put to the vote."""

from __future__ import annotations

from fractions import Fraction

from django.db import models

from cchc.assessments.models.rounds import Round, Sheet
from cchc.audit.models import Recorded
from cchc.organizations.models import Official
from cchc.records.numbers import parse_number

LONGEST_PLACE = 200


class Session(Recorded):
    """A session of the council, on one day, in one place; who was present stands in `Presence`."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    place = models.CharField(max_length=LONGEST_PLACE)
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    entered_as = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="assessments_session_once")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.number}"


class Presence(Recorded):
    """A member who was present in a session, and so votes there."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="presences")
    official = models.ForeignKey(Official, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "official"], name="assessments_presence_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.official_id}"


class OpinionAsked(Recorded):
    """The members are asked for their slips about one criterion of one sheet, until the end of a day."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="opinions_asked")
    criterion = models.CharField(max_length=40)
    until = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    asked_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="assessments_opinion_asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.criterion}"


class Opinion(Recorded):
    """The slip of one member about one criterion of one sheet (phiếu lấy ý kiến): agrees with the appraised points, or
    wants other `points`, and why. A second one replaces the first.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="opinions")
    criterion = models.CharField(max_length=40)
    agrees = models.BooleanField()
    points = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Official, models.PROTECT, related_name="+")
    given_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion", "given_by"], name="assessments_opinion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.criterion} {self.given_by_id}"

    @property
    def wanted(self) -> Fraction | None:
        """The points, as a number."""
        return parse_number(self.points) if self.points else None


class Motion(Recorded):
    """What the council is to decide about one criterion of one sheet (`kind` of `states.MOTIONS`, `points` where they
    are other ones), why, and what became of it: `outcome` is empty, `carried` or `rejected`. A carried one wrote the
    answer at the council's stage. Without a session it was decided on the slips alone.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="motions")
    criterion = models.CharField(max_length=40)
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="motions")
    kind = models.CharField(max_length=20)
    points = models.CharField(max_length=40, blank=True)
    reason = models.TextField()
    put_at = models.DateTimeField()
    put_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    put_as = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    concluded_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"], condition=models.Q(outcome=""), name="assessments_motion_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.criterion} {self.kind}"

    @property
    def other(self) -> Fraction | None:
        """The points, as a number."""
        return parse_number(self.points) if self.points else None


class Vote(Recorded):
    """How one member voted on a motion: `for`, `against` or `abstain`. A second vote replaces the member's own."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="votes")
    vote = models.CharField(max_length=10)
    cast_at = models.DateTimeField()
    cast_by = models.ForeignKey(Official, models.PROTECT, related_name="+")
    cast_as = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "cast_by"], name="assessments_vote_once")]

    def __str__(self) -> str:
        return f"{self.motion_id} {self.vote}"
