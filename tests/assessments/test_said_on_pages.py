"""What pages of a round say where there is nothing to show yet, and what they count."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from cchc.assessments.actions.council import Proposal, cast_vote, put_motion
from cchc.assessments.actions.rounds import move_on, set_timetable
from tests.assessments.conftest import Council, sheets_of
from tests.assessments.test_council import as_
from tests.assessments.test_pages import by, page
from tests.factories.assessments import PHASES, before_the_council, begun, now_of, prepared, small_set, submitted
from tests.factories.organizations import BY_TESTS

MODELS = small_set(
    "models",
    """
  - code: "1"
    title: {vi: Chỉ đạo, en: Steering}
    criteria:
      - code: "1.1"
        title: {vi: Có kế hoạch, en: A plan}
        max: 10
        rule: {kind: yes_no}
      - code: "1.2"
        title: {vi: Mô hình mới, en: New models}
        inputs: {models: {label: {vi: Mô hình}, kind: count}}
        rule: {kind: bonus, count: models, each: 1, cap: 2}
""",
)


def test_a_bonus_stands_over_no_maximum(council: Council) -> None:
    (sheet,) = sheets_of(begun(council.province, {council.first: "Cấp xã"}, MODELS))
    text = strip_tags(page(by(council.officer), "sheet", sheet.pk))
    assert "1.2 Mô hình mới" in " ".join(text.split())
    assert not re.search(r"/0(?!\d)", text) and "/10" in text


def test_a_round_without_days_of_the_field_check_says_what_comes_first(council: Council) -> None:
    round_ = prepared(council.province, {council.first: "Cấp xã"})
    secretary = by(council.secretary)
    assert "Lịch của đợt chưa có thời gian kiểm tra thực tế" not in page(secretary, "visits", round_.pk)
    phases: dict[str, tuple[date, date]] = {name: days for name, days in PHASES.items() if name != "field"}
    set_timetable(**BY_TESTS, round_=round_, phases=phases, papers={}, expected_version=now_of(round_).version)
    text = page(secretary, "visits", round_.pk)
    assert "Lịch của đợt chưa có thời gian kiểm tra thực tế" in text and "Đặt ngày" not in text


def test_whoever_concludes_a_vote_sees_how_many_there_are_of_each(council: Council) -> None:
    round_ = before_the_council(begun(council.province, {council.first: "Cấp xã", council.second: "Cấp xã"}))
    sheet = sheets_of(round_)[0]
    motion = put_motion(**as_(council.secretary), sheet=sheet, code="1.1", proposal=Proposal("own", "Đủ căn cứ"))
    cast_vote(**as_(council.member), motion=motion, vote="for")
    cast_vote(**as_(council.chair), motion=motion, vote="for")
    text = " ".join(strip_tags(page(by(council.secretary), "conclude", motion.pk)).split())
    assert "Tán thành 2, Không tán thành 0" in text


@pytest.mark.requirement(97)
def test_notices_name_the_round_with_its_year(council: Council) -> None:
    round_ = begun(council.province, {council.first: "Cấp xã"})
    submitted(round_)
    for step in ("appraise", "explain"):
        given = {"round_": round_, "step": step, "expected_version": now_of(round_).version}
        move_on(**BY_TESTS, **given, reason="Không chờ")
    told = by(council.head).get(reverse("notices:list")).content.decode()
    assert "Chấm điểm cải cách hành chính 2026" in told
