"""Working calendars that were brought in on the site."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import Recorded
from cchc.organizations.models.people import Official
from cchc.organizations.models.units import Unit


class OwnCalendar(Recorded):
    """A calendar of `unit`, which it and all below may choose beside those that come with the product. Never changed: a
    corrected one is brought in under another code and chosen from a day on.

    `content` is the whole calendar as YAML with nothing left to what it extends, so that it answers for ever the same;
    `content_hash` its SHA-256. `first` and `last` are the days that it covers.
    """

    code = models.SlugField(max_length=80, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="own_calendars")
    title_vi = models.TextField()
    title_en = models.TextField(blank=True)
    first = models.DateField()
    last = models.DateField()
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    file = models.CharField(max_length=255)
    source_document = models.TextField()
    source_on = models.DateField(null=True)
    brought_in_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    brought_in_as = models.TextField(blank=True)
    brought_in_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
