"""The public pages as answers: what they say, in both languages, with a fixed number of queries."""

from __future__ import annotations

import dataclasses
import re
from itertools import pairwise
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from cchc.demo.loading import load_shipped_rounds, shipped_round
from cchc.interface.together import answer
from cchc.portal.panels import published
from cchc.scoring.published import CheckedTable, check_table
from cchc.tables.reading import read_tables
from tests.factories import rounds

pytestmark = pytest.mark.django_db
KON_RAY = "/ket-qua/kon-ray-2022/"


@pytest.fixture
def kon_ray() -> None:
    load_shipped_rounds(rounds.NOW)


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_desk_leads_to_the_newest_round_once_there_is_one(kon_ray: None) -> None:
    gathered = answer(published.gather(None, None))
    assert gathered is not None
    page = render_to_string(published.template, dict(gathered))
    assert KON_RAY in page and "huyện Kon Rẫy năm 2022" in page


def test_without_a_round_a_desk_says_nothing_of_results() -> None:
    assert answer(published.gather(None, None)) is None


@pytest.mark.usefixtures("kon_ray")
@pytest.mark.requirement(25)
def test_home_opens_on_the_newest_round(client: Client) -> None:
    page = _text(client, "/")
    assert "<h1>Chỉ số cải cách hành chính các xã, thị trấn huyện Kon Rẫy năm 2022</h1>" in page
    for part in (
        "7 đơn vị · 2 Xuất sắc, 5 Tốt · 1 đơn vị có số in sai",
        "UBND xã Đăk Pnê",
        "84,71",
        "84,41",
        "01/BC-HĐ",
    ):
        assert part in page
    assert "/bo-tieu-chi/tt01-2018/" in page


@pytest.mark.parametrize(
    ("address", "doubts"),
    [
        ("/bo-tieu-chi/qd766/", ("Điểm tối đa theo bảng công bố", "Maxima by the table published")),
        ("/bo-tieu-chi/qd766/1.3/", ("Nguồn chỉ nêu tỷ lệ", "The source names a share alone")),
    ],
)
def test_an_english_page_doubts_in_english(client: Client, address: str, doubts: tuple[str, str]) -> None:
    for language, (said, other) in {"": doubts, "/en": doubts[::-1]}.items():
        page = client.get(language + address).content.decode()
        assert said in page and other not in page


@pytest.mark.usefixtures("kon_ray")
@pytest.mark.parametrize("address", ["/", "/ket-qua/", KON_RAY, f"{KON_RAY}ubnd-xa-tan-lap/", "/bo-tieu-chi/"])
def test_headings_leave_out_no_level(client: Client, address: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", _text(client, address))]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_home_of_an_empty_database_says_what_comes(client: Client) -> None:
    assert "Chưa có kết quả" in _text(client, "/")
    assert "No results yet" in _text(client, "/en/")


@pytest.mark.usefixtures("kon_ray")
@pytest.mark.requirement(104, 122)
def test_the_round_shows_printed_and_recomputed_with_the_reason(client: Client) -> None:
    page = _text(client, KON_RAY)
    assert "Chỉ số in 84,41; tính từ 79,63/94 được 84,71." in page
    assert "in 84,41" in page
    assert "85,5 / 95,5" in page and "84,17 / 93" in page
    assert "điểm thay đổi −1,33 nhưng chỉ số thay đổi +0,98" in page
    assert page.count("điểm thay đổi") == 1


def test_of_many_misprints_the_first_are_told_and_the_others_linked(client: Client) -> None:
    rounds.publish(rows=[f"Xã số {number};;;;{number};10;99;;" for number in range(1, 8)])
    page = _text(client, "/ket-qua/mau-2022/")
    assert page.count("Chỉ số in 99;") == 5
    assert 'href="/ket-qua/mau-2022/?sai=on">Xem cả 7 đơn vị có số in sai</a>' in page


@pytest.mark.usefixtures("kon_ray")
def test_the_unit_spells_out_its_arithmetic(client: Client) -> None:
    page = _text(client, f"{KON_RAY}ubnd-xa-dak-pne/")
    assert "79,63 ÷ 94 × 100" in page and "= 84,7127…" in page
    assert "hạng 5 trong 7" in page
    assert "thêm 5,29 vào chỉ số (từ 90), tức thêm 4,97 điểm với điểm tối đa 94" in page
    assert "Để đạt loại" not in _text(client, f"{KON_RAY}ubnd-xa-tan-lap/")


@pytest.mark.usefixtures("kon_ray")
def test_english_pages_have_english_figures(client: Client) -> None:
    page = _text(client, f"/en{KON_RAY}")
    for part in ("7 units · 2 Excellent, 5 Good · 1 unit with a misprint", "84.71", "79.63 / 94", "1 December 2022"):
        assert part in page
    assert "84,71" not in page


@pytest.mark.usefixtures("kon_ray")
@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?tim=pne", ["Đăk Pnê"], ["Tân Lập"]),
        ("?sai=on", ["Đăk Pnê"], ["Đăk Kôi"]),
        ("?tim=khong+co", ["Không có đơn vị phù hợp"], ["Đăk Kôi"]),
        ("?tim=%00&xep=%FF&nhom=&sau=x&ban=", ["Đăk Kôi"], []),
        ("?ban=9999999999999", ["Đăk Kôi"], []),
    ],
)
def test_filters_stand_in_the_address(client: Client, query: str, shown: list[str], hidden: list[str]) -> None:
    page = _text(client, KON_RAY + query).partition('id="results"')[2]
    assert all(part in page for part in shown)
    assert not any(part in page.partition('id="nguon"')[0] for part in hidden)


@pytest.mark.parametrize(
    "address",
    [
        "/ket-qua/khong-co/", "/ket-qua/mau-2022/khong-co/", "/ket-qua/mau-2022/?ban=7", "/ket-qua/mau-2022.pdf",
        "/bo-tieu-chi/khong-co/", "/bo-tieu-chi/tt01-2018/khong-co/", "/bo-tieu-chi/..%2f/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["", "/en"])
def test_what_is_not_there_is_said_with_a_way_on(client: Client, address: str, language: str) -> None:
    rounds.publish()
    answer = client.get(language + address)
    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()


def test_reading_only(client: Client) -> None:
    rounds.publish()
    for address in ("/", "/ket-qua/", "/ket-qua/mau-2022/", "/ket-qua/mau-2022.csv", "/bo-tieu-chi/tt01-2018/1/"):
        assert client.post(address).status_code == 405


@pytest.mark.requirement(123)
def test_years_are_tabs_and_a_unit_shows_its_other_years(client: Client) -> None:
    rounds.publish()
    rounds.publish("xua-2020", year=2020)
    page = _text(client, "/ket-qua/mau-2022/")
    assert '<a href="/ket-qua/xua-2020/">2020</a>' in page
    assert "/ket-qua/xua-2020/xa-an-binh/" in _text(client, "/ket-qua/mau-2022/xa-an-binh/")
    assert "Results mau-2022" not in _text(client, "/en/ket-qua/?nam=2020")


def test_an_old_version_stays_readable_and_says_that_it_is_old(client: Client) -> None:
    rounds.publish()
    rounds.publish(rows=rounds.ROWS[:2], reason="Đính chính danh sách")
    old, new = _text(client, "/ket-qua/mau-2022/?ban=1"), _text(client, "/ket-qua/mau-2022/")
    assert "Phiên bản này đã được thay thế" in old and "Phường Đức Thắng" in old
    assert "Phiên bản này đã được thay thế" not in new and "Đính chính danh sách" in new
    assert "/ket-qua/mau-2022/xa-an-binh/?ban=1" in old
    assert client.get("/ket-qua/mau-2022.csv?ban=1").content.count(b"\r\n") == 4


@pytest.mark.parametrize("count", [3, 300])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 9), ("/ket-qua/", 2), ("/ket-qua/mau-2022/", 8), ("/ket-qua/mau-2022/xa-so-2/", 7),
        ("/ket-qua/mau-2022.csv", 2), ("/bo-tieu-chi/", 0), ("/bo-tieu-chi/tt01-2018/1/", 0),
    ],
)  # fmt: skip
def test_the_number_of_queries_is_fixed(
    client: Client, address: str, queries: int, count: int, django_assert_num_queries: Any
) -> None:
    rounds.publish(rows=rounds.many_rows(count))
    with django_assert_num_queries(queries):
        _text(client, address)


def test_a_long_table_is_read_page_by_page(client: Client) -> None:
    rounds.publish(rows=rounds.many_rows(450))
    page = _text(client, "/ket-qua/mau-2022/?xep=ten")
    assert "100 trong 450 đơn vị" in page
    following = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert following.startswith("/ket-qua/mau-2022/?xep=ten&sau=")
    assert 'rel="prev"' in _text(client, following)


def _figures(table: CheckedTable) -> list[tuple[object, ...]]:
    rows = sorted(table.rows, key=lambda row: row.unit)
    return [(row.unit, *dataclasses.astuple(row.printed)[:5], row.disagree) for row in rows]


@pytest.mark.usefixtures("kon_ray")
def test_a_download_writes_an_index_with_the_decimals_it_has(client: Client) -> None:
    row = next(row for row in _text(client, "/ket-qua/kon-ray-2022.csv").splitlines() if "Đăk Ruông" in row)
    assert row == "UBND xã Đăk Ruông;;86,55;92,5;93,57;81,1;93;87,2;Tốt;;87,20;Tốt;4;"


@pytest.mark.usefixtures("kon_ray")
@pytest.mark.requirement(102, 126)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_download_reads_back_as_the_same_result_table(client: Client, kind: str, language: str) -> None:
    answer = client.get(f"{language}/ket-qua/kon-ray-2022.{kind}")
    assert answer["Content-Disposition"] == f'attachment; filename="kon-ray-2022.{kind}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    again = check_table(read_tables(answer.content, f"kon-ray-2022.{kind}"))
    assert _figures(again) == _figures(check_table(shipped_round("kon-ray-2022")[1]))
