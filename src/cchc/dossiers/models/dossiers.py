"""Dossiers, the daily series their codes come from, and the token on their slip."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cchc.audit.models import Recorded
from cchc.dossiers.states_sync import NOT_SENT
from cchc.organizations.models import Unit
from cchc.procedures.models import ProcedureVersion

LONGEST_CODE: Final = 100
_IS_OPEN: Final = Q(ended_at=None)
_IS_READY: Final = Q(state="settled")
LONGEST_CALENDAR: Final = 1_000  # several that take turns


class Channel(models.TextChoices):
    """By which way it came, with the national codes 1, 2, 3."""

    DIRECT = "direct", _("At the counter")
    ONLINE = "online", _("Online")
    POST = "post", _("By public post")


class DeliveryWay(models.TextChoices):
    """How its result is handed over."""

    COUNTER = "counter", _("At the counter")
    POST = "post", _("By public post")
    ONLINE = "online", _("Electronically")


class Dossier(Recorded):
    """One request of a person or an organisation, received by `unit` and settled by `settling_unit`.

    It keeps the `procedure_version` of the day it was received. `state`, `finance` and `delivery` are three lines of
    `states`, `synchronisation` that of its newest report (`reports_made` in all, the last of `reported_code`).
    `archived_at`: since when it is only read. `first_due_at` is the first appointment and never changes, `due_at` the
    one that holds; both null where the procedure fixes no limit. `settled_at` is when its last step was completed,
    `ended_at` when it was over for the time limit: settled, refused, withdrawn or stopped. `supplements` and
    `extensions` count how often papers were asked for and the appointment put off. The owner (chủ hồ sơ) may differ
    from who hands it in. `version` grows with everything that happens.
    """

    code = models.CharField(max_length=LONGEST_CODE, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dossiers_received")
    settling_unit = models.ForeignKey(Unit, models.PROTECT, related_name="dossiers_settled")
    procedure_version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="dossiers")
    subject = models.TextField(blank=True)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    owner_name = models.TextField()
    owner_number = models.CharField(max_length=30, blank=True)
    owner_address = models.TextField(blank=True)
    owner_phone = models.CharField(max_length=30, blank=True)
    owner_email = models.CharField(max_length=254, blank=True)
    submitter_name = models.TextField(blank=True)
    submitter_number = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=20)
    finance = models.CharField(max_length=20)
    delivery = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    calendar = models.CharField(max_length=LONGEST_CALENDAR)
    calendar_hash = models.CharField(max_length=64)
    first_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    supplements = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    fee = models.PositiveIntegerField(default=0)
    receipt = models.CharField(max_length=60, blank=True)
    result_number = models.CharField(max_length=100, blank=True)
    result_on = models.DateField(null=True)
    result_note = models.TextField(blank=True)
    result_recorded_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_to = models.TextField(blank=True)
    handed_over_by_way = models.CharField(max_length=20, choices=DeliveryWay.choices, blank=True)
    synchronisation = models.CharField(max_length=20, default=NOT_SENT)
    reported_code = models.PositiveSmallIntegerField(null=True)
    reports_made = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)
    search_key = models.TextField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at=None, first_due_at=None) | Q(due_at__gte=F("first_due_at")),
                name="dossiers_due_not_before_first",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(ended_at=F("settled_at")), name="dossiers_settled_is_ended"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_at", "id"], name="dossiers_open_received", condition=_IS_OPEN),
            models.Index(fields=["settling_unit", "due_at", "id"], name="dossiers_open_by_due", condition=_IS_OPEN),
            models.Index(fields=["unit", "settled_at", "id"], name="dossiers_ready_received", condition=_IS_READY),
            models.Index(
                fields=["settling_unit", "settled_at", "id"], name="dossiers_ready_by_time", condition=_IS_READY
            ),
            # with what is searched in, so that a search reads these alone
            models.Index(fields=["unit", "-id", "search_key"], name="dossiers_received_words"),
            models.Index(
                fields=["settling_unit", "-id", "search_key"], name="dossiers_settled_words",
                condition=~Q(unit=F("settling_unit")),
            ),
            models.Index(fields=["owner_number", "id"], name="dossiers_of_owner"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code

    @property
    def is_settled_late(self) -> bool:
        """Whether its last step was done after the minute of the appointment that held, be it outside working hours:
        as the ledger compares (`late_by_due_at`).
        """
        if self.settled_at is None or self.due_at is None:
            return False
        return self.settled_at.replace(second=0, microsecond=0) > self.due_at


class CodeSeries(Recorded):
    """How far the codes of a unit have come on a day. Its row is locked while a code is given, so that no two dossiers
    get the same and, since it is written in the transaction of the dossier, none is left out.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dossier_code_series")
    on = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="dossiers_series_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.on} {self.last}"


class Slip(Recorded):
    """What stands on the receiving slip beside the code, so that its owner alone can look the dossier up."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="slip")
    token = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.dossier_id}"
