"""Registers: the list, one, those that wait to be closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from cchc.followups.permissions import FOLLOWER_ROLES
from cchc.followups.queries.scope import held_over, under, visible_tasks
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.registers.models import EntriesImport, Register
from cchc.registers.queries import entries, tasks
from cchc.registers.queries.entries import EntryCounts
from cchc.registers.queries.scope import visible_entries, visible_registers
from cchc.registers.queries.tasks import SUBJECT_TYPE, TaskCounts, in_group
from cchc.registers.states import OPEN


@dataclass(frozen=True, slots=True)
class RegisterSearch:
    """What the list shows: words, a kind, a state (empty: any)."""

    text: str = ""
    kind: str = ""
    state: str = ""


def get_register(viewer: Viewer, number: int) -> Register:
    """With its keeper, basis and who opened it. Raises `registers.register_not_found`."""
    found = _named(visible_registers(viewer), viewer.day).select_related("keeper", "basis", "opened_by")
    register = found.filter(pk=number).first()
    if register is None:
        raise refuse("registers.register_not_found")
    return register


def find_registers(viewer: Viewer, asked: RegisterSearch) -> QuerySet[Register]:
    """The newest first, each with `keeper_name` and `rows`, how many entries that stand the viewer may see."""
    found = visible_registers(viewer)
    for word in fold(asked.text).split():
        found = found.filter(search_key__contains=word)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.state:
        found = found.filter(state=asked.state)
    standing = visible_entries(viewer).filter(register=OuterRef("pk"), struck_at=None)
    counted = standing.order_by().values("register").annotate(number=Count("pk")).values("number")
    rows = Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
    return _named(found, viewer.day).annotate(rows=rows)


def newer_first(found: QuerySet[Register], last: Register | None) -> QuerySet[Register]:
    """The rest of the list behind `last`."""
    return found if last is None else found.filter(pk__lt=last.pk)


def to_close(viewer: Viewer, day: date) -> QuerySet[Register]:
    """Open registers that the viewer keeps and whose period ends by that day, the first to end first."""
    if not viewer.is_signed_in:
        return Register.objects.none()
    kept = Register.objects.filter(held_over(viewer, "keeper", *FOLLOWER_ROLES), state=OPEN, ends_on__lte=day)
    return _named(kept, viewer.day).order_by("ends_on", "pk")


def concerning(viewer: Viewer, unit: Unit, now: datetime) -> QuerySet[Any]:
    """The registers with entries that concern the unit or one under it, of those that the viewer may see, the newest
    first: key, title and kind of each, how many such entries stand (`number`), how many have an `open` task, how many a
    `late` one.
    """
    found = visible_entries(viewer).filter(under(viewer, unit, "unit"), struck_at=None)
    given = visible_tasks(viewer).filter(subject_type=SUBJECT_TYPE, subject_id=Cast(OuterRef("pk"), TextField()))
    marked = found.order_by().annotate(
        has_open=Exists(given.filter(in_group("running", now)).order_by()),
        has_late=Exists(given.filter(in_group("overdue", now)).order_by()),
    )
    counts = {"open": Count("pk", filter=Q(has_open=True)), "late": Count("pk", filter=Q(has_late=True))}
    grouped = marked.values("register_id", "register__title", "register__kind").annotate(number=Count("pk"), **counts)
    return grouped.order_by("-register_id")


def count_all(viewer: Viewer, register: Register, now: datetime) -> tuple[EntryCounts, TaskCounts]:
    """Of its entries and of their tasks, as far as the viewer may see them. One query for both."""
    of_entries, of_tasks = entries.standings(viewer, register), tasks.standings(viewer, register, now)
    numbers = dict(of_entries.union(of_tasks, all=True))
    return entries.counted_entries(numbers), tasks.counted_tasks(numbers)


def keeping_units(viewer: Viewer) -> QuerySet[Unit]:
    """The units over which the viewer directly holds a role that keeps registers."""
    held = {hold.unit for hold in viewer.holds if hold.role in FOLLOWER_ROLES}
    return Unit.objects.filter(pk__in=held).order_by("pk")


def get_entries_import(number: int) -> EntriesImport:
    """With its register and keeper. Raises `registers.import_not_found`."""
    made = EntriesImport.objects.select_related("register__keeper").filter(pk=number).first()
    if made is None:
        raise refuse("registers.import_not_found")
    return made


def _named(found: QuerySet[Register], day: date) -> QuerySet[Register]:
    return found.annotate(keeper_name=name_on(day, "keeper")).order_by("-pk")
