"""The description beside a result table is read as strictly as a criteria set."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from cchc.records.errors import DomainError
from cchc.records.text import LANGUAGES
from cchc.records.words import say_problem
from tests.factories.rounds import description


def test_a_description_is_read_with_its_types() -> None:
    read = description()
    assert (read.year, read.decimals, read.source.on) == (2022, 2, date(2022, 12, 1))
    assert [(each.band.start, each.doubt is None) for each in read.bands] == [
        (Fraction(90), True), (Fraction(80), False), (Fraction(0), False),
    ]  # fmt: skip
    assert read.bands[1].doubt is not None and read.bands[1].doubt.en == "not known"


_NAME = "name: {vi: A}, verified: true"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"slug": "Có-dấu"}, "portal.not_a_slug"),
        ({"slug": "a" * 81}, "portal.not_a_slug"),
        ({"series": "hai--gạch"}, "portal.not_a_slug"),
        ({"year": "1989"}, "portal.out_of_range"),
        ({"year": "2201"}, "portal.out_of_range"),
        ({"decimals": "7"}, "portal.out_of_range"),
        ({"level": "village"}, "records.not_one_of"),
        ({"source": "null"}, "records.missing_key"),
        ({"colour": "red"}, "records.unknown_key"),
        ({"bands": "[]"}, "portal.bands_not_descending"),
        ({"bands": f"[{{id: a, from: 10, {_NAME}}}]"}, "portal.bands_not_descending"),
        ({"bands": f"[{{id: a, from: 0, {_NAME}}}, {{id: b, from: 0, {_NAME}}}]"}, "portal.bands_not_descending"),
        ({"bands": f"[{{id: a, from: 10, {_NAME}}}, {{id: a, from: 0, {_NAME}}}]"}, "portal.band_twice"),
        ({"bands": "[{id: a, from: 0, name: {vi: A}, verified: maybe}]"}, "records.not_one_of"),
    ],
)
def test_what_is_unclear_is_refused_with_place_and_next_step(changes: dict[str, str], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        description(**{"slug": "mau"} | changes)  # type: ignore[arg-type]
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.place is not None and problem.place.line
    for language in LANGUAGES:
        assert len(say_problem(problem, language)) > 30


@pytest.mark.parametrize("year", [1990, 2200])
def test_years_at_the_edges_are_taken(year: int) -> None:
    assert description(year=year).year == year
