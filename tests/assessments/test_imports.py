"""A sheet leaves as a workbook and comes back: compared, wrong rows told, carried out whole; likewise survey points."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cchc.assessments.actions.rounds import move_on
from cchc.assessments.models import Answer, AnswersImport, Round, Sheet
from tests.assessments.conftest import Council
from tests.factories.assessments import now_of, submitted, write
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS
from tests.support.taken import rows_of

OWN = "Mã tiêu chí;Chỉ tiêu;Giá trị"
ALL = f"Mã đơn vị;{OWN}"


@pytest.fixture
def officer(council: Council) -> Client:
    return client_of(council.officer)


@pytest.fixture
def secretary(council: Council) -> Client:
    return client_of(council.secretary)


@pytest.fixture
def own(sheets: list[Sheet]) -> Sheet:
    return sheets[0]


@pytest.fixture
def appraising(scored_round: Round) -> Round:
    submitted(scored_round)
    move_on(**BY_TESTS, round_=scored_round, step="appraise", expected_version=now_of(scored_round).version, reason="")
    return now_of(scored_round)


def handed_in(client: Client, name: str, number: int, *rows: str) -> str:
    content = "\n".join([OWN if name == "hand-sheet-in" else ALL, *rows, ""]).encode()
    address = reverse(f"assessments:{name}", args=[number])
    answer = client.post(address, {"file": SimpleUploadedFile("bang.csv", content)})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return str(answer["Location"])


def carried_out(client: Client, address: str) -> Any:
    plan = client.get(address).context["plan"]
    return client.post(f"{address}thuc-hien/", {"digest": plan.digest()})


def said(sheet: Sheet, code: str) -> dict[str, str]:
    return dict(Answer.objects.get(sheet=sheet, criterion=code, stage="self").said)


@pytest.mark.requirement(98)
def test_a_sheet_leaves_as_a_workbook_and_comes_back_changed(officer: Client, own: Sheet) -> None:
    write(own, "1.1", done="9", planned="10")
    taken = officer.get(reverse("assessments:sheet-file", args=[own.pk]))
    rows = rows_of(taken, "Bản chấm điểm")
    assert next(row[:3] for row in rows if row and row[0] == "1.1") == ["1.1", "Hoàn thành kế hoạch", "5"]
    assert any(row[4:7] == ["Đã làm", "số lượng", "9"] for row in rows) and any("Có; Không" in row for row in rows)
    assert not any(row and row[0] == "2.1" for row in rows), "surveys are not the unit's"
    address = reverse("assessments:hand-sheet-in", args=[own.pk])
    back = officer.post(address, {"file": SimpleUploadedFile("bang.xlsx", taken.content)})
    assert officer.get(back["Location"]).context["plan"].changes == (), "what was taken along changes nothing"

    there = handed_in(
        officer, "hand-sheet-in", own.pk, "1.1;Đã làm;8", "1.2;answer;Có", "1.2;Ghi chú, giải thích;Có ảnh"
    )
    page = officer.get(there).content.decode()
    assert "Đã làm" in page and ">9<" in page and ">8<" in page
    assert said(own, "1.1")["done"] == "9", "nothing is written yet"
    assert carried_out(officer, there).status_code == 302
    assert said(own, "1.1") == {"done": "8", "planned": "10"} and said(own, "1.2") == {"answer": "yes"}
    assert bytes(AnswersImport.objects.latest("pk").content) == b""


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("9.9;Đã làm;1", "9.9"),
        ("1.1;Không có ô này;1", "Không có ô này"),
        ("1.1;Đã làm;chín", "chín"),
        ("1.1;Phải làm;11", "đã có"),
        ("1.2;answer;có lẽ", "có lẽ"),
        ("2.1;Điểm;2", "không tự chấm"),
    ],
)
def test_a_wrong_row_is_told_with_its_place_and_stops_the_file(
    officer: Client, own: Sheet, row: str, words: str
) -> None:
    there = handed_in(officer, "hand-sheet-in", own.pk, "1.1;Phải làm;10", row)
    page = officer.get(there).content.decode()
    assert "dòng 3" in page and words in page
    assert carried_out(officer, there).status_code == 422
    assert said(own, "1.1") == {}


def test_what_changed_since_it_was_shown_is_shown_again(officer: Client, own: Sheet) -> None:
    there = handed_in(officer, "hand-sheet-in", own.pk, "1.1;Đã làm;8")
    digest = officer.get(there).context["plan"].digest()
    write(own, "1.1", done="7", planned="10")
    assert officer.post(f"{there}thuc-hien/", {"digest": digest}).status_code == 409
    assert said(own, "1.1")["done"] == "7"


def test_a_locked_sheet_takes_no_file(officer: Client, scored_round: Round, own: Sheet) -> None:
    there = handed_in(officer, "hand-sheet-in", own.pk, "1.1;Đã làm;8")
    submitted(scored_round)
    assert officer.get(reverse("assessments:hand-sheet-in", args=[own.pk])).status_code == 422
    assert carried_out(officer, there).status_code == 422


def test_a_file_is_laid_aside_and_belongs_to_whoever_handed_it_in(
    officer: Client, council: Council, own: Sheet
) -> None:
    there = handed_in(officer, "hand-sheet-in", own.pk, "1.1;Đã làm;8")
    assert client_of(council.head).get(there).status_code == 404
    assert officer.post(f"{there}bo/").status_code == 302
    assert carried_out_again(officer, there) == 422


def carried_out_again(client: Client, there: str) -> int:
    return int(client.post(f"{there}thuc-hien/", {"digest": ""}).status_code)


@pytest.mark.requirement(100)
def test_survey_points_of_all_units_come_by_one_file(secretary: Client, appraising: Round, sheets: list[Sheet]) -> None:
    rows = rows_of(secretary.get(reverse("assessments:points-file", args=[appraising.pk])), "Bản chấm điểm")
    assert {row[0] for row in rows} >= {"xa-1", "xa-2", "xa-3"}
    points = [f"xa-{number};2.1;Tỷ lệ;0,{number}" for number in (1, 2, 3)]
    there = handed_in(secretary, "hand-points-in", appraising.pk, *points)
    assert carried_out(secretary, there).status_code == 302
    kept = Answer.objects.filter(criterion="2.1", stage="document1").order_by("sheet__place")
    assert [one.said["ratio"] for one in kept] == ["0,1", "0,2", "0,3"]


def test_survey_points_wait_for_the_appraisal_and_reach_nothing_else(
    secretary: Client, scored_round: Round, appraising: Round
) -> None:
    there = handed_in(secretary, "hand-points-in", appraising.pk, "xa-1;1.1;Đã làm;1", "xa-9;2.1;Tỷ lệ;0,5")
    page = secretary.get(there).content.decode()
    assert "1.1" in page and "xa-9" in page
    assert carried_out(secretary, there).status_code == 422


def test_points_that_fall_without_a_reason_are_told_before_anything_is_carried_out(
    secretary: Client, appraising: Round, sheets: list[Sheet]
) -> None:
    write(sheets[0], "2.1", "document1", ratio="85%")
    version = now_of(appraising).version
    for step in ("explain", "reappraise"):
        version = move_on(**BY_TESTS, round_=appraising, step=step, expected_version=version).version
    there = handed_in(secretary, "hand-points-in", appraising.pk, "xa-1;2.1;Tỷ lệ;0,8", "xa-2;2.1;Tỷ lệ;0,9")
    page = secretary.get(there).content.decode()
    assert "dòng 2" in page and "chưa nêu lý do trừ điểm" in page
    assert carried_out(secretary, there).status_code == 422
    assert not Answer.objects.filter(stage="document2").exists()
    reasoned = ["xa-1;2.1;Tỷ lệ;0,8", "xa-1;2.1;Lý do;Sở Nội vụ tính lại", "xa-2;2.1;Tỷ lệ;0,9"]
    there = handed_in(secretary, "hand-points-in", appraising.pk, *reasoned)
    assert carried_out(secretary, there).status_code == 302
    assert Answer.objects.get(stage="document2", sheet=sheets[0]).said["reason"] == "Sở Nội vụ tính lại"


def test_survey_points_are_not_brought_in_while_units_score_themselves(secretary: Client, scored_round: Round) -> None:
    assert secretary.get(reverse("assessments:hand-points-in", args=[scored_round.pk])).status_code == 422
