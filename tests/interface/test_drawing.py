"""Steps of colour agree with the figures as they are written; lines stay on their scale and break at gaps."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cchc.interface.drawing import LINE_HEIGHT, LINE_WIDTH, dot_path, heat_ranges, heat_step, line_path
from cchc.records.numbers import round_half_up


@pytest.mark.parametrize(
    ("value", "step"),
    [
        ("0", 1),
        ("19.49", 1),
        ("19.5", 2),
        ("20", 2),
        ("39", 2),
        ("40", 3),
        ("59.5", 4),
        ("79", 4),
        ("80", 5),
        ("100", 5),
    ],
)
def test_a_step_is_a_fifth_of_what_is_written(value, step):
    assert heat_step(Decimal(value), 100, 0) == step


@pytest.mark.parametrize(("value", "step"), [(-3, 1), (120, 5)])
def test_what_lies_outside_takes_the_last_step(value, step):
    assert heat_step(value, 100, 0) == step


def test_the_legend_says_the_figures_of_each_step():
    said = [(found.step, str(found.low), str(found.high)) for found in heat_ranges(100, 0)]
    assert said == [(1, "0", "19"), (2, "20", "39"), (3, "40", "59"), (4, "60", "79"), (5, "80", "100")]


def test_a_step_without_figures_is_not_in_the_legend():
    assert [(found.step, int(found.low), int(found.high)) for found in heat_ranges(3, 0)] == [
        (1, 0, 0), (2, 1, 1), (4, 2, 2), (5, 3, 3),
    ]  # fmt: skip


@example(most=Fraction(1, 2), share=Fraction(1), decimals=0)
@given(
    most=st.fractions(min_value=Fraction(1, 4), max_value=200, max_denominator=40),
    share=st.fractions(min_value=0, max_value=1),
    decimals=st.integers(0, 3),
)
def test_every_figure_lies_in_the_range_that_the_legend_gives_its_step(most, share, decimals):
    value = most * share
    written = round_half_up(value, decimals)
    (found,) = [one for one in heat_ranges(most, decimals) if one.step == heat_step(value, most, decimals)]
    assert found.low <= written <= found.high


def test_a_line_breaks_where_a_value_is_missing():
    assert line_path([0, None, 50, 100], 0, 100) == "M0 40M66.7 20L100 0"


def test_a_value_between_gaps_and_the_last_one_are_dots():
    assert dot_path([None, 50, None, 100, 0], 0, 100) == "M25 20h0M100 40h0"
    assert dot_path([0, 100, None], 0, 100) == "M50 0h0"
    assert dot_path([50], 0, 100) == "M0 20h0"


def test_nothing_known_draws_nothing():
    assert line_path([None, None], 0, 100) == dot_path([None, None], 0, 100) == dot_path([], 0, 100) == ""


def test_a_scale_of_one_value_is_a_line_midway():
    assert line_path([7, 7], 7, 7) == "M0 20L100 20"


@given(st.lists(st.none() | st.decimals(-500, 500, places=2), min_size=1), st.integers(-100, 100), st.integers(0, 100))
def test_all_points_stay_inside_the_drawing_and_none_is_lost(values, low, width):
    path = line_path(values, low, low + width)
    points = re.findall(r"[ML](-?[0-9.]+) (-?[0-9.]+)", path)
    assert len(points) == sum(value is not None for value in values)
    assert all(0 <= float(x) <= LINE_WIDTH and 0 <= float(y) <= LINE_HEIGHT for x, y in points)
    assert [float(x) for x, _ in points] == sorted(float(x) for x, _ in points)
