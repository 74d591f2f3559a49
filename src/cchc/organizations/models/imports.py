"""Files that were handed in to change the register, what they would do, and whether they did."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import Recorded
from cchc.interface.models import Job
from cchc.organizations.models.people import Official


class RegisterImport(Recorded):
    """One file. First it is checked, then, by the decision of whoever handed it in, carried out whole or not at all.

    `uploaded_by` is null at the command line; `principal` is for whom the person acted. `content` is emptied once the
    import is carried out or laid aside; `sha256` stays. `digest` stands for the changes that the check found
    (`Plan.digest`), `counts` says how many of which kind.
    """

    file = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(default=bytes)
    uploaded_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="imports")
    principal = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    checking = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    committing = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    committed_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file


class ImportLine(Recorded):
    """One line of what a check found: a change (`kind` of `plans.ChangeKind`), a `problem` or a `remark`.

    `changes` is a list of `[field, before, after]` in JSON, dates as ISO. `said` holds the sentence of a problem or
    remark by language, `next_step` likewise. Gone once the import is carried out or laid aside: what was done stands
    in the audit chain.
    """

    of = models.ForeignKey(RegisterImport, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    sheet = models.CharField(max_length=255, blank=True)
    row = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=10, blank=True)
    code = models.CharField(max_length=100, blank=True)
    name = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    said = models.JSONField(default=dict)
    next_step = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="organizations_import_line_once")]
        indexes = [models.Index(fields=["of", "kind", "number"], name="organizations_lines_of_kind")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.number} {self.kind}"
