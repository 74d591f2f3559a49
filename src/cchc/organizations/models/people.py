"""Officials and their postings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cchc.audit.models import Recorded
from cchc.organizations.models.dated import Dated
from cchc.organizations.models.units import Unit


class Official(Recorded):
    """A person in office. `code` is the number in the personnel list and never changes."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.TextField()
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    search_key = models.TextField()
    sort_key = models.TextField()
    version = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["sort_key", "id"], name="organizations_by_name")]

    def __str__(self) -> str:
        return self.name


class Posting(Dated):
    """Where an official works, in which post (chức vụ), and whether as its head. One main posting on a day; beside it
    any number in other units, one in each (kiêm nhiệm).
    """

    official = models.ForeignKey(Official, models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings")
    post = models.TextField()
    is_main = models.BooleanField(default=True)
    is_head = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["official"],
                condition=Q(is_main=True, ends_on=None),
                name="organizations_posting_one_main",
            ),
            models.UniqueConstraint(fields=["official", "unit", "starts_on"], name="organizations_posting_start_once"),
        ]

    def __str__(self) -> str:
        return f"{self.official_id} {self.unit_id}"
