"""Questions to the record of dossiers, and what is answered to them."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import AppendOnly, Recorded
from cchc.organizations.models import Official, Unit
from cchc.oversight.models.kept import KeptDossier
from cchc.oversight.models.sources import DelaySource


class KeptSignal(Recorded):
    """A pattern in the record of a dossier that asks a question (`ledger.signals`), never a verdict. `kind` is the
    signal; `step`, `count` and `other_at` are what its sentence names. Written anew with its dossier.
    """

    source = models.ForeignKey(DelaySource, models.PROTECT, related_name="+")
    dossier = models.ForeignKey(KeptDossier, models.PROTECT, related_name="signals")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    month = models.DateField()
    official = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    holder_name = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    unit_name = models.CharField(max_length=300, blank=True)
    step = models.TextField(blank=True)
    count = models.BigIntegerField(null=True)
    other_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["month", "unit", "id"], name="oversight_signals_of_month")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"


class SignalAnswer(AppendOnly):
    """What somebody answered to a question. It names the dossier by its code, and the signal by its kind and moment, so
    that it stays when the record is read anew; the newest answer counts, the others stay.
    """

    source = models.ForeignKey(DelaySource, models.PROTECT, related_name="+")
    code = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    text = models.TextField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    answered_as = models.TextField(blank=True)

    redactable = ("text",)

    class Meta:
        indexes = [models.Index(fields=["source", "code", "kind", "at"], name="oversight_answers_of_signal")]

    def __str__(self) -> str:
        return f"{self.code} {self.kind}"
