"""Parameters go to JSON and come back as they were; what would change on the way is refused."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.interface.jobs.parameters import from_json, to_json, types_of


def work(
    run: object, *, name: str, number: int = 0, ok: bool = False, on: date | None = None,
    at: datetime | None = None, ids: tuple[int, ...] = (), days: tuple[date | None, ...] = (),
) -> None: ...  # fmt: skip


MOMENTS = st.datetimes(timezones=st.just(timezone(timedelta(hours=7)))).filter(lambda at: 1 < at.year < 9999)


@given(
    st.fixed_dictionaries(
        {"name": st.text()},
        optional={
            "number": st.integers(), "ok": st.booleans(), "on": st.none() | st.dates(), "at": st.none() | MOMENTS,
            "ids": st.lists(st.integers()).map(tuple), "days": st.lists(st.none() | st.dates()).map(tuple),
        },
    )
)  # fmt: skip
def test_parameters_come_back_as_they_were(parameters: dict[str, object]) -> None:
    stored = json.loads(json.dumps(to_json(work, parameters)))
    assert from_json(work, stored) == parameters


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"name": 1},
        {"name": None},
        {"name": "a", "unknown": 1},
        {"name": "a", "number": True},
        {"name": "a", "number": 1.0},
        {"name": "a", "ok": 1},
        {"name": "a", "on": datetime(2026, 11, 23, tzinfo=UTC)},
        {"name": "a", "on": "2026-11-23"},
        {"name": "a", "at": date(2026, 11, 23)},
        {"name": "a", "at": datetime(2026, 11, 23, tzinfo=UTC).replace(tzinfo=None)},
        {"name": "a", "ids": [1]},
        {"name": "a", "ids": (1, "2")},
    ],
)
def test_what_the_function_does_not_take_is_refused(parameters: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        to_json(work, parameters)


@pytest.mark.parametrize(
    "stored", [{}, {"name": "a", "old": 1}, {"name": "a", "on": "23/11/2026"}, {"name": "a", "number": "1"}]
)
def test_what_another_version_stored_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        from_json(work, stored)


def of_float(run: object, *, share: float) -> None: ...
def of_decimal(run: object, *, share: Decimal) -> None: ...
def of_list(run: object, *, ids: list[int]) -> None: ...
def of_pair(run: object, *, ids: tuple[int, int]) -> None: ...
def of_two(run: object, *, value: int | str) -> None: ...
def untyped(run: object, *, value) -> None: ...  # type: ignore[no-untyped-def]
def positional(run: object, value: int) -> None: ...


@pytest.mark.parametrize("function", [of_float, of_decimal, of_list, of_pair, of_two, untyped, positional])
def test_types_that_cannot_be_kept_are_refused_when_the_kind_is_made(function) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TypeError):
        types_of(function)
