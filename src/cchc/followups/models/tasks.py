"""Tasks, all that happened to them, and the difficulties their owners met."""

from __future__ import annotations

from datetime import time
from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cchc.audit.models import Recorded
from cchc.followups.deadlines import Deadline
from cchc.organizations.models import Official, Unit
from cchc.papers.models import LegalBasis


class Task(Recorded):
    """Something one unit must do by a moment, and another unit follows.

    It belongs to what `subject_type` and `subject_id` name (a directive, a finding, a plan), as the audit chain names
    objects. `owner` does it, `leader` answers for it by name (null: nobody is named yet, where an answer is asked for),
    `watcher` follows, urges and verifies. `due_at` follows from `counted_from` with `due_on` or `working_days`, and
    `due_time` (`10:30`) where an hour was named, by the owner's calendar; `heard_by` is when the owner must have
    acknowledged or reported next, null while nothing is waited for. `claimed_at` is when the owner said that it is done
    (`claimed_by`, in the place of `claimed_for`), `done_on` the day on which it really was, as the proof shows.
    `version` grows with every step.
    """

    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=100)
    what = models.TextField()
    legal_basis = models.TextField(blank=True)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="tasks_owned")
    leader = models.ForeignKey(Official, models.PROTECT, null=True, related_name="tasks_led")
    watcher = models.ForeignKey(Unit, models.PROTECT, related_name="tasks_watched")
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    counted_from = models.DateField()
    due_on = models.DateField(null=True)
    working_days = models.PositiveSmallIntegerField(null=True)
    due_time = models.CharField(max_length=5, blank=True)
    calendar = models.CharField(max_length=80)
    calendar_hash = models.CharField(max_length=64)
    due_at = models.DateTimeField()
    heard_by = models.DateTimeField(null=True)
    given_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    claimed_as = models.TextField(blank=True)
    claimed_for = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    search_key = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(owner=F("watcher")), name="followups_task_watched_by_another"),
            models.CheckConstraint(
                condition=Q(due_on=None, working_days__isnull=False) | Q(due_on__isnull=False, working_days=None),
                name="followups_task_one_deadline",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="followups_by_deadline"),
            models.Index(fields=["owner", "due_at"], name="followups_of_owner"),
            models.Index(fields=["watcher", "due_at"], name="followups_of_watcher"),
            models.Index(fields=["subject_type", "subject_id"], name="followups_of_subject"),
            models.Index(fields=["heard_by"], name="followups_unheard", condition=Q(heard_by__isnull=False)),
        ]

    @property
    def deadline(self) -> Deadline:
        """As it was given."""
        hour = time.fromisoformat(self.due_time) if self.due_time else None
        return Deadline(self.counted_from, self.due_on, self.working_days, hour)

    def __str__(self) -> str:
        return self.what


class TaskBasis(Recorded):
    """A task rests on a basis of the library; `place` is its place among them. What else it rests on stands in
    `Task.legal_basis`, in words.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="bases")
    basis = models.ForeignKey(LegalBasis, models.PROTECT, related_name="tasks")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "basis"], name="followups_basis_once")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.basis_id}"


class TaskEntry(Recorded):
    """One line of a task's history, never changed: who did which step, what was said, where the task stood then.

    `by` is null for what the product does itself; `principal` is the person acted for; the capacities say in which post
    of which unit each was on that day, empty where that is not known. `due_at` is the deadline as of this entry. A
    reminder has `rule`, the id of the rule behind it, `about_at`, the moment it warns of, a recipient.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    step = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    principal = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    capacity = models.TextField(blank=True)
    principal_capacity = models.TextField(blank=True)
    text = models.TextField(blank=True)
    done_on = models.DateField(null=True)
    due_at = models.DateTimeField()
    rule = models.CharField(max_length=40, blank=True)
    about_at = models.DateTimeField(null=True)
    recipient = models.ForeignKey(Official, models.PROTECT, null=True, related_name="task_reminders")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "rule", "about_at", "recipient"],
                condition=~Q(rule=""),
                name="followups_reminded_once",
            ),
        ]
        indexes = [models.Index(fields=["task", "id"], name="followups_history")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.step}"


class DifficultyKind(models.TextChoices):
    """What an owner has to say beyond progress."""

    DIFFICULTY = "difficulty", _("Difficulty")
    PROPOSAL = "proposal", _("Proposal")
    ADVANTAGE = "advantage", _("Advantage")


# What went well is collected too, but nobody owes it an answer.
ANSWERED_KINDS: Final = ("difficulty", "proposal")


class Difficulty(Recorded):
    """A difficulty, a proposal or an advantage (khó khăn, vướng mắc; đề xuất, kiến nghị; thuận lợi), and the answer
    that the first two get. It is found by the words of both (`search_key`).
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="difficulties")
    kind = models.CharField(max_length=20, choices=DifficultyKind.choices)
    text = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    raised_as = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    answered_as = models.TextField(blank=True)
    search_key = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["-raised_at", "-id"], name="followups_newest_raised")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="followups_difficulty_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ANSWERED_KINDS) | Q(answered_at=None), name="followups_advantage_not_answered"
            ),
        ]

    def __str__(self) -> str:
        return self.text
