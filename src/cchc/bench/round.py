"""A scoring round of 10, 150 and 1,000 units by a set of 100 criteria: what its pages cost as it grows.

Works in the database that Django is set up with, which must hold no units. The rounds are those of `cchc demo round`:
typing 100,000 answers one by one is not what is measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from cchc.assessments.criteria import set_of
from cchc.assessments.models import Round, Sheet
from cchc.bench.pages import MOST_QUERIES, Page, look
from cchc.bench.register import START, by_bench, check_empty, signed_in
from cchc.demo.large_round import Size, communes_of, lay_out_round
from cchc.organizations.actions.units import Standing, found_unit

SIZES: Final = (10, 150, 1_000)
CRITERIA: Final = 100


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """The pages of rounds of each size, and the seconds that laying each out took."""

    engine: str
    sizes: tuple[int, ...]
    seconds: dict[int, float]
    pages: dict[int, dict[str, Page]]

    @property
    def most_queries(self) -> int:
        """Of any page of any size."""
        return max(page.queries for pages in self.pages.values() for page in pages.values())

    @property
    def sheet_growth(self) -> float:
        """How many times as large the sheet's page is in the largest round as in the smallest, in bytes."""
        first, last = self.pages[self.sizes[0]], self.pages[self.sizes[-1]]
        return last["sheet"].kilobytes / first["sheet"].kilobytes

    @property
    def holds(self) -> bool:
        """Whether every page stays under ten queries and the sheet's page does not grow."""
        return self.most_queries <= MOST_QUERIES and self.sheet_growth < 1.05


def run(sizes: Sequence[int] = SIZES, tell: Callable[[str], None] = lambda _: None) -> RoundFigures:
    """Measure. Raises `organizations.register_not_empty`."""
    from django.db import connection

    check_empty()
    by = by_bench()
    province = found_unit(**by, code="tinh", standing=Standing("province", "tỉnh Số 0", None), starts_on=START)
    communes_of(**by, organizer=province, number=max(sizes))
    client, official = signed_in(province, "Thư ký", "council_secretary")  # who also appraises
    seconds, pages = dict[int, float](), dict[int, dict[str, Page]]()
    for size in sizes:
        tell(f"{size} units")
        started = time.perf_counter()
        round_ = lay_out_round(**by, organizer=province, size=Size(size, CRITERIA), appraisers=[official])
        seconds[size] = time.perf_counter() - started
        pages[size] = look(client, _addresses(round_))
    return RoundFigures(connection.vendor, tuple(sizes), seconds, pages)


def _addresses(round_: Round) -> dict[str, tuple[str, None]]:
    sheet = Sheet.objects.filter(round=round_).order_by("place")[:1].get()
    code = set_of(round_).criteria[0].code
    return {
        "rounds": ("/dot-cham/", None),
        "round": (f"/dot-cham/{round_.pk}/", None),
        "sheet": (f"/dot-cham/ban/{sheet.pk}/", None),
        "criterion": (f"/dot-cham/{round_.pk}/tieu-chi/{code}/", None),
        "matrix": (f"/dot-cham/{round_.pk}/bang/", None),
        "results": (f"/dot-cham/{round_.pk}/ket-qua/", None),
    }
