"""What a unit may be told when it writes about its affairs, whoever writes for it: tasks that it owns, follows or gave
by a directive, directives that it issued, follows or received; with those of units that are gone and went into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from cchc.audit.recording import subject_of
from cchc.followups.models import Addressee, Difficulty, Directive, Task
from cchc.followups.queries.missing import SILENT, UNPOSTED, UNREAD
from cchc.followups.queries.reminders import unposted
from cchc.followups.queries.tasks import difficulties_of, midnight
from cchc.followups.states import IN_FORCE, RUNNING
from cchc.followups.subjects import request_types
from cchc.interface.durations import end_day
from cchc.organizations.models import Ancestry, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.lineage import carried_on_by
from cchc.organizations.queries.units import name_on
from cchc.records.errors import refuse
from cchc.records.search import sort_key

OVERDUE: Final = "overdue"
DEBTS: Final = (OVERDUE, UNREAD, UNPOSTED, SILENT)


@dataclass(frozen=True, slots=True)
class Debt:
    """One thing a unit owes on a day: `kind` is one of `DEBTS`, `days` how many have passed since it was due."""

    kind: str
    unit: int
    unit_name: str
    about: str
    due_at: datetime
    days: int


@dataclass(frozen=True)
class Affairs:
    """What is told to `unit` on `day`; `keys` are its own and those of what it carries on."""

    unit: Unit
    day: date
    keys: frozenset[int]

    def tasks(self) -> QuerySet[Task]:
        """Each with `owner_name`, in the order of deadlines."""
        issued = Directive.objects.filter(unit__in=self.keys).annotate(key=Cast("pk", TextField())).order_by()
        given = Q(subject_type=Directive._meta.label, subject_id__in=issued.values("key"))
        found = Task.objects.filter(Q(owner__in=self.keys) | Q(watcher__in=self.keys) | given)
        return found.annotate(owner_name=name_on(self.day, "owner")).order_by("due_at", "pk")

    def addressees(self) -> QuerySet[Addressee]:
        """Of directives that it issued or follows all, of others itself; each with `unit_name`, by directive."""
        told = Q(unit__in=self.keys) | Q(directive__unit__in=self.keys) | Q(directive__watcher__in=self.keys)
        found = Addressee.objects.filter(told).annotate(unit_name=name_on(self.day))
        return found.select_related("directive", "unit").order_by("directive", "pk")

    def directive(self, number: str) -> Directive:
        """Raises `followups.directive_not_found` for one that it neither issued nor follows nor received."""
        received = Addressee.objects.filter(directive=OuterRef("pk"), unit__in=self.keys)
        told = Q(unit__in=self.keys) | Q(watcher__in=self.keys) | Exists(received)
        known = Directive.objects.filter(told, pk=number) if number.isdecimal() and len(number) <= 18 else None
        found = None if known is None else known.select_related("unit", "watcher").first()
        if found is None:
            raise refuse("followups.directive_not_found")
        return found

    def debts(self, tasks: QuerySet[Task], addressees: QuerySet[Addressee]) -> list[Debt]:
        """What is overdue or not heard when the day begins, by unit in the order of names, the longest due first.

        A task past its deadline is named once, whether it was reported or not. What others have asked of the unit
        itself stands in no paper that it writes about others.
        """
        found = [*self._of_tasks(tasks), *self._of_addressees(addressees)]
        return sorted(found, key=lambda one: (sort_key(one.unit_name), one.due_at, one.about, one.kind))

    def difficulties(self, tasks: QuerySet[Task]) -> QuerySet[Difficulty]:
        """All that was raised at these tasks, in the order of time, each with `owner_name`."""
        named = difficulties_of(tasks).annotate(owner_name=name_on(self.day, "task__owner"))
        return named.order_by("raised_at", "pk")

    def _of_tasks(self, tasks: QuerySet[Task]) -> Iterator[Debt]:
        begun = midnight(self.day)
        given = tasks.exclude(subject_type__in=request_types(), owner__in=self.keys)
        for task in given.filter(Q(due_at__lte=begun) | Q(heard_by__lte=begun), state__in=RUNNING):
            is_overdue = task.due_at <= begun
            due = task.due_at if is_overdue or task.heard_by is None else task.heard_by
            yield self._debt(OVERDUE if is_overdue else SILENT, task.owner_id, task.owner_name or "", task.what, due)

    def _of_addressees(self, addressees: QuerySet[Addressee]) -> Iterator[Debt]:
        begun = midnight(self.day)
        for one in addressees.filter(acknowledged_at=None, heard_by__lte=begun, directive__state=IN_FORCE):
            yield self._debt(UNREAD, one.unit_id, one.unit_name or one.unit.code, one.directive.number, one.heard_by)
        for one in addressees.filter(pk__in=unposted(begun).order_by().values("pk")):
            yield self._debt(UNPOSTED, one.unit_id, one.unit_name or one.unit.code, one.directive.number, one.post_by)

    def _debt(self, kind: str, unit: int, unit_name: str, about: str, due_at: datetime) -> Debt:
        return Debt(kind, unit, unit_name, about, due_at, (self.day - end_day(due_at)).days)


def affairs_of(unit: Unit, day: date) -> Affairs:
    """One query."""
    return Affairs(unit, day, carried_on_by([unit.pk], day))


def tasks_by(tasks: QuerySet[Task], directive: Directive) -> QuerySet[Task]:
    """Those that the directive gave."""
    subject_type, subject_id = subject_of(directive)
    return tasks.filter(subject_type=subject_type, subject_id=subject_id)


def keys_under(unit: Unit, day: date) -> frozenset[int]:
    """The unit and all under it, and what is gone and went into one of them. Two queries."""
    links = Ancestry.objects.filter(during(day), ancestor=unit).order_by()
    below: Sequence[int] = list(links.values_list("descendant_id", flat=True))
    return carried_on_by(below, day)
