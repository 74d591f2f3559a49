"""Published rounds and their results: as they were printed and as they were recomputed on publication, or as two
persons froze them in a round scored here.

Nothing here is edited: a corrected table is a new version of the round, and the old one stays readable.
"""

from __future__ import annotations

from django.db import models

from cchc.assessments.models import Round
from cchc.audit.models import Recorded


class PublishedRound(Recorded):
    """One version of a result table of one year and one series of units, with its source.

    `bands` is a list of `{id, from, vi, en, doubt_vi, doubt_en}` from high to low. `table_hash` is the SHA-256 of
    the table and its description as published. `scored_in` and `result_version` say of which frozen result of a round
    scored here it is the public page; `is_sample` that nothing of it is real.
    """

    slug = models.SlugField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    reason = models.TextField(blank=True)
    table_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    title_vi = models.TextField()
    title_en = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=20)
    series = models.SlugField(max_length=80)
    place_vi = models.TextField()
    place_en = models.TextField(blank=True)
    publisher_vi = models.TextField()
    publisher_en = models.TextField(blank=True)
    source_document = models.TextField()
    source_on = models.DateField(null=True)
    source_url = models.TextField(blank=True)
    criteria_document = models.TextField()
    criteria_on = models.DateField(null=True)
    decimals = models.PositiveSmallIntegerField()
    bands = models.JSONField()
    scored_in = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="published_rounds")
    result_version = models.PositiveSmallIntegerField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="portal_round_version_once"),
            models.UniqueConstraint(
                fields=["slug"], condition=models.Q(is_current=True), name="portal_round_one_current"
            ),
        ]
        indexes = [models.Index(fields=["series", "year"], name="portal_round_series")]

    def __str__(self) -> str:
        return f"{self.slug} v{self.version}"


class PublishedResult(Recorded):
    """One unit in a published round.

    `printed` holds the cells as printed (`self`, `self_max`, `appraised`, `appraised_max`, `index`, `class`, `rank`;
    absent when not printed). `index`, `band` (a band's id), `rank` and `self_index` were computed from it on
    publication; `disagreements` names the printed figures that differ, `explanations` (`{vi, en}`) says why.
    `by_rank` and `by_name` order a round's results and are unique in it.
    """

    round = models.ForeignKey(PublishedRound, on_delete=models.PROTECT, related_name="results")
    row = models.PositiveIntegerField()
    unit_name = models.TextField()
    slug = models.SlugField(max_length=120)
    search_key = models.TextField()
    group = models.TextField(blank=True)
    printed = models.JSONField()
    index = models.DecimalField(max_digits=12, decimal_places=6)
    self_index = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    band = models.CharField(max_length=40)
    rank = models.PositiveIntegerField()
    disagreements = models.JSONField(default=list)
    explanations = models.JSONField(default=list)
    by_rank = models.TextField()
    by_name = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "slug"], name="portal_result_slug_once"),
            models.UniqueConstraint(fields=["round", "by_rank"], name="portal_result_rank_order"),
            models.UniqueConstraint(fields=["round", "by_name"], name="portal_result_name_order"),
        ]

    def __str__(self) -> str:
        return self.unit_name
