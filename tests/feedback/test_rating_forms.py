"""The form as dated data: what ships, and what a file may not say."""

from __future__ import annotations

from datetime import date

import pytest

from cchc.feedback.rating_forms import OVERALL, all_topics, form_on, read_forms
from cchc.records.errors import DomainError

SHORT = """
forms:
  - valid: {from: 2020-01-01, to: 2020-12-31}
    source: {document: "QĐ 1"}
    verified: true
    id: cu
    confidential_below: 3
    tablet_minutes: 5
    topics:
      - {id: overall, name: Chung, question: "?", answers: [{id: a, points: 2, name: Tốt}, {id: b, name: Không rõ}]}
  - valid: {from: 2021-01-01}
    source: {document: "QĐ 2"}
    verified: {no: "Chưa đối chiếu"}
    id: moi
    confidential_below: 5
    tablet_minutes: 10
    topics: [{id: overall, name: Chung, question: "Thế nào?", answers: [{id: a, points: 1, name: Tốt}]}]
"""


@pytest.mark.requirement(13)
def test_the_form_that_ships_asks_what_the_circular_names_and_says_that_nobody_compared_it():
    record = form_on(date(2026, 11, 23))
    form = record.value
    asked = [OVERALL, "time", "contacts", "bodies", "publicity", "attitude", "lawfulness", "explanation", "online"]
    assert [topic.id for topic in form.topics] == asked
    assert record.source.document == "Thông tư 01/2018/TT-VPCP" and not record.verification.verified
    for topic in form.topics:
        assert {one.points for one in topic.choices} >= {0, 1, 2} and topic.most == 2
        assert all(one.name.en and one.name.vi for one in topic.choices) and topic.question.en
    assert form.confidential_below == 5
    assert set(all_topics()) == set(asked)


def test_each_day_has_its_form():
    forms = read_forms(SHORT.encode(), "phieu.yaml")
    assert [forms.as_of(day).value.id for day in (date(2020, 12, 31), date(2021, 1, 1))] == ["cu", "moi"]
    choice = forms.as_of(date(2020, 1, 1)).value.topics[0].choice("b")
    assert choice is not None and choice.points is None
    with pytest.raises(DomainError) as refusal:
        forms.as_of(date(2019, 12, 31))
    assert refusal.value.code == "records.not_in_force"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{id: overall, name: Chung", "{id: chung, name: Chung", "feedback.form_without_overall"),
        ("{id: a, points: 1, name: Tốt}", "{id: a, name: Tốt}", "feedback.topic_without_points"),
        ("{id: a, points: 1, name: Tốt}", "{id: a, points: -1, name: Tốt}", "records.not_a_count"),
        ("tablet_minutes: 10", "tablet_minute: 10", "records.missing_key"),
    ],
)
def test_what_is_no_form_is_refused_with_its_place(old: str, new: str, code: str):
    with pytest.raises(DomainError) as refusal:
        read_forms(SHORT.replace(old, new).encode(), "phieu.yaml")
    assert refusal.value.code == code and refusal.value.problems[0].place is not None
