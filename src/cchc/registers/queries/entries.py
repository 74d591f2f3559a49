"""Entries: one, those of a register in their order, the units that stand in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from cchc.followups.models import Task
from cchc.followups.queries.scope import under
from cchc.organizations.models import Placement, Unit
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.records.text import nfc
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.queries.scope import visible_entries
from cchc.registers.queries.tasks import SUBJECT_TYPE
from cchc.registers.values import unit_codes

STRUCK, NO_TASK = "gach", "chua-giao"
_STRUCK, _GIVEN, _WITHOUT = "struck", "given", "without"


@dataclass(frozen=True, slots=True)
class EntrySearch:
    """Which entries of a register are shown: with these words, of a unit with all under it; `which`: those that stand
    (empty), those struck out, those without a task.
    """

    text: str = ""
    under: Unit | None = None
    which: str = ""


@dataclass(frozen=True, slots=True)
class EntryCounts:
    """Of the entries that the viewer may see: how many stand, are struck out, stand without a task."""

    standing: int
    struck: int
    without_task: int


def get_entry(viewer: Viewer, number: int) -> RegisterEntry:
    """With its register, unit and who wrote it. Raises `registers.entry_not_found`."""
    related = ("register__keeper", "register__basis", "unit", "entered_by", "changed_by", "struck_by")
    found = _named(visible_entries(viewer), viewer.day).select_related(*related).filter(pk=number).first()
    if found is None:
        raise refuse("registers.entry_not_found")
    return found


def find_entries(viewer: Viewer, register: Register, asked: EntrySearch) -> QuerySet[RegisterEntry]:
    """In their order, each with its unit and `unit_name`."""
    found = visible_entries(viewer).filter(register=register)
    for word in fold(asked.text).split():
        found = found.filter(search_key__contains=word)
    if asked.under is not None:
        found = found.filter(under(viewer, asked.under, "unit"))
    found = found.filter(struck_at__isnull=asked.which != STRUCK)
    if asked.which == NO_TASK:
        found = found.filter(~_has_task())
    return _named(found, viewer.day).select_related("unit")


def after(found: QuerySet[RegisterEntry], last: RegisterEntry | None) -> QuerySet[RegisterEntry]:
    """The rest of a register behind `last`."""
    return found if last is None else found.filter(place__gt=last.place)


def standings(viewer: Viewer, register: Register) -> QuerySet[Any]:
    """How many entries are `given` as tasks, stand `without` one, or are `struck`: pairs of word and number."""
    stands = Case(
        When(struck_at__isnull=False, then=Value(_STRUCK)),
        When(_has_task(), then=Value(_GIVEN)),
        default=Value(_WITHOUT),
        output_field=CharField(),
    )
    seen = visible_entries(viewer).filter(register=register).annotate(word=stands).order_by()
    return seen.values_list("word").annotate(number=Count("pk"))


def counted_entries(numbers: Mapping[str, int]) -> EntryCounts:
    """What `standings` told."""
    given, without = numbers.get(_GIVEN, 0), numbers.get(_WITHOUT, 0)
    return EntryCounts(given + without, numbers.get(_STRUCK, 0), without)


def search_entries(viewer: Viewer, text: str) -> QuerySet[RegisterEntry]:
    """Entries that stand, by their words, the newest first, each with its register and `unit_name`."""
    found = visible_entries(viewer).filter(struck_at=None)
    for word in fold(text).split():
        found = found.filter(search_key__contains=word)
    return _named(found, viewer.day).select_related("register").order_by("-pk")


def standing_entries(register: Register) -> list[RegisterEntry]:
    """All that stand, in their order, each with its unit, whoever asks: for comparing files with them."""
    return list(
        RegisterEntry.objects.filter(register=register, struck_at=None).select_related("unit").order_by("place")
    )


def names_of_units(entries: Iterable[RegisterEntry], register: Register, day: date) -> dict[str, str]:
    """By code: what the units that stand in columns are called on that day. One query, none where there are none."""
    kind = register.definition
    return names_of_codes({code for entry in entries for code in unit_codes(kind, entry.values)}, day)


def names_of_codes(codes: Collection[str], day: date) -> dict[str, str]:
    """By code: what the units are called on that day. One query, none for no codes."""
    if not codes:
        return {}
    named = Unit.objects.filter(code__in=codes).annotate(name=name_on(day, "pk")).order_by("pk")
    return {unit.code: unit.name or unit.code for unit in named}


def units_meant(texts: Collection[str], day: date) -> Mapping[str, list[Unit]]:
    """What each text may mean: the unit with that code, else those called exactly so on that day, in Vietnamese or
    English. Two queries.
    """
    by_code = {unit.code: unit for unit in Unit.objects.filter(code__in=texts).order_by("pk")}
    meant: dict[str, list[Unit]] = {text: [by_code[text]] for text in texts if text in by_code}
    typed = [nfc(text) for text in texts]
    called = Placement.objects.on(day).filter(Q(name_vi__in=typed) | Q(name_en__in=typed)).select_related("unit")
    for placement in called.order_by("pk"):
        for name in {placement.name_vi, placement.name_en} & {*typed} - by_code.keys():
            meant.setdefault(name, []).append(placement.unit)
    return meant


def _named(found: QuerySet[RegisterEntry], day: date) -> QuerySet[RegisterEntry]:
    return found.annotate(unit_name=name_on(day)).order_by("place", "pk")


def _has_task() -> Exists:
    given = Task.objects.filter(subject_type=SUBJECT_TYPE, subject_id=Cast(OuterRef("pk"), TextField()))
    return Exists(given)
