"""Filling a sheet in: points while typing, saving by itself, errors at their fields, somebody else's values beside."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from cchc.assessments.filling import closed_because
from cchc.assessments.models import Answer, Round, Sheet
from cchc.audit.models import AuditEvent
from tests.assessments.conftest import Council
from tests.factories.assessments import SMALL, write
from tests.factories.clients import client_of

FIRST, SECOND = "1.1", "1.2"
STALE = "Tiêu chí vừa được người khác ghi; chưa ghi đè giá trị nào"


@pytest.fixture
def officer(council: Council) -> Client:
    return client_of(council.officer)


@pytest.fixture
def own(scored_round: Round, sheets: list[Sheet]) -> Sheet:
    return sheets[0]


def send(
    client: Client, sheet: Sheet, code: str = FIRST, version: int = 0, note: str = "", **more: str
) -> HttpResponse:
    address = reverse("assessments:write", args=[sheet.pk, "self", code])
    return client.post(address, {"version": str(version), "note": note, **more})


def words(answer: HttpResponse) -> str:
    return str(answer.content.decode())


def said(sheet: Sheet, code: str = FIRST) -> dict[str, str]:
    return dict(Answer.objects.get(sheet=sheet, criterion=code, stage="self").said)


@pytest.mark.requirement(98, 100)
def test_points_are_shown_while_typing_and_nothing_is_written(officer: Client, own: Sheet) -> None:
    before = AuditEvent.objects.count()
    answer = send(officer, own, so_done="9", so_planned="10", **{"tinh-thu": "1"})
    assert answer.status_code == 200 and "<html" not in words(answer)
    assert ">4,5</strong>" in words(answer)
    assert said(own) == {} and AuditEvent.objects.count() == before


def test_what_cannot_be_read_is_told_while_typing(officer: Client, own: Sheet) -> None:
    answer = send(officer, own, so_done="chín", so_planned="10", **{"tinh-thu": "1"})
    assert answer.status_code == 200 and "chín" in words(answer) and "field-error" in words(answer)


@pytest.mark.requirement(103)
def test_it_is_saved_by_itself_and_the_page_says_how_far_the_unit_is(officer: Client, own: Sheet) -> None:
    answer = send(officer, own, so_done="9", so_planned="10", note="Báo cáo 12", **{"tu-luu": "1"})
    assert answer.status_code == 200
    assert said(own) == {"done": "9", "planned": "10"}
    page = words(answer)
    assert '<strong class="figure">1/2</strong>' in page and "Đã lưu" in page and 'name="version" value="1"' in page


def test_what_is_sent_twice_is_written_once(officer: Client, own: Sheet) -> None:
    """The answer to the first was lost on the way."""
    for _ in range(2):
        assert send(officer, own, so_done="9", so_planned="10", **{"tu-luu": "1"}).status_code == 200
    assert Answer.objects.get(sheet=own, criterion=FIRST).version == 1


def test_an_empty_form_says_nothing(officer: Client, own: Sheet) -> None:
    assert send(officer, own).status_code == 302
    assert Answer.objects.get(sheet=own, criterion=FIRST).version == 0


@pytest.mark.requirement(103)
def test_whoever_comes_second_sees_both_values_and_overwrites_knowingly(officer: Client, own: Sheet) -> None:
    write(own, FIRST, done="9", planned="10")
    answer = send(officer, own, so_done="8", so_planned="10", **{"tu-luu": "1"})
    page = words(answer)
    assert answer.status_code == 409 and STALE in page
    assert ">9</td>" in page and ">8</td>" in page
    assert 'value="8"' in page and 'name="version" value="1"' in page
    assert said(own)["done"] == "9"
    assert send(officer, own, version=1, so_done="8", so_planned="10").status_code == 302
    assert said(own)["done"] == "8"


def test_an_error_stands_at_its_field(officer: Client, own: Sheet) -> None:
    page = words(send(officer, own, so_done="chín", so_planned="10"))
    assert 'id="id_so_done_error"' in page and 'id="id_so_planned_error"' not in page


@pytest.mark.requirement(98)
def test_the_button_goes_on_to_what_is_missing(officer: Client, own: Sheet) -> None:
    answer = send(officer, own, so_done="9", so_planned="10", note="Có báo cáo", tiep="1")
    assert answer.status_code == 302
    assert f"tc={SECOND}" in answer.headers["Location"]
    assert "data-starts" in words(officer.get(answer.headers["Location"]))


@pytest.mark.requirement(100)
def test_what_is_missing_is_listed_by_kind_for_whoever_fills_the_sheet_in(officer: Client, own: Sheet) -> None:
    write(own, FIRST, done="9", planned="10")
    page = words(officer.get(reverse("assessments:sheet", args=[own.pk])))
    listed = page[page.index('id="sheet-missing"') : page.index('id="sheet-totals"')]
    for told in (
        "Còn thiếu 2 tiêu chí",
        "Thiếu số liệu, câu trả lời",
        "1.2 Có mô hình mới",
        "1.1 Hoàn thành kế hoạch",
    ):
        assert told in listed, listed
    write(own, FIRST, note="Báo cáo số 12", done="9", planned="10")
    write(own, SECOND, answer="yes")
    page = words(officer.get(reverse("assessments:sheet", args=[own.pk])))
    assert "<details" not in page[page.index('id="sheet-missing"') : page.index('id="sheet-totals"')]


def test_a_figure_says_in_what_it_is_measured(officer: Client, own: Sheet) -> None:
    page = words(officer.get(reverse("assessments:sheet", args=[own.pk])))
    assert 'Đã làm <span class="hear-only">(số lượng)</span>' in page and ">số lượng</span></span>" in page


@pytest.mark.requirement(98)
def test_a_survey_stands_closed_with_who_gives_it(officer: Client, own: Sheet) -> None:
    page = words(officer.get(reverse("assessments:sheet", args=[own.pk]), {"tc": "2.1"}))
    assert "Điểm lấy từ khảo sát" in page and "data-autosave" not in page
    assert send(officer, own, "2.1").status_code == 422


def test_what_systems_are_to_measure_is_not_promised_before_it_is_bound() -> None:
    measured = replace(SMALL.criterion("2.1"), scored_by="metric:late-share")
    with override("vi"):
        assert "(late-share). Đợt chấm chưa gắn số liệu đo: người thẩm định nhập" in closed_because(measured)
