"""Who has to do with one unit on one day: works in it, holds a role over it, follows it; and what it came from and
went into.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, Final

from django.db.models import Case, CharField, DateField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf

from cchc.interface.errors import current_language
from cchc.interface.together import Reads, answer, made_of
from cchc.organizations.models import (
    Ancestry,
    CalendarUse,
    Placement,
    Posting,
    RoleGrant,
    Succession,
    Supervision,
    Unit,
)
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import first_name, name_on

_OF_TIES: Final = 11  # columns of a row that is a tie, after the one that says what it is
_ABOVE: Final = 9  # among them, where the key of a unit above stands
BESIDE: Final = "beside"


@dataclass(frozen=True, slots=True)
class Tie:
    """One person or unit tied to another unit. `key` is the record's; `code`, `name` and `who`, a key, are those of the
    official, or of the supervising unit; `said` is the post or the role, empty for a supervision; `note` says BESIDE of
    a post that is not the main one.
    """

    key: int
    code: str
    name: str
    sort_key: str
    said: str
    is_head: bool
    starts_on: date
    ends_on: date | None
    source_document: str
    who: int
    note: str


@dataclass(frozen=True, slots=True)
class Became:
    """One unit that turned into another, each by code and as it was called before, or after."""

    code: str
    name: str
    successor: str
    successor_name: str


@dataclass(frozen=True, slots=True)
class Reorganized:
    """A decision that touched the unit, with all steps of it, those of one successor together."""

    kind: str
    effective_on: date
    source_document: str
    doubt: str
    steps: Sequence[Became]

    @property
    def day_before(self) -> date:
        """The last day of what was."""
        return self.effective_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ties:
    """`staff`: heads first, then by given name. `grants` by role. `supervisors` in the order in which they came;
    `calendars` that the unit chose and that do not apply yet, as `said`.
    `reorganizations`, of any day: the newest first. `above`: by key of each supervising unit, what it stands under
    today, or is.
    """

    staff: Sequence[Tie]
    grants: Sequence[Tie]
    supervisors: Sequence[Tie]
    calendars: Sequence[Tie]
    reorganizations: Sequence[Reorganized]
    above: Mapping[int, frozenset[int]]


def ties_of(unit: Unit, day: date, today: date | None = None) -> Ties:
    """Of that day; from `today` on also what is to come. One query, however many there are."""
    return answer(finding_ties(unit, day, today))


def finding_ties(unit: Unit, day: date, today: date | None = None) -> Reads[Ties]:
    """The same, to be read with others: five tables as rows of one shape."""
    staff, grants, supervisors = (_held(model, unit, day, today) for model in (Posting, RoleGrant, Supervision))
    above = Ancestry.objects.filter(during(today or day), descendant__in=supervisors.order_by().values("supervisor"))
    beside = Case(When(is_main=False, then=Value(BESIDE)), default=Value(""), output_field=CharField())
    rows = _of_people(staff, "staff", "post", "is_head", beside).union(
        _of_people(grants, "grants", "role", Value(False)),
        _shaped(supervisors, "supervisors", "supervisor", name_on(day, "supervisor"), "", "", Value(False)),
        _steps_around(unit),
        _shaped(_held(CalendarUse, unit, day, today), "calendars", "unit", _text(""), "", F("calendar"), Value(False)),
        _links(above),
        all=True,
    )
    return made_of(rows, lambda found: _ties(found, day))


def _ties(rows: Iterable[tuple[Any, ...]], day: date) -> Ties:
    found: dict[str, list[Tie]] = {"staff": [], "grants": [], "supervisors": [], "calendars": []}
    steps, ways = list[tuple[Any, ...]](), defaultdict[int, set[int]](set)
    for what, *row in rows:
        if what == "steps":
            steps.append(tuple(row))
        elif what == "above":
            ways[row[0]].add(row[_ABOVE])
        else:
            key, code, name, order, said, is_head, *rest = row[:_OF_TIES]
            found[what].append(Tie(key, code, name or code, order, said, bool(is_head), *rest))
    return Ties(
        sorted(found["staff"], key=lambda one: (one.starts_on > day, not one.is_head, one.sort_key, one.key)),
        sorted(found["grants"], key=lambda one: (one.starts_on > day, one.said, one.sort_key, one.key)),
        sorted(found["supervisors"], key=attrgetter("key")),
        sorted((one for one in found["calendars"] if one.starts_on > day), key=attrgetter("starts_on")),
        _reorganized(steps),
        {one.who: frozenset(ways[one.who]) for one in found["supervisors"]},
    )


def _held(model: type[Any], unit: Unit, day: date, today: date | None) -> QuerySet[Any]:
    has_come = today is None or day < today
    return (model.objects.on(day) if has_come else model.objects.not_over(day)).filter(unit=unit)


def _steps_around(unit: Unit) -> QuerySet[Any, Any]:
    """Of every decision that touched it: who turned into whom, by the names before and after."""
    touching = Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit)).values("reorganization")
    effective_on = OuterRef("reorganization__effective_on")
    before = Placement.objects.filter(unit=OuterRef("predecessor"), starts_on__lt=effective_on)
    after = Placement.objects.filter(unit=OuterRef("successor"), starts_on__lte=effective_on)
    columns = {
        "what_": Value("steps"),
        "key_": F("pk"),
        "code_": Cast("predecessor__code", CharField()),
        "name_": _last_name(before),
        "order_": Cast("successor__code", TextField()),
        "said_": _last_name(after),
        "is_head_": Value(False),
        "starts_": F("reorganization__effective_on"),
        "ends_": Cast(Value(None), DateField()),
        "source_": F("reorganization__source_document"),
        "decision_": F("reorganization_id"),
        "kind_": Cast("reorganization__kind", CharField()),
        "doubt_": _doubt_told(),
    }
    steps = Succession.objects.filter(reorganization__in=touching).order_by()
    return steps.annotate(**columns).values_list(*columns)


def _reorganized(steps: list[tuple[Any, ...]]) -> list[Reorganized]:
    decisions = defaultdict[tuple[Any, ...], list[tuple[str, int, Became]]](list)
    for key, code, name, successor, successor_name, _, day, _, source, decision, kind, doubt in steps:
        became = Became(code, name or code, successor, successor_name or successor)
        decisions[(day, decision, kind, source, doubt)].append((successor, key, became))
    newest_first = sorted(decisions.items(), key=lambda one: one[0][:2], reverse=True)
    return [
        Reorganized(kind, day, source, doubt, [became for *_, became in sorted(of, key=lambda one: one[:2])])
        for (day, _, kind, source, doubt), of in newest_first
    ]


def _last_name(placements: QuerySet[Placement]) -> Subquery:
    return first_name(placements.order_by("-starts_on"))


def _of_people(rows: QuerySet[Any], what: str, said: str, is_head: Any, note: Any = None) -> QuerySet[Any, Any]:
    return _shaped(rows, what, "official", F("official__name"), F("official__sort_key"), F(said), is_head, note)


def _links(above: QuerySet[Ancestry]) -> QuerySet[Any, Any]:
    """Each unit by key, and in the column of the decision the key of one above it."""
    nothing = {"code_": "", "name_": "", "order_": "", "said_": ""}
    columns = {
        "what_": Value("above"),
        "key_": F("descendant_id"),
        **{name: _text(value) for name, value in nothing.items()},
        "is_head_": Value(False),
        "starts_": F("starts_on"),
        "ends_": F("ends_on"),
        "source_": _text(""),
        "decision_": F("ancestor_id"),
        "kind_": Value("", CharField()),
        "doubt_": _text(""),
    }
    return above.order_by().annotate(**columns).values_list(*columns)


def _shaped(
    rows: QuerySet[Any], what: str, who: str, name: Any, order: Any, said: Any, is_head: Any,
    note: Any = None,
) -> QuerySet[Any, Any]:  # fmt: skip
    columns = {
        "what_": Value(what),
        "key_": F("pk"),
        "code_": Cast(f"{who}__code", CharField()),
        "name_": name,
        "order_": _text(order),
        "said_": Cast(_text(said), TextField()),
        "is_head_": F(is_head) if isinstance(is_head, str) else is_head,
        "starts_": F("starts_on"),
        "ends_": F("ends_on"),
        "source_": F("source_document"),
        "decision_": F(f"{who}_id"),
        "kind_": Value("", CharField()) if note is None else note,
        "doubt_": Value("", TextField()),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def _doubt_told() -> Any:
    """In English where it is written so and the reader reads English."""
    doubt = F("reorganization__doubt")
    if current_language() != "en":
        return doubt
    return Coalesce(NullIf(F("reorganization__doubt_en"), Value("", TextField())), doubt)


def _text(given: Any) -> Any:
    return Value(given, TextField()) if isinstance(given, str) else given
