"""Reads that are asked together give what each gives alone, in one query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.test.utils import CaptureQueriesContext

from cchc.audit.models import AuditEvent
from cchc.interface.together import Reads, all_of, answer, answer_all, counted, read_together
from cchc.organizations.models import Official, Placement, Posting, RoleGrant, Unit
from cchc.organizations.queries.units import name_on, placed_on
from tests.factories.organizations import TODAY, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(125)]

KINDS: dict[str, Callable[[], QuerySet[Any, Any]]] = {
    "records": lambda: Official.objects.order_by("-sort_key"),
    "the first of many": lambda: Official.objects.order_by("-pk")[:2],
    "the rest of many": lambda: Official.objects.order_by("-pk")[1:],
    "with what they point to": lambda: Posting.objects.select_related("official", "unit").order_by("-pk"),
    "to nothing, too": lambda: placed_on(TODAY).select_related("parent"),
    "with what is said of them": lambda: Posting.objects.annotate(
        unit_name=name_on(TODAY),
        at=Value("2026-11-23T08:00:00+00:00", DateTimeField()),
        has_role=Exists(RoleGrant.objects.filter(official=OuterRef("official"))),
        first=Subquery(Posting.objects.order_by("starts_on").values("starts_on")[:1]),
    ).order_by("pk"),
    "moments and contents": lambda: AuditEvent.objects.select_related("payload").order_by("-sequence")[:3],
    "values": lambda: Official.objects.order_by("pk").values("code", post=F("postings__post")),
    "lists": lambda: Posting.objects.order_by("pk").values_list("starts_on", "is_main", "unit__code"),
    "one column": lambda: Unit.objects.order_by("-code").values_list("code", flat=True),
    "numbers by group": lambda: Posting.objects.values("unit").annotate(number=Count("pk")).order_by("unit"),
    "a union": lambda: Unit.objects.order_by().values_list("code").union(
        Official.objects.order_by().values_list("code"), all=True
    ).order_by("code"),
    "distinct": lambda: Posting.objects.order_by("post").values_list("post", flat=True).distinct(),
    "only some columns": lambda: Official.objects.only("name").order_by("pk"),
    "with what belongs to them": lambda: Official.objects.prefetch_related(
        Prefetch("postings", Posting.objects.order_by("pk"))
    ).order_by("pk"),
    "nothing": Official.objects.none,
    "nothing that is there": lambda: Official.objects.filter(pk__in=[]).order_by("pk"),
    "none found": lambda: Unit.objects.filter(code="không có").order_by("pk"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def filled() -> None:
    province = unit("tinh")
    commune = unit("xa", province)
    for number, where in enumerate((province, commune, commune)):
        grant(official(f"nguoi-{number}", f"Nguyễn Văn {number} 100 %", works_in=where), "auditor", where)


def said(read: QuerySet[Any, Any]) -> list[Any]:
    """Rows with all that was read of them."""
    return [one if not hasattr(one, "__dict__") else _facts(one) for one in read]


def _facts(one: Any) -> dict[str, Any]:
    related = {name: value and _own(value) for name, value in one._state.fields_cache.items()}
    return _own(one) | related | {"type": type(one)}


def _own(one: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(one).items() if name[0] != "_"}


def asked(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


@pytest.mark.parametrize("kind", KINDS)
def test_a_read_finds_with_others_what_it_finds_alone(kind: str):
    others = [Placement.objects.order_by("-pk"), RoleGrant.objects.order_by("-pk"), Unit.objects.order_by("-pk")]
    read, alone = KINDS[kind](), said(KINDS[kind]())
    read_together(others[0], read, *others[1:])
    assert asked(lambda: said(read)) == 0
    assert said(read) == alone
    assert [said(one) for one in others] == [said(one.all()) for one in others]


def test_all_of_them_are_one_query():
    reads = {kind: make() for kind, make in KINDS.items() if kind != "with what belongs to them"}
    assert asked(lambda: read_together(*reads.values())) == 1
    assert {kind: said(read) for kind, read in reads.items()} == {kind: said(KINDS[kind]()) for kind in reads}


def test_what_cannot_find_anything_is_not_asked_for():
    assert asked(lambda: read_together(Official.objects.none(), Official.objects.filter(pk__in=[]))) == 0
    assert asked(read_together) == 0


def test_a_read_is_an_ordinary_one_afterwards():
    read = Official.objects.order_by("pk")
    read_together(read, Unit.objects.order_by("pk"))
    assert read.filter(code="nguoi-1").get().code == "nguoi-1"
    assert read.count() == len(read) == 3


def test_what_is_ordered_by_a_column_that_it_leaves_out_is_refused():
    hidden = Posting.objects.order_by("starts_on").values("post").distinct()
    with pytest.raises(ValueError, match="ordered"):
        read_together(hidden, Unit.objects.order_by("pk"))


def test_numbers_are_a_row_even_of_nothing():
    found, none = counted(Official.objects.all(), first=Q(code="nguoi-0")), counted(Official.objects.filter(code=""))
    numbers = [{"number": 3, "first": 1}, {"number": 0}, {"number": 0, "first": 0}]
    assert answer_all(found, none, counted(Official.objects.none(), first=Q(pk=1))) == numbers


def test_answers_wait_for_each_other_round_by_round():
    def longer() -> Reads[str]:
        first = Official.objects.order_by("pk").values_list("code", flat=True)
        return Reads([first], lambda: shorter(list(first)))

    def shorter(codes: list[str]) -> Reads[str]:
        read = Official.objects.filter(code=codes[-1])
        return Reads([read], lambda: read[0].name)

    answered: list[str] = []
    both = all_of([longer(), "at once", shorter(["nguoi-0"])])
    assert asked(lambda: answered.extend(answer(both.made(list)))) == 2
    assert answered == ["Nguyễn Văn 2 100 %", "at once", "Nguyễn Văn 0 100 %"]


def test_what_needs_nothing_is_answered_at_once():
    assert answer_all("a", "b") == ["a", "b"]
