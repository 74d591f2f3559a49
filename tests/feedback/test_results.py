"""What ratings come to: exactly, against a slow second count; and never so that a single one can be told."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.dossiers.models import Dossier
from cchc.feedback.queries import results
from cchc.feedback.queries.results import Period
from cchc.feedback.rating_forms import OVERALL, all_topics
from cchc.feedback.results import Counts, Mean, in_blocks, shown_of
from cchc.interface.together import answer
from tests.factories.dossiers import ZONE, Desk, received
from tests.factories.feedback import Made, made_dossiers
from tests.factories.organizations import TODAY


@pytest.mark.requirement(13)
@pytest.mark.parametrize(
    ("number", "shown"), [(0, 0), (1, 0), (4, 0), (5, 5), (6, 5), (9, 5), (10, 10), (14, 10), (15, 15)]
)
def test_whole_blocks_of_five(number: int, shown: int):
    assert in_blocks(number, 5) == shown


@given(sizes=st.lists(st.integers(0, 60), min_size=2, max_size=6), block=st.integers(1, 9))
def test_two_looks_differ_by_nothing_or_by_a_block(sizes: list[int], block: int):
    """However many came between two looks: what the later one shows more is none or at least a block."""
    looks = [set(shown_of(range(size), block)) for size in sorted(sizes)]
    for earlier, later in pairwise(looks):
        assert earlier <= later and (len(later - earlier) == 0 or len(later - earlier) >= block)
    assert all(len(look) == 0 or len(look) >= block for look in looks)


def test_an_average_is_exact():
    assert Mean(5, 3).value == Fraction(5, 3) and Mean(0, 0).value is None
    assert Counts(8, 4, 3, 2).share == Fraction(1, 4) and Counts().share is None
    assert Counts(1).hands_out_none and not Counts(1, 1).hands_out_none and not Counts().hands_out_none


@pytest.mark.parametrize(
    ("period", "first", "behind"),
    [
        (Period(2026), (2026, 1), (2027, 1)),
        (Period(2026, 1), (2026, 1), (2026, 2)),
        (Period(2026, 11), (2026, 11), (2026, 12)),
        (Period(2026, 12), (2026, 12), (2027, 1)),
    ],
)
def test_a_period_ends_before_the_next_begins(period: Period, first: tuple[int, int], behind: tuple[int, int]):
    assert period.bounds == tuple(datetime(year, month, 1, tzinfo=ZONE) for year, month in (first, behind))


@pytest.mark.django_db
@pytest.mark.requirement(13)
@pytest.mark.parametrize("seed", range(3))
def test_counts_and_averages_agree_with_counting_one_by_one(desk: Desk, today: object, seed: int):
    chance = Random(seed)
    choices = {topic.id: topic.choices for topic in all_topics().values()}
    made = [
        Made(
            month=chance.choice((1, 10, 11, 12)), year=chance.choice((2025, 2026)),
            hand_out=chance.choice((None, "out", "taken_in")),
            answers={
                topic: chance.choice(of_it).id
                for topic, of_it in choices.items() if topic == OVERALL or chance.random() < 0.6
            } if chance.random() < 0.7 else None,
        )
        for _ in range(60)
    ]  # fmt: skip
    made_dossiers(received(desk), desk.receiver, made)
    of_year = [one for one in made if one.year == 2026]
    for month in (1, 10, 12):
        period, slow = Period(2026, month), [one for one in of_year if one.month == month]
        found = results.dossiers_of(desk.commune, period)
        assert found.count() == len(slow)
        counts = answer(results.counts_by_month(found)).get(month, Counts())
        assert counts == Counts(
            len(slow), sum(one.hand_out is not None for one in slow), sum(one.hand_out == "taken_in" for one in slow),
            sum(one.answers is not None for one in slow),
        )  # fmt: skip
        points = Counter[str]()
        numbers = Counter[str]()
        for one in slow:
            for topic, chosen in (one.answers or {}).items():
                worth = next(choice.points for choice in choices[topic] if choice.id == chosen)
                if worth is not None:
                    points[topic] += worth
                    numbers[topic] += 1
        means = answer(results.means_of(results.ratings_of(found)))
        assert means == {topic: Mean(points[topic], numbers[topic]) for topic in numbers}
        given_answers = answer(results.answers_of(results.ratings_of(found)))
        assert given_answers == Counter((t, a) for one in slow for t, a in (one.answers or {}).items())
    by_unit = answer(results.counts_by_unit(results.handed_in(Period(2026)), TODAY))
    assert [(unit.name, counts.dossiers) for unit, counts in by_unit] == [("xã Một", len(of_year) + 1)]
    assert Dossier.objects.count() == len(made) + 1
