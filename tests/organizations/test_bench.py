"""`cchc bench organizations` in small: the same stages, and the same number of queries however large the register."""

from __future__ import annotations

import pytest

from cchc.bench import organizations as bench
from cchc.organizations.importing.layout import beside_sheet, official_sheet, unit_sheet
from cchc.organizations.importing.reading import LIMITS
from cchc.organizations.models import Account, Official, Posting, RoleGrant, Unit
from cchc.records.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("units", "officials"), [(12, 30), (40, 160)])
@pytest.mark.long
def test_pages_cost_the_same_queries_in_a_small_and_a_larger_register(units, officials, settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    figures = bench.run(units, officials, every=10)
    assert figures.changes == units + 2 * officials + 3 * officials // 10
    assert (Unit.objects.count(), Official.objects.count()) == (units + 4, officials + 1)
    tenth = officials // 10
    assert Posting.objects.filter(is_main=False).count() == tenth
    assert (Account.objects.count(), RoleGrant.objects.count()) == (tenth + 1, tenth + 2), "also who looks"
    assert 0 < figures.silence <= figures.seconds["carry out"]
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


def test_a_file_may_hold_everything_for_everybody():
    rows = {unit_sheet(): bench.UNITS, official_sheet(): bench.OFFICIALS, beside_sheet(): bench.OFFICIALS}
    assert sum(number * len(sheet.columns) for sheet, number in rows.items()) <= LIMITS.cells
    assert sum(rows.values()) <= LIMITS.rows


def test_a_slow_import_and_a_page_with_many_questions_do_not_hold():
    seconds = {"read": 10.0, "carry out": 50.0}
    pages = {"tree": bench.Page(1.0, 9)}
    figures = bench.RegisterFigures(1, 1, "sqlite", 1, seconds, 1.0, pages, 1)
    assert figures.holds
    assert not bench.RegisterFigures(1, 1, "sqlite", 1, seconds | {"read": 10.1}, 1.0, pages, 1).holds
    assert not bench.RegisterFigures(1, 1, "sqlite", 1, seconds, 1.0, {"tree": bench.Page(1.0, 10)}, 1).holds
