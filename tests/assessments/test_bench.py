"""`cchc bench round` in small: a page asks the same however large the round, and a sheet's page does not grow."""

from __future__ import annotations

import pytest

from cchc.bench import round as bench

pytestmark = pytest.mark.django_db


@pytest.mark.long
def test_pages_of_a_round_do_not_ask_more_as_it_grows(settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    figures = bench.run((2, 6))
    small, large = ({name: page.queries for name, page in figures.pages[size].items()} for size in (2, 6))
    assert small == large
    assert figures.holds
    assert figures.pages[6]["matrix"].kilobytes > figures.pages[2]["matrix"].kilobytes
