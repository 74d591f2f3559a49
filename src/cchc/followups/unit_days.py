"""What of this room rests on the days of a unit: it has to have been there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from cchc.followups.models import Addressee, Directive, Task
from cchc.organizations.resting import Resting
from cchc.records.text import LocalText


def _directives(units: Collection[int], day: date) -> QuerySet[Directive]:
    return Directive.objects.filter(Q(unit__in=units) | Q(watcher__in=units), issued_on__lt=day)


def _addressed(units: Collection[int], day: date) -> QuerySet[Addressee]:
    return Addressee.objects.filter(unit__in=units, directive__issued_on__lt=day)


def _tasks(units: Collection[int], day: date) -> QuerySet[Task]:
    return Task.objects.filter(Q(owner__in=units) | Q(watcher__in=units), counted_from__lt=day)


directives = Resting("followups.directives", LocalText("văn bản chỉ đạo", "directives"), _directives)
addressed = Resting("followups.addressed", LocalText("văn bản chỉ đạo đã nhận", "directives received"), _addressed)
tasks = Resting("followups.tasks", LocalText("nhiệm vụ", "tasks"), _tasks)
