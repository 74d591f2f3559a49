"""What of this room rests on the days of a unit: it has to have been there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils.timezone import make_aware

from cchc.organizations.resting import Resting
from cchc.papers.models import ApprovalRequest, Paper
from cchc.records.text import LocalText


def _issued(units: Collection[int], day: date) -> QuerySet[Paper]:
    return Paper.objects.filter(unit__in=units, issued_on__lt=day)


def _laid(units: Collection[int], day: date) -> QuerySet[ApprovalRequest]:
    return ApprovalRequest.objects.filter(to__in=units, asked_at__lt=make_aware(datetime.combine(day, time())))


issued = Resting("papers.issued", LocalText("văn bản đã phát hành", "issued papers"), _issued)
laid = Resting("papers.laid", LocalText("văn bản được trình đến", "papers laid before it"), _laid)
