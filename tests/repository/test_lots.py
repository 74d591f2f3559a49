"""What a desk leaves out by lot: the same for a seed, never all, and each is drawn sooner or later."""

import pytest
from django.db import connection

from tests.support.lots import asks_database, not_drawn

NAMES = [f"test_{number}" for number in range(13)]


@pytest.mark.parametrize(("many", "drawn"), [(0, 0), (1, 1), (4, 1), (5, 2), (8, 2), (9, 3)])
def test_one_in_four_is_drawn_and_never_none(many, drawn):
    assert many - len(not_drawn("a", NAMES[:many], 4)) == drawn


def test_the_lot_hangs_on_the_seed_alone():
    assert not_drawn("a", NAMES, 4) == not_drawn("a", NAMES[::-1], 4)
    assert len({frozenset(not_drawn(str(seed), NAMES, 4)) for seed in range(20)}) > 10


def test_each_is_drawn_sooner_or_later():
    seen = {name for seed in range(60) for name in set(NAMES) - not_drawn(str(seed), NAMES, 4)}
    assert seen == set(NAMES)


@pytest.mark.parametrize("many", [0, 1, 2, 3, 13])
def test_what_several_runs_share_runs_once_in_all(many):
    names = NAMES[:many]
    drawn = [name for part in (1, 2, 3) for name in set(names) - not_drawn("a", names, 3, part)]
    assert sorted(drawn) == sorted(names)


@pytest.mark.django_db
def test_a_mark_gives_a_test_the_database(request):
    assert asks_database(request.node)


def test_so_does_what_a_fixture_asks_for(request, committed_database):
    assert asks_database(request.node)


def test_whoever_was_given_none_has_none(request):
    assert not asks_database(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()
