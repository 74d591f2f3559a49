"""Appraisal crosswise: one criterion in all units, row by row, with nobody overwriting anybody."""

from __future__ import annotations

import html
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cchc.assessments.actions.rounds import move_on
from cchc.assessments.models import Answer, KeptReason, Question, Round, Sheet
from cchc.assessments.views import appraisal
from cchc.interface import paging
from tests.assessments.conftest import Council
from tests.factories.assessments import appraising, now_of, submitted, write
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS


@pytest.fixture
def appraised(council: Council, scored_round: Round) -> list[Sheet]:
    return appraising(scored_round, council.appraiser)


@pytest.fixture
def appraiser(council: Council) -> Client:
    return client_of(council.appraiser)


def grid(client: Client, round_: Round, query: str = "", code: str = "1.1") -> str:
    answer = client.get(reverse("assessments:criterion", args=[round_.pk, code]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(page: str) -> list[int]:
    """The sheets of the rows that are shown."""
    return [int(key) for key in re.findall(r'id="ban-(\d+)"', page)]


def ticked(page: str) -> list[int]:
    """The sheets whose box is ticked."""
    return [int(key) for key in re.findall(r'name="ban" value="(\d+)"[^>]* checked', page)]


def assert_told(page: str, words: str) -> None:
    """It is said aloud when it appears, and takes the focus."""
    told = re.search(r'<div class="error-summary" role="alert" tabindex="-1" data-focus>(.*?)</div>', page, re.DOTALL)
    assert told and words in told[1]


def put(client: Client, sheet: Sheet, version: int, **typed: str) -> HttpResponse:
    address = reverse("assessments:appraise", args=[sheet.round_id, "1.1", sheet.pk])
    return client.post(address, {"version": version, "note": "", "reason": "", **typed})


def said(sheet: Sheet, code: str = "1.1") -> Answer | None:
    return Answer.objects.filter(sheet=sheet, criterion=code, stage="document1").first()


@pytest.mark.requirement(122, 99)
def test_declared_and_appraised_stand_side_by_side(
    appraised: list[Sheet], appraiser: Client, scored_round: Round
) -> None:
    assert put(appraiser, appraised[0], 0, so_done="6", reason="Thiếu hai báo cáo").status_code == 302
    page = grid(appraiser, scored_round)
    line = page[page.index(f'id="ban-{appraised[0].pk}"') : page.index(f'id="ban-{appraised[1].pk}"')]
    for told in ("Báo cáo 12/BC-UBND", ">4<", ">3<", "-1", "Thiếu hai báo cáo"):
        assert told in line.replace("\N{MINUS SIGN}", "-"), line


@pytest.mark.requirement(122)
def test_only_differences_or_what_nobody_appraised(
    appraised: list[Sheet], appraiser: Client, scored_round: Round
) -> None:
    put(appraiser, appraised[0], 0, so_done="6", reason="Thiếu hai báo cáo")
    put(appraiser, appraised[1], 0)
    assert rows(grid(appraiser, scored_round, "?loc=chenh-lech")) == [appraised[0].pk]
    assert rows(grid(appraiser, scored_round, "?loc=chua-tham-dinh")) == [appraised[2].pk]
    assert rows(grid(appraiser, scored_round, "?loc=cua-toi")) == [sheet.pk for sheet in appraised]


@pytest.mark.requirement(125)
def test_whoever_comes_second_sees_both_values_and_overwrites_nothing(
    appraised: list[Sheet], appraiser: Client
) -> None:
    put(appraiser, appraised[0], 0, so_done="6", reason="Thiếu hai báo cáo")
    answer = put(appraiser, appraised[0], 0, so_done="5", reason="Thiếu ba báo cáo")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Thiếu hai báo cáo" in page and "Thiếu ba báo cáo" in page and 'value="5"' in page
    kept = said(appraised[0])
    assert kept is not None and kept.said == {"done": "6", "reason": "Thiếu hai báo cáo"} and kept.version == 1
    assert put(appraiser, appraised[0], 1, so_done="5", reason="Thiếu ba báo cáo").status_code == 302
    kept = said(appraised[0])
    assert kept is not None and kept.said["done"] == "5" and kept.version == 2


def test_a_deduction_without_a_reason_keeps_what_was_typed(appraised: list[Sheet], appraiser: Client) -> None:
    answer = put(appraiser, appraised[0], 0, so_done="6")
    assert answer.status_code == 422
    assert 'value="6"' in answer.content.decode()
    assert said(appraised[0]) is None


@pytest.mark.requirement(122)
def test_equal_cases_with_other_points_are_flagged(
    appraised: list[Sheet], appraiser: Client, scored_round: Round
) -> None:
    for sheet, points in zip(appraised, ("3", "3", "2"), strict=True):
        put(appraiser, sheet, 0, so_points=points, reason="Báo cáo  chậm" if points == "2" else "Báo cáo chậm")
    assert len(rows(grid(appraiser, scored_round, "?loc=khac-diem"))) == 3
    put(appraiser, appraised[2], 1, so_points="3", reason="Báo cáo chậm")
    assert rows(grid(appraiser, scored_round, "?loc=khac-diem")) == []


def test_what_was_seen_is_accepted_in_all_chosen_sheets_or_in_none(
    appraised: list[Sheet], appraiser: Client, scored_round: Round
) -> None:
    address = reverse("assessments:accept", args=[scored_round.pk, "1.1"])
    seen = {f"lan_{sheet.pk}": "0" for sheet in appraised}
    put(appraiser, appraised[0], 0, so_done="6", reason="Thiếu hai báo cáo")
    stale = appraiser.post(address, {"ban": [sheet.pk for sheet in appraised], **seen})
    assert stale.status_code == 409
    assert ticked(stale.content.decode()) == [sheet.pk for sheet in appraised[1:]], "not what somebody else changed"
    assert said(appraised[1]) is None
    assert appraiser.post(address, {"ban": [appraised[1].pk, appraised[2].pk], **seen}).status_code == 302
    assert [answer.version for sheet in appraised[1:] if (answer := said(sheet))] == [1, 1]


def test_why_points_fell_is_read_at_later_stages_too(
    appraised: list[Sheet], appraiser: Client, scored_round: Round
) -> None:
    put(appraiser, appraised[0], 0, so_done="6", reason="Thiếu hai báo cáo")
    for step in ("explain", "reappraise"):
        version = now_of(scored_round).version
        move_on(**BY_TESTS, round_=scored_round, step=step, expected_version=version, reason="Đủ")
    page = grid(appraiser, scored_round)
    assert "Thiếu hai báo cáo" in page
    assert 'value="Thiếu hai báo cáo"' not in page, "it is read, and not said again"


def test_to_accept_nothing_is_told_as_such(appraised: list[Sheet], appraiser: Client, scored_round: Round) -> None:
    answer = appraiser.post(reverse("assessments:accept", args=[scored_round.pk, "1.1"]), {})
    assert answer.status_code == 422
    assert_told(answer.content.decode(), "Chưa chọn đơn vị nào")


def test_one_row_is_accepted_whatever_else_is_ticked(
    appraised: list[Sheet], appraiser: Client, scored_round: Round
) -> None:
    address = reverse("assessments:accept", args=[scored_round.pk, "1.1"])
    answer = appraiser.post(address, {"ban": [appraised[0].pk], "mot": appraised[1].pk, f"lan_{appraised[1].pk}": "0"})
    assert answer["Location"].endswith(f"#ban-{appraised[2].pk}")
    assert said(appraised[0]) is None and said(appraised[1]) is not None


@pytest.mark.requirement(124)
def test_whoever_has_no_charge_only_looks(council: Council, appraised: list[Sheet], scored_round: Round) -> None:
    member = client_of(council.member)
    page = grid(member, scored_round, f"?sua={appraised[0].pk}")
    assert 'name="ban"' not in page and 'name="reason"' not in page
    assert put(member, appraised[0], 0).status_code == 403
    accepted = member.post(reverse("assessments:accept", args=[scored_round.pk, "1.1"]), {"mot": appraised[0].pk})
    assert accepted.status_code == 403
    assert 'role="alert"' in accepted.content.decode()


def test_a_sheet_of_another_round_is_not_found(council: Council, appraised: list[Sheet], appraiser: Client) -> None:
    address = reverse("assessments:appraise", args=[appraised[0].round_id, "1.1", 987654])
    assert appraiser.post(address, {"version": 0}).status_code == 404


def test_a_unit_is_asked_to_explain_and_asked_no_more(
    appraised: list[Sheet], appraiser: Client, scored_round: Round
) -> None:
    ask = reverse("assessments:ask", args=[appraised[0].pk, "1.1"])
    answer = appraiser.post(f"{ask}?tu=tieu-chi", {"text": "Số báo cáo khác số đo"})
    assert answer["Location"].endswith(f"#ban-{appraised[0].pk}")
    assert rows(grid(appraiser, scored_round, "?loc=giai-trinh")) == [appraised[0].pk]
    assert appraiser.post(ask, {"text": "Lần nữa"}).status_code == 422
    question = Question.objects.get()
    back = reverse("assessments:take-question-back", args=[question.pk])
    assert appraiser.post(back, {"reason": ""}).status_code == 422
    assert appraiser.post(back, {"reason": "Đã rõ"}).status_code == 302
    assert Question.objects.get().taken_back_at is not None


def test_progress_by_criterion(appraised: list[Sheet], appraiser: Client, scored_round: Round) -> None:
    for sheet in appraised:
        write(sheet, "1.1", "document1")
    write(appraised[0], "1.2", "document1")
    page = appraiser.get(reverse("assessments:criteria", args=[scored_round.pk])).content.decode()
    assert "3/3" in page and "1/3" in page and "0/3" in page


@pytest.mark.requirement(122)
def test_a_reason_is_said_once_and_picked_again(appraised: list[Sheet], appraiser: Client, scored_round: Round) -> None:
    put(appraiser, appraised[0], 0, so_points="3", reason="Báo cáo chậm quý III", keep="on")
    kept = KeptReason.objects.get()
    assert (kept.text, kept.points, kept.criterion) == ("Báo cáo chậm quý III", "3", "1.1")
    filled = grid(appraiser, scored_round, f"?sua={appraised[1].pk}&mau={kept.pk}")
    assert 'value="3"' in filled
    address = reverse("assessments:accept", args=[scored_round.pk, "1.1"])
    chosen = {"ban": [sheet.pk for sheet in appraised[1:]], "mau": kept.pk}
    appraiser.post(address, chosen | {f"lan_{sheet.pk}": "0" for sheet in appraised})
    for sheet in appraised[1:]:
        answer = said(sheet)
        assert answer is not None and answer.said == {"reason": "Báo cáo chậm quý III", "points": "3"}
    assert rows(grid(appraiser, scored_round, "?loc=khac-diem")) == []


def test_a_kept_reason_is_offered_no_more(council: Council, appraised: list[Sheet], appraiser: Client) -> None:
    put(appraiser, appraised[0], 0, so_points="3", reason="Báo cáo chậm", keep="on")
    address = reverse("assessments:forget-reason", args=[KeptReason.objects.get().pk])
    assert client_of(council.member).post(address, {"reason": "Sai"}).status_code == 403
    assert appraiser.post(address, {"reason": "Nêu chưa rõ"}).status_code == 302
    assert appraiser.get(address).status_code == 404
    put(appraiser, appraised[1], 0, so_points="3", reason="Báo cáo chậm", keep="on")
    assert KeptReason.objects.filter(ended_at=None).count() == 1


def test_nothing_counts_as_appraised_while_units_score_themselves(council: Council, scored_round: Round) -> None:
    sheets = submitted(scored_round)
    secretary = client_of(council.secretary)
    overview = reverse("assessments:criteria", args=[scored_round.pk])
    rows_of_one = reverse("assessments:criterion", args=[scored_round.pk, "1.1"])

    def counted() -> tuple[int, int]:
        lines = secretary.get(overview).context["lines"]
        of_one = secretary.get(rows_of_one).context["appraised"]
        return next(at.appraised for node, *_, at in lines if node.code == "1.1"), of_one

    assert counted() == (0, 0)
    assert "0/3" not in secretary.get(overview).content.decode()  # there is nothing to count yet
    given = {"round_": scored_round}
    move_on(**BY_TESTS, **given, step="appraise", expected_version=now_of(scored_round).version)
    assert counted() == (0, 0)
    write(sheets[0], "1.1", "document1")
    assert counted() == (1, 1)
    move_on(**BY_TESTS, **given, step="explain", expected_version=now_of(scored_round).version)
    assert counted() == (1, 1)
    move_on(**BY_TESTS, **given, step="reappraise", expected_version=now_of(scored_round).version)
    assert counted() == (0, 0)
    write(sheets[0], "1.1", "document2")
    write(sheets[1], "1.1", "document2")
    move_on(**BY_TESTS, **given, step="deliberate", expected_version=now_of(scored_round).version)
    assert counted() == (2, 2)


def test_the_matrix_shows_some_units_at_a_time(
    appraised: list[Sheet], appraiser: Client, scored_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appraisal, "_UNITS_AT_ONCE", 2)
    shown = appraiser.get(reverse("assessments:matrix", args=[scored_round.pk]))
    assert [row.pk for row in shown.context["rows"]] == [sheet.pk for sheet in appraised[:2]]
    following = appraiser.get(shown.context["next"])
    assert [row.pk for row in following.context["rows"]] == [appraised[2].pk]
    assert following.context["next"] == "" and following.context["total"] == 3


def test_a_criterion_asks_the_same_however_many_units_there_are(
    council: Council, appraised: list[Sheet], appraiser: Client, scored_round: Round, django_assert_max_num_queries
) -> None:
    grid(appraiser, scored_round)
    with django_assert_max_num_queries(9):
        grid(appraiser, scored_round)
    with django_assert_max_num_queries(9):
        grid(appraiser, scored_round, f"?loc=chenh-lech&sua={appraised[0].pk}")


def test_a_row_behind_the_first_page_is_opened_where_it_stands(
    appraised: list[Sheet], appraiser: Client, scored_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    address = reverse("assessments:criterion", args=[scored_round.pk, "1.1"])
    page = appraiser.get(f"{address}?sau={appraised[1].pk}&loc=cua-toi").content.decode()
    (link,) = re.findall(r'href="([^"]*sua=[^"]*)#sua"', page)
    opened = appraiser.get(address + html.unescape(link)).content.decode()
    assert rows(opened) == [appraised[2].pk] and 'id="sua"' in opened
