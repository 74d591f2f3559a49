"""What is asked of PostgreSQL again and again is planned once, and answered as if it were written out each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection, connections
from django.db.models import Count, F, Value
from hypothesis import given
from hypothesis import strategies as st

from cchc.interface.planning import Typed, looked_up, planned_once
from cchc.interface.planning_cursor import ASKED_BEFORE, beside
from cchc.interface.together import read_together, statement_of
from cchc.organizations.models import Official, Posting, Unit
from tests.audit.engines import only_postgresql
from tests.factories.organizations import official, unit

pytestmark = [pytest.mark.requirement(125)]

LOCAL = dt.timezone(dt.timedelta(hours=7))
VALUES = {
    "small": 7, "negative": -7, "of four bytes": 2**31 - 1, "of eight": 2**31, "the smallest of four": -(2**31),
    "of eight, negative": -(2**62), "too large for a column": 2**70, "yes": True, "nothing": None, "text": "nhà 100 %",
    "quoted": "O'Brien \\ $1 %s", "typed": Typed("50 % của $1 'x'"), "a day": dt.date(2026, 12, 1),
    "a moment": dt.datetime(2026, 12, 1, 8, 30, tzinfo=LOCAL), "a time": dt.timedelta(minutes=90),
    "a share": Decimal("12.340"), "a key": UUID(int=5), "a list": [1, 2],
}  # fmt: skip
KINDS = st.one_of(
    st.integers(-3, 3), st.sampled_from([2**31 - 1, 2**31, 2**63 - 1, 2**63, -(2**63) - 1]), st.booleans(), st.none(),
    st.text("a%$1's", max_size=4), st.text("a%$1's", max_size=4).map(Typed), st.dates(), st.datetimes(),
)  # fmt: skip


def written(value: Any) -> str:
    return f"<{type(value).__name__} {value!r}>"


@given(st.lists(KINDS, max_size=12))
def test_with_its_values_put_back_the_statement_is_what_was_asked(params: list[Any]):
    sql = " ".join("x %% y %s" for _ in params)
    statement, values = beside(sql, params, lambda value: written(value).replace("$", "§"))
    parts = [part.split()[0] for part in statement.split("x % y ")[1:] if part.startswith("$")]
    given_beside = [values[int(part.removesuffix("::text")[1:]) - 1] for part in parts]
    expected = [
        value for value in params
        if isinstance(value, dt.date | Typed) or (type(value) is int and -(2**63) <= value < 2**63)
    ]  # fmt: skip
    assert given_beside == expected
    assert len({(type(value), value) for value in values}) == len(values)
    assert statement.count("x % y ") == len(params)


def test_one_value_is_one_parameter_and_a_word_is_a_text():
    statement, values = beside("%s, %s, %s, %s, '%%'", [5, Typed("5"), 5, "held"], repr)
    assert (statement, values) == ("$1, $2::text, $1, 'held', '%'", [5, "5"])


def test_what_has_too_many_values_is_written_out():
    assert beside("%s " * 1_000, [1] * 1_000, repr)[1] == [1]
    assert beside("%s " * 1_001, [1] * 1_001, repr) == ("1 " * 1_001, [])


@pytest.fixture
def named() -> Iterator[None]:
    province = unit("tinh")
    for number in range(3):
        official(f"nguoi-{number}", f"Nguyễn Văn {number} 100 %", works_in=province)
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DEALLOCATE ALL")
            connection.connection._prepared.clear()


def prepared(sql: str, params: Any) -> int:
    """How often the statement stands among those that are prepared on this connection."""
    with planned_once() as cursor:
        statement, _ = cursor.cursor.stated(sql, params)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement = %s", [statement])
        return int(cursor.fetchone()[0])


def ask(code: str, number: int) -> list[Any]:
    first = Official.objects.filter(code=Typed(code)).order_by("pk")
    second = Posting.objects.filter(pk__gte=number).order_by("pk").values_list("post", flat=True)
    read_together(first, second)
    return [[one.name for one in first], list(second)]


@only_postgresql
@pytest.mark.django_db
def test_what_is_asked_again_is_prepared_and_answers_the_same(named):
    asked = statement_of(
        Official.objects.filter(code=Typed("")).order_by("pk"),
        Posting.objects.filter(pk__gte=1).order_by("pk").values_list("post", flat=True),
    )
    for number in range(ASKED_BEFORE + 12):
        assert prepared(*asked) == (number > ASKED_BEFORE)
        names, posts = ask(f"nguoi-{number % 4}", number % 2)
        assert names == ([f"Nguyễn Văn {number % 4} 100 %"] if number % 4 < 3 else [])
        assert len(posts) == 3


@only_postgresql
@pytest.mark.django_db
def test_only_what_is_planned_once_is_prepared(named):
    for _ in range(ASKED_BEFORE + 3):
        assert Official.objects.filter(code="nguoi-1").count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (0,)


@only_postgresql
@pytest.mark.django_db
def test_nothing_is_prepared_where_the_setting_forbids_it(named, settings):
    settings.CCHC_PREPARED_STATEMENTS = False
    for _ in range(ASKED_BEFORE + 3):
        assert ask("nguoi-1", 0)[0] == ["Nguyễn Văn 1 100 %"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (0,)


@only_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("kind", VALUES)
def test_every_kind_of_value_comes_back_as_it_went(named, kind: str):
    value = VALUES[kind]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s, pg_typeof(%s)::text", [value, value])
        said = cursor.fetchone()
    for _ in range(ASKED_BEFORE + 2):
        with planned_once() as cursor:
            cursor.execute("SELECT %s, pg_typeof(%s)::text", [value, value])
            assert cursor.fetchone() == ((said[0], "text") if kind == "typed" else said)


@pytest.mark.django_db
def test_what_is_grouped_by_a_value_stays_what_is_selected(named):
    grouped = Posting.objects.values(rest=F("official") * 0 + Value(7)).annotate(number=Count("pk")).order_by("rest")
    for _ in range(ASKED_BEFORE + 2):
        read, units = grouped.all(), Unit.objects.order_by("pk")
        read_together(read, units)
        assert [*read] == [{"rest": 7, "number": 3}] and len(units) == 1


@only_postgresql
def test_a_connection_that_was_ended_is_replaced_before_it_is_used(committed_database):
    """As after a restart of PostgreSQL: what was prepared is gone with it, and is prepared again."""
    pooled = connections["default"].settings_dict["OPTIONS"]
    pooled["pool"] = {"min_size": 1, "max_size": 1}
    try:
        official("nguoi-1", "Nguyễn Văn 1 100 %", works_in=unit("tinh"))
        for _ in range(2):
            for _ in range(ASKED_BEFORE + 2):
                assert ask("nguoi-1", 0)[0] == ["Nguyễn Văn 1 100 %"]
                connection.close()  # as at the end of a request
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_prepared_statements")
                assert cursor.fetchone() == (1,)
                with pytest.raises(OperationalError):
                    cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            connection.close()
    finally:
        connection.close()
        connection.close_pool()
        del pooled["pool"]


@pytest.mark.django_db
def test_rows_are_looked_up_by_keys_of_several_ways_and_of_none():
    rows = [unit(f"xa-{number}") for number in range(4)]
    first, last = Unit.objects.order_by("pk")[:2], Unit.objects.filter(code="xa-3")
    if not connection.features.supports_slicing_ordering_in_compound:
        first = Unit.objects.filter(pk__in=first.values("pk")).order_by()
    keys = first.values_list("pk").union(last.values_list("pk"))
    found = Unit.objects.filter(looked_up("pk", keys)).order_by("pk")
    assert list(found) == [rows[0], rows[1], rows[3]]
    read_together(found := found.all(), others := Unit.objects.filter(code="xa-2"))
    assert (list(found), list(others)) == ([rows[0], rows[1], rows[3]], [rows[2]])
    none = Unit.objects.filter(pk__in=[]).values_list("pk")
    for nobody in (none, none.union(none), Unit.objects.none().values_list("pk")):
        empty = Unit.objects.filter(looked_up("pk", nobody))
        assert list(empty) == []
        read_together(empty := empty.all(), others := Unit.objects.filter(code="xa-2"))
        assert (list(empty), len(others)) == ([], 1)
