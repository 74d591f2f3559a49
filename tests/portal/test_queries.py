"""What the public pages read: order, filters, pages of long tables, a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test.utils import CaptureQueriesContext

from cchc.portal import queries
from cchc.portal.models import PublishedRound
from cchc.portal.queries import Asked
from cchc.records.errors import DomainError
from cchc.records.search import sort_key
from tests.factories import rounds

pytestmark = pytest.mark.django_db
NEWEST_FIRST = ["moi-2024", "mau-2022", "xua-2020"]


def _names(published: PublishedRound, asked: Asked) -> list[str]:
    return [result.unit_name for result in queries.result_page(published, asked).results]


def test_by_rank_within_each_group_and_by_name_in_dictionary_order() -> None:
    published = rounds.publish()
    assert _names(published, Asked()) == ["Xã An Bình", "Xã Ẳng Nưa", "Phường Đức Thắng"]
    by_name = _names(published, Asked(order="name"))
    assert by_name == ["Phường Đức Thắng", "Xã An Bình", "Xã Ẳng Nưa"] == sorted(by_name, key=sort_key)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(group="Vùng cao"), ["Xã An Bình", "Xã Ẳng Nưa"]),
        (Asked(text="ang"), ["Xã Ẳng Nưa", "Phường Đức Thắng"]),
        (Asked(text="ẢNG NƯA"), ["Xã Ẳng Nưa"]),
        (Asked(text="Đức"), ["Phường Đức Thắng"]),
        (Asked(text="%"), []),
        (Asked(group="vùng cao"), []),
    ],
)
def test_filters(asked: Asked, found: list[str]) -> None:
    assert _names(rounds.publish(), asked) == found


def test_only_the_misprinted() -> None:
    published = rounds.publish(rows=("Xã A;;;;1;4;25;;", "Xã B;;;;2;4;51;;", "Xã C;;;;3;4;75;Khá;9"))
    assert _names(published, Asked(misprinted=True)) == ["Xã C", "Xã B"]
    assert queries.headline(published).misprints == 2


def _forward(published: PublishedRound, asked: Asked, size: int) -> Iterator[list[str]]:
    page = queries.result_page(published, asked, size)
    yield [result.slug for result in page.results]
    while page.has_next:
        onward = Asked(asked.group, asked.text, asked.misprinted, asked.order, after=page.results[-1].slug)
        page = queries.result_page(published, onward, size)
        assert page.has_previous
        yield [result.slug for result in page.results]


@pytest.mark.parametrize("order", ["rank", "name"])
@pytest.mark.parametrize("count", [6, 7, 8])
def test_pages_cover_every_unit_once_in_order_and_lead_back(order: queries.Order, count: int) -> None:
    published = rounds.publish(rows=rounds.many_rows(count))
    whole = [result.slug for result in queries.matching(published, Asked(order=order))]
    pages = list(_forward(published, Asked(order=order), size=7))
    assert [slug for page in pages for slug in page] == whole
    assert len(pages) == (1 if count <= 7 else 2)
    if len(pages) > 1:
        back = queries.result_page(published, Asked(order=order, before=pages[1][0]), 7)
        assert [result.slug for result in back.results] == pages[0]
        assert (back.has_previous, back.has_next) == (False, True)


def test_an_unknown_edge_of_a_page_means_the_first_page() -> None:
    published = rounds.publish()
    for asked in (Asked(after="khong-co"), Asked(before="khong-co")):
        page = queries.result_page(published, asked)
        assert (len(page.results), page.has_previous, page.has_next) == (3, False, False)


@pytest.mark.parametrize("count", [3, 450])
def test_the_number_of_queries_does_not_grow(
    count: int, django_assert_num_queries: type[CaptureQueriesContext]
) -> None:
    published = rounds.publish(rows=rounds.many_rows(count))
    middle = published.results.order_by("by_rank").first()
    assert middle is not None
    with django_assert_num_queries(3):
        page = queries.result_page(published, Asked(after=middle.slug))
    assert len(page.results) == min(count - 1, queries.PAGE_SIZE)
    assert page.total == count


def test_rounds_newest_first_with_their_counts() -> None:
    for slug, year in (("mau-2022", 2022), ("xua-2020", 2020), ("moi-2024", 2024)):
        rounds.publish(slug, year=year)
    found = list(queries.current_rounds())
    assert [each.slug for each in found] == NEWEST_FIRST
    assert [(each.units, each.misprints) for each in found] == [(3, 0)] * 3
    assert queries.years() == [2024, 2022, 2020]
    assert [each.slug for each in queries.current_rounds(2020)] == ["xua-2020"]
    newest = queries.newest_round()
    assert newest is not None and newest.slug == "moi-2024"
    assert [each.slug for each in queries.same_series(newest)] == NEWEST_FIRST[::-1]


def test_a_replaced_version_is_only_found_by_its_number() -> None:
    rounds.publish()
    rounds.publish(rows=rounds.ROWS[:2], reason="Bỏ một đơn vị")
    assert queries.get_round("mau-2022").version == 2
    assert queries.get_round("mau-2022", 1).results.count() == 3
    assert [each.version for each in queries.versions(queries.get_round("mau-2022"))] == [2, 1]
    assert [each.version for each in queries.current_rounds()] == [2]
    with pytest.raises(DomainError, match=r"portal\.round_not_found"):
        queries.get_round("mau-2022", 3)


def test_the_same_unit_in_other_years_leaves_out_its_own_round() -> None:
    now = rounds.publish()
    rounds.publish("xua-2020", year=2020)
    rounds.publish("moi-2024", rows=rounds.ROWS[1:], year=2024)
    here = queries.get_result(now, "xa-an-binh")
    assert [each.round.year for each in queries.other_years(here)] == [2020]


@pytest.mark.parametrize(("number", "first", "last"), [(1, 1, 3), (5, 3, 7), (10, 8, 10)])
def test_units_around_one(number: int, first: int, last: int) -> None:
    published = rounds.publish(rows=rounds.many_rows(10))
    result = queries.get_result(published, f"xa-so-{11 - number}")
    assert result.rank == number
    assert [each.rank for each in queries.around_unit(result, reach=2)] == list(range(first, last + 1))


def test_headline_counts_classes_and_names_groups() -> None:
    headline = queries.headline(rounds.publish())
    assert (headline.units, headline.misprints) == (3, 0)
    assert headline.bands == {"excellent": 1, "good": 1, "weak": 1}
    assert headline.groups == ("Vùng cao", "Vùng thấp")
