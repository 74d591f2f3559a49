"""A prepared read gives what its queryset gives, for every value, and refuses to be what it is not."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from cchc.audit.models import AuditEvent
from cchc.interface.prepared import Prepared
from cchc.interface.together import read_together
from cchc.organizations.models import Ancestry, Official, Placement, Posting, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import name_on
from tests.factories.organizations import LONG_AGO, NOW, TODAY, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(125)]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def filled() -> list[Unit]:
    province = unit("tinh")
    commune, late = unit("xa", province), unit("xa-moi", province, starts_on=TODAY)
    for number, where in enumerate((province, commune, commune, late)):
        official(f"nguoi-{number}", works_in=where, starts_on=TODAY if where is late else LONG_AGO)
    return [province, commune, late]


def said(read: QuerySet[Any, Any]) -> list[Any]:
    return [vars(row) | {"_state": None} if hasattr(row, "_meta") else row for row in read]


def places(unit: int, day: date) -> QuerySet[Placement]:
    found = Placement.objects.on(day).filter(unit=unit).select_related("unit", "parent").order_by("pk")
    return found.annotate(shown=name_on(day))


def codes(day: date, code: str) -> QuerySet[Any, Any]:
    works = Posting.objects.filter(Q(official__code=code) | Q(unit__code="xa"), during(day)).order_by()
    return works.values_list("official__code", "unit").union(
        Ancestry.objects.filter(during(day), descendant__code=code).order_by().values_list("ancestor__code", "depth"),
        all=True,
    ).order_by("official__code", "unit")  # fmt: skip


def events_since(at: datetime) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(at__gte=at).select_related("payload").order_by("sequence")


def test_records_with_all_that_is_joined_to_them(filled: list[Unit]):
    prepared = Prepared(places, unit=int, day=date)
    for one in (*filled, None):
        for day in (LONG_AGO - DAY, LONG_AGO, TODAY - DAY, TODAY):
            given = {"unit": one.pk if one else 0, "day": day}
            found = prepared(**given)
            assert said(found) == said(places(**given))
            assert [row.unit.code for row in found] == [row.unit.code for row in places(**given)]
            assert (prepared.one(**given) is None) == (not found)


def test_rows_of_a_union_by_text_and_day():
    prepared = Prepared(codes, day=date, code=str)
    for code in ("nguoi-0", "nguoi-3", "xa", "xa-moi", "có ' và %"):
        for day in (TODAY - DAY, TODAY):
            assert list(prepared(day=day, code=code)) == list(codes(day, code))


def test_moments():
    prepared = Prepared(events_since, at=datetime)
    for at in (NOW - DAY, NOW, NOW + DAY, NOW.astimezone(UTC).replace(microsecond=1)):
        assert said(prepared(at=at)) == said(events_since(at))
    assert said(prepared(at=NOW))


def test_it_is_read_together_with_others(filled: list[Unit]):
    prepared = Prepared(places, unit=int, day=date)
    reads = [prepared(unit=one.pk, day=TODAY) for one in filled]
    with CaptureQueriesContext(connection) as queries:
        read_together(*reads, Official.objects.order_by("pk"))
    assert len(queries) == 1
    assert [said(read) for read in reads] == [said(places(one.pk, TODAY)) for one in filled]


def test_what_one_thread_prepared_another_reads_by_its_own_connection():
    prepared = Prepared(places, unit=int, day=date)

    def asked_by() -> object:
        return prepared(unit=1, day=TODAY).query.get_compiler().connection

    with ThreadPoolExecutor(1) as other:
        assert asked_by() is connections[DEFAULT_DB_ALIAS] is not other.submit(asked_by).result()


def below(units: list[int], name: str) -> QuerySet[Placement]:
    found = Placement.objects.filter(Q(unit__in=units, name_vi__contains=name) | Q(parent__in=units))
    return found.order_by("pk")


def test_lists_of_any_length_and_parts_of_texts(filled: list[Unit]):
    prepared = Prepared(below, units=list[int], name=str)
    keys = [one.pk for one in filled]
    for units in ([], keys[:1], keys[1:], keys, [*keys, *range(10**6, 10**6 + 40)], keys[::-1]):
        for name in ("", "xa", "Đơn vị", "%", "_", "không"):
            assert said(prepared(units=units, name=name)) == said(below(units, name)), (units, name)


def test_the_statement_is_made_once_for_each_shape(monkeypatch: pytest.MonkeyPatch, filled: list[Unit]):
    made = []
    as_sql = SQLCompiler.as_sql

    def noted(self: SQLCompiler, *args: Any, **options: Any) -> Any:
        made.append(self)
        return as_sql(self, *args, **options)

    monkeypatch.setattr(SQLCompiler, "as_sql", noted)
    prepared = Prepared(lambda order, unit: Placement.objects.filter(unit=unit).order_by(order), unit=int)
    for order in ("pk", "-pk"):
        assert said(prepared(order, unit=filled[0].pk))
    number = len(made)
    for one in filled:
        for order in ("pk", "-pk"):
            list(prepared(order, unit=one.pk))
    assert len(made) == number == 4  # with two samples of each


def test_a_number_that_no_column_holds_finds_nothing():
    assert list(Prepared(places, unit=int, day=date)(unit=10**30, day=TODAY)) == []


def test_rows_are_locked():
    prepared = Prepared(lambda key: Unit.objects.select_for_update(of=("self",)).filter(pk=key).order_by("pk"), key=int)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        list(prepared(key=1))
    assert ("FOR UPDATE" in queries[0]["sql"]) == connection.features.has_select_for_update


def wrong() -> Iterator[tuple[str, Prepared[Any]]]:
    yield "goes nowhere", Prepared(lambda code, key: Unit.objects.filter(pk=key).order_by("pk"), code=str, key=int)
    yield "goes into the statement as", Prepared(lambda code: Unit.objects.filter(code__startswith=code), code=str)
    yield "hangs on its values", Prepared(lambda key: Unit.objects.order_by("pk")[:key], key=int)


@pytest.mark.parametrize(("why", "prepared"), list(wrong()))
def test_what_cannot_be_prepared_is_refused_before_anything_is_read(why: str, prepared: Prepared[Any]):
    with pytest.raises(ValueError, match=why):
        prepared(**dict.fromkeys(prepared._types, 1))


def test_it_is_not_narrowed_any_further(filled: list[Unit]):
    read = Prepared(places, unit=int, day=date)(unit=filled[0].pk, day=TODAY)
    with pytest.raises(TypeError, match="not narrowed"):
        read.filter(pk=0)
    assert len(read) == 1
