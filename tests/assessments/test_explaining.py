"""Units are told how they were appraised, explain with files, lock a second time; late is noted, all stays locked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cchc.assessments.actions.rounds import move_on
from cchc.assessments.actions.sheets import ask_question, submit_explanations, take_question_back
from cchc.assessments.actions.telling import remind_units
from cchc.assessments.citations import SUBJECTS
from cchc.assessments.models import Answer, Question, Round, Sheet
from cchc.assessments.queries.reminders import ending_soon
from cchc.notices.models import Notice
from cchc.organizations.models import Account, Official
from cchc.organizations.viewers import viewer_of
from cchc.records.errors import DomainError
from tests.assessments.conftest import Council
from tests.factories.assessments import PHASES, appraising, now_of, write
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, TODAY

LAST = PHASES["explanation"][1]


def moved(round_: Round, step: str) -> None:
    move_on(**BY_TESTS, round_=round_, step=step, expected_version=now_of(round_).version)


@pytest.fixture
def asked(council: Council, scored_round: Round) -> Question:
    """The first commune is asked about 1.1, of which two points were taken."""
    sheets = appraising(scored_round, council.appraiser)
    write(sheets[0], "1.1", "document1", reason="Thiếu hai báo cáo", done="6")
    return ask_question(**BY_TESTS, sheet=sheets[0], code="1.1", text="Số báo cáo khác số đo")


@pytest.fixture
def explaining(asked: Question, scored_round: Round) -> Question:
    moved(scored_round, "explain")
    return Question.objects.select_related("sheet__round").get(pk=asked.pk)


def answer(client: Client, question: Question, text: str = "Đã gửi bổ sung hai báo cáo") -> int:
    return client.post(reverse("assessments:answer-question", args=[question.pk]), {"text": text}).status_code


@pytest.mark.requirement(122)
def test_units_are_told_the_results_of_appraisal(council: Council, explaining: Question) -> None:
    told = Notice.objects.filter(kind="assessments.appraised")
    assert {(one.recipient_id, one.parameters["questions"]) for one in told.order_by("pk")} == {
        (council.officer.pk, 1), (council.head.pk, 1), (council.other_head.pk, 0),
    }  # fmt: skip
    page = client_of(council.head).get(reverse("assessments:explanations", args=[explaining.sheet_id]))
    shown = page.content.decode()
    assert page.status_code == 200
    assert "Số báo cáo khác số đo" in shown and "25/12/2026" in shown


@pytest.mark.requirement(122, 125)
def test_the_unit_explains_and_its_head_locks_a_second_time(council: Council, explaining: Question) -> None:
    officer, head, other = client_of(council.officer), client_of(council.head), client_of(council.other_head)
    assert answer(officer, explaining, "") == 422
    assert answer(other, explaining) == 404
    assert answer(officer, explaining) == 302
    assert answer(officer, explaining, "Lần nữa") == 422
    lock = reverse("assessments:submit-explanations", args=[explaining.sheet_id])
    version = Sheet.objects.get(pk=explaining.sheet_id).version
    assert officer.post(lock, {"version": version}).status_code == 403
    assert head.post(lock, {"version": version - 1}).status_code == 409
    assert head.post(lock, {"version": version}).status_code == 302
    sheet = Sheet.objects.get(pk=explaining.sheet_id)
    assert (sheet.state, sheet.explained_by, sheet.explained_late) == ("explained", council.head, False)
    assert head.post(lock, {"version": sheet.version}).status_code in {409, 422}
    kept = Question.objects.get()
    assert (kept.answer, kept.answered_by) == ("Đã gửi bổ sung hai báo cáo", council.officer)


@pytest.mark.requirement(125)
def test_locked_is_locked_for_explanations_and_their_files(council: Council, explaining: Question) -> None:
    viewer = viewer_of(account_of(council.officer), TODAY, used_second_factor=True)
    may_cite = SUBJECTS["assessments.Question"].may_cite
    assert may_cite(viewer, str(explaining.pk))
    submit_explanations(**BY_TESTS, sheet=explaining.sheet, expected_version=explaining.sheet.version)
    assert not may_cite(viewer, str(explaining.pk))
    assert answer(client_of(council.officer), explaining) == 422
    assert Question.objects.get().answered_at is None


def account_of(person: Official) -> Account:
    client_of(person)
    return Account.objects.get(official=person)


@pytest.mark.parametrize(("day", "late"), [(LAST, False), (LAST + timedelta(days=1), True)])
def test_late_explanations_are_noted(explaining: Question, day: date, late: bool) -> None:
    now = NOW.replace(year=day.year, month=day.month, day=day.day)
    sheet = explaining.sheet
    done = submit_explanations(**BY_TESTS | {"now": now}, sheet=sheet, expected_version=sheet.version)
    assert done.explained_late is late


def test_nobody_explains_before_and_nobody_asks_after(asked: Question, scored_round: Round, council: Council) -> None:
    assert answer(client_of(council.officer), asked) == 422
    moved(scored_round, "explain")
    with pytest.raises(DomainError):
        ask_question(**BY_TESTS, sheet=asked.sheet, code="1.2", text="Còn gì?")
    taken = take_question_back(**BY_TESTS, question=asked, reason="Đã rõ")
    assert taken.taken_back_at is not None
    assert answer(client_of(council.officer), asked) == 422


@pytest.mark.requirement(99, 122)
def test_after_explanations_appraisers_write_a_second_time(
    council: Council, explaining: Question, scored_round: Round
) -> None:
    answer(client_of(council.officer), explaining)
    moved(scored_round, "reappraise")
    appraiser = client_of(council.appraiser)
    cell = reverse("assessments:appraise", args=[scored_round.pk, "1.1", explaining.sheet_id])
    typed = {"version": 0, "note": "", "reason": "Đã gửi bổ sung", "so_done": "7"}
    assert appraiser.post(cell, typed | {"version": 1}).status_code == 409  # as it was seen before the round moved on
    assert appraiser.post(cell, typed).status_code == 302
    second = Answer.objects.get(stage="document2")
    assert second.said["done"] == "7"
    page = appraiser.get(reverse("assessments:criterion", args=[scored_round.pk, "1.1"])).content.decode()
    assert ">4<" in page and ">3<" in page and "3,5" in page
    assert answer(client_of(council.officer), explaining, "Lần nữa") == 422


def test_units_that_are_behind_are_reminded_once_before_the_last_day(
    council: Council, explaining: Question, scored_round: Round
) -> None:
    assert ending_soon(LAST - timedelta(days=4)) == []
    (phase,) = ending_soon(LAST - timedelta(days=3))
    assert remind_units(**BY_TESTS, phase=phase) == 1
    assert remind_units(**BY_TESTS, phase=phase) == 0
    told = Notice.objects.filter(kind="assessments.explain_soon").order_by("pk")
    assert {one.recipient_id for one in told} == {council.officer.pk, council.head.pk}
    assert ending_soon(LAST - timedelta(days=1)) == []


def test_what_waits_stands_on_the_desk(council: Council, explaining: Question, scored_round: Round) -> None:
    def desk(person: Official) -> str:
        with time_machine.travel(NOW, tick=False):
            return client_of(person).get("/ban-lam-viec/").content.decode()

    assert reverse("assessments:explanations", args=[explaining.sheet_id]) in desk(council.officer)
    assert reverse("assessments:explanations", args=[explaining.sheet_id]) not in desk(council.other_head)
    criteria = reverse("assessments:criteria", args=[scored_round.pk])
    assert criteria not in desk(council.appraiser)
    answer(client_of(council.officer), explaining)
    assert reverse("assessments:explanations", args=[explaining.sheet_id]) not in desk(council.officer)
    moved(scored_round, "reappraise")
    assert criteria in desk(council.appraiser)
    assert criteria not in desk(council.member)


def test_units_that_have_not_submitted_are_reminded(council: Council, scored_round: Round) -> None:
    (phase,) = ending_soon(PHASES["self"][1] - timedelta(days=1))
    assert remind_units(**BY_TESTS, phase=phase) == 3
    assert Notice.objects.filter(kind="assessments.submit_soon", recipient=council.other_head).count() == 1
