"""Links say of every day what climbing from parent to parent says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.organizations.closure import Placed, Span, links_of
from cchc.records.errors import DomainError
from tests.support.examples import share_of_examples

FIRST = date(2025, 6, 25)
DAYS = 12


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def placed(unit: int, parent: int | None, start: int, end: int | None = None) -> Placed:
    return Placed(unit, parent, Span(day(start), date.max if end is None else day(end)))


def by_unit(*placements: Placed) -> dict[int, list[Placed]]:
    found: dict[int, list[Placed]] = {}
    for one in placements:
        found.setdefault(one.unit, []).append(one)
    return found


def told(unit: int, *placements: Placed) -> set[tuple[int, int, date, date]]:
    return {
        (link.ancestor, link.depth, link.span.start, link.span.end) for link in links_of(unit, by_unit(*placements))
    }


def test_a_district_that_ends_leaves_its_communes_to_the_province():
    links = told(3, placed(1, None, 0), placed(2, 1, 0, 5), placed(3, 2, 0, 5), placed(3, 1, 6))
    assert links == {
        (3, 0, day(0), day(5)), (2, 1, day(0), day(5)), (1, 2, day(0), day(5)),
        (3, 0, day(6), date.max), (1, 1, day(6), date.max),
    }  # fmt: skip


def test_two_units_may_change_places_but_not_stand_under_each_other():
    exchanged = (placed(1, 2, 0, 5), placed(2, None, 0, 5), placed(1, None, 6), placed(2, 1, 6))
    assert (2, 1, day(0), day(5)) in told(1, *exchanged)
    with pytest.raises(DomainError) as refused:
        told(1, placed(1, 2, 0), placed(2, 1, 3, 4), placed(2, None, 0, 2), placed(2, None, 5))
    assert refused.value.code == "organizations.circle"


@pytest.mark.parametrize("end", [4, 5])
def test_a_part_does_not_outlive_what_it_stands_under(end):
    placements = (placed(1, None, 0, 4), placed(2, 1, 0, end))
    if end == 4:
        assert (1, 1, day(0), day(4)) in told(2, *placements)
        return
    with pytest.raises(DomainError) as refused:
        told(2, *placements)
    assert refused.value.problems[0].message.params == {"day": day(5)}


@st.composite
def histories(draw: st.DrawFn) -> dict[int, list[Placed]]:
    """A few units, each cut into stretches of days with a parent of a lower or higher number, or none."""
    found: dict[int, list[Placed]] = {}
    for unit in range(draw(st.integers(1, 5))):
        cuts = sorted(draw(st.sets(st.integers(0, DAYS), min_size=2, max_size=4)))
        for start, after in pairwise(cuts):
            if draw(st.booleans()):
                parent = draw(st.sampled_from([None, None, *range(5)]))
                found.setdefault(unit, []).append(placed(unit, parent, start, after - 1))
    return found


def climb(unit: int, at: date, history: dict[int, list[Placed]]) -> list[int] | None:
    """The unit and all above it on one day, step by step; None when that leads nowhere."""
    found: list[int] = []
    here: int | None = unit
    while here is not None:
        there = [one for one in history.get(here, []) if one.span.start <= at <= one.span.end]
        if not there or here in found:
            return None
        found.append(here)
        here = there[0].parent
    return found


@settings(max_examples=share_of_examples(1))
@given(histories())
def test_links_say_of_every_day_what_climbing_says(history):
    days = [day(number) for number in range(DAYS + 1)]
    for unit, placements in history.items():
        climbed = {
            at: climb(unit, at, history) for at in days if any(p.span.start <= at <= p.span.end for p in placements)
        }
        if None in climbed.values():
            with pytest.raises(DomainError):
                list(links_of(unit, history))
            continue
        links = list(links_of(unit, history))
        for at, expected in climbed.items():
            on_day = sorted((link.depth, link.ancestor) for link in links if link.span.start <= at <= link.span.end)
            assert on_day == list(enumerate(expected))
