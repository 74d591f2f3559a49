"""Templates of papers and their dated versions."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import Recorded
from cchc.organizations.models import Dated, Unit


class TextTemplate(Recorded):
    """What papers of a kind are written from, in `unit` and all units under it.

    `vocabulary` says which names its texts may use. `code` is its address and never changes.
    """

    code = models.SlugField(max_length=80, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="text_templates")
    kind = models.CharField(max_length=20)
    vocabulary = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "kind"], name="papers_templates_of_unit")]

    def __str__(self) -> str:
        return self.code


class TemplateVersion(Dated):
    """What the template says over a stretch of days; versions of one template never overlap.

    `text`, `summary`, `addressees` and `recipients` are in the language of `cchc.papers.texts`, checked when saved.
    """

    template = models.ForeignKey(TextTemplate, models.PROTECT, related_name="versions")
    name = models.TextField()
    summary = models.TextField(blank=True)
    addressees = models.TextField(blank=True)
    text = models.TextField()
    recipients = models.TextField(blank=True)
    sort_key = models.TextField()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["template", "starts_on"], name="papers_template_version_start_once"),
        ]

    def __str__(self) -> str:
        return self.name
