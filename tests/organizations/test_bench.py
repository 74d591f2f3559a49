"""`cchc bench organizations` in small: the same stages, and the same number of queries however large the register."""

from __future__ import annotations

import pytest

from cchc.bench import organizations as bench
from cchc.organizations.models import Official, Unit
from cchc.records.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("units", "officials"), [(12, 30), (40, 160)])
@pytest.mark.long
def test_pages_cost_the_same_queries_in_a_small_and_a_larger_register(units, officials, settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    figures = bench.run(units, officials)
    assert (Unit.objects.count(), Official.objects.count()) == (units + 4, officials + 1)
    assert set(figures.seconds) == {"read", "check", "carry out", "carry out again", "move one unit"}
    counted = {name: page.queries for name, page in figures.pages.items()}
    assert counted == {
        "tree": 6, "unit": 8, "small unit": 8, "unit on a past day": 9, "gone unit": 9, "merger": 9,
        "search units": 6, "search officials": 5, "search everything": 7,
    }  # fmt: skip
    assert figures.holds
    with pytest.raises(DomainError) as refused:
        bench.run(units, officials)
    assert refused.value.code == "organizations.register_not_empty"


def test_a_slow_import_and_a_page_with_many_questions_do_not_hold():
    seconds = {"read": 10.0, "carry out": 50.0}
    pages = {"tree": bench.Page(1.0, 9)}
    figures = bench.RegisterFigures(1, 1, "sqlite", seconds, pages, 1)
    assert figures.holds
    assert not bench.RegisterFigures(1, 1, "sqlite", seconds | {"read": 10.1}, pages, 1).holds
    assert not bench.RegisterFigures(1, 1, "sqlite", seconds, {"tree": bench.Page(1.0, 10)}, 1).holds
