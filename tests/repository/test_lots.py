"""What a desk leaves out by lot: the same for a seed, never all, and each is drawn sooner or later."""

import pytest

from tests.support.lots import not_drawn

NAMES = [f"test_{number}" for number in range(13)]


@pytest.mark.parametrize(("many", "drawn"), [(0, 0), (1, 1), (4, 1), (5, 2), (8, 2), (9, 3)])
def test_one_in_four_is_drawn_and_never_none(many, drawn):
    assert many - len(not_drawn("a", NAMES[:many], 4)) == drawn


def test_the_lot_hangs_on_the_seed_alone():
    assert not_drawn("a", NAMES, 4) == not_drawn("a", NAMES[::-1], 4)
    assert len({tuple(sorted(not_drawn(str(seed), NAMES, 4))) for seed in range(20)}) > 10


def test_each_is_drawn_sooner_or_later():
    seen = {name for seed in range(60) for name in set(NAMES) - set(not_drawn(str(seed), NAMES, 4))}
    assert seen == set(NAMES)
