"""Trying a criterion: the form asks for what the rule reads and scores as a sheet would be scored."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cchc.portal.sets import CriterionFigures, SetFigures, shipped_set
from cchc.portal.trials import SENT, Trial, try_criterion
from cchc.records.text import LANGUAGES, Language
from cchc.scoring import evaluate
from cchc.scoring.loading import load_bytes, shipped_ids

CRITERIA = [(id, code) for id in shipped_ids() for code in shipped_set(id).by_code]
SMALL = """
id: small
title: {vi: Nhỏ, en: Small}
applies_to: [commune]
valid: {from: 2026-01-01, to: null}
source: {document: "Quyết định số 1", on: 2026-01-01}
verified: {no: "chưa đối chiếu"}
total: 5
bands: {on: index, steps: [{id: good, from: 0, name: {vi: Tốt}}]}
fields:
  - code: "1"
    title: {vi: Một}
    criteria:
      - code: "1.1"
        title: {vi: Việc đã làm}
        max: 3
        inputs: {done: {label: {vi: Đã làm, en: Done}, kind: count}, planned: {label: {vi: Phải làm}, kind: count}}
        rule: {kind: linear, value: "done / planned"}
        not_applicable: exclude
      - code: "1.2"
        title: {vi: Việc đúng hạn}
        max: 2
        inputs: {on_time: {label: {vi: Đúng hạn}, kind: count}}
        rule: {kind: linear, value: "on_time / c['1.1'].done"}
"""


def _small(code: str, language: Language = "vi") -> CriterionFigures:
    return SetFigures(load_bytes(SMALL, "small.yaml"), language).criterion(code)


def _try(criterion: CriterionFigures, **typed: str | list[str]) -> Trial:
    query = QueryDict(mutable=True)
    query[SENT] = "1"
    for name, value in typed.items():
        query.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return try_criterion(criterion, query)


def _errors(trial: Trial) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in trial.form.errors.items()}


def _points(trial: Trial) -> Fraction | None:
    assert trial.leaf is not None, _errors(trial)
    return trial.leaf.points


@given(done=st.integers(0, 50), planned=st.integers(0, 50))
def test_the_same_points_as_a_sheet_with_these_figures(done: int, planned: int) -> None:
    figures = {"done": str(done), "planned": str(planned)}
    criterion = _small("1.1")
    leaf = evaluate(criterion.around.set, {"Xã A": {"1.1": figures}}).units[0].leaf("1.1")
    trial = _try(criterion, **figures)
    assert _points(trial) == leaf.points
    assert trial.leaf is not None and trial.leaf.reasons == leaf.reasons


def test_nothing_sent_is_an_empty_form_without_errors() -> None:
    trial = try_criterion(_small("1.1"), QueryDict("done=3"))
    assert not trial.form.is_bound
    assert trial.leaf is None
    assert [field for field in trial.form.fields if field != SENT] == ["done", "planned", "khong-ap-dung"]


def test_errors_stand_at_their_fields_and_what_was_typed_stays() -> None:
    trial = _try(_small("1.1"), done="1.214", planned="")
    assert _errors(trial) == {
        "done": ["“1.214” không phải là số đếm. Chỉ ghi chữ số, ví dụ 1214."],
        "planned": ["Cần nhập mục này."],
    }
    assert trial.form["done"].value() == "1.214"
    english = _try(_small("1.1", "en"), done="x", planned="3")
    assert _errors(english) == {"done": ["“x” is not a count. Write digits only, such as 1214."]}


def test_the_best_of_the_group_is_missing_or_unreadable_like_any_other_figure() -> None:
    criterion = SetFigures(shipped_set("sample-commune-2026"), "vi").criterion("6.1")
    figures = {"collected": "150", "estimate": "100"}
    assert _errors(_try(criterion, **figures)) == {"best": ["Cần nhập mục này."]}
    (told,) = _errors(_try(criterion, **figures, best="cao"))["best"]
    assert told.startswith("“cao” không phải là số. Ghi như 83,5")


def test_figures_of_another_criterion_are_asked_for_under_its_code() -> None:
    criterion = _small("1.2")
    trial = _try(criterion, on_time="3", **{"1__1__done": "4"})
    assert _points(trial) == Fraction(3, 2)
    assert trial.form["1.1.done"].label == "Đã làm (1.1)"
    assert _errors(_try(criterion, on_time="3")) == {"1.1.done": ["Cần nhập mục này."]}
    assert "÷ đã làm (1.1)" in criterion.rule.lower()


def test_what_does_not_apply_needs_no_figures() -> None:
    trial = _try(_small("1.1"), **{"khong-ap-dung": "on"})
    assert trial.leaf is not None and not trial.leaf.counted
    assert trial.points == "–" and trial.reasons
    assert _errors(_try(_small("1.2"), **{"khong-ap-dung": "on"}))  # this one always applies


@pytest.mark.parametrize(
    ("code", "typed", "points"),
    [
        ("1.2.5", {"ticked": []}, Fraction(0)),
        ("1.2.1", {"sent_on": "03/03/2026"}, Fraction(1, 2)),
        ("1.2.1", {"sent_on": "chưa"}, Fraction(0)),
        ("1.4.2", {"answer": "yes"}, Fraction(1, 2)),
        ("8.1", {"ratio": "0"}, Fraction(0)),
        ("6.1", {"collected": "150", "estimate": "100", "best": "1,5"}, None),
    ],
)
def test_every_kind_of_input(code: str, typed: dict[str, str | list[str]], points: Fraction | None) -> None:
    criterion = SetFigures(shipped_set("sample-commune-2026"), "vi").criterion(code)
    expected = criterion.criterion.max if points is None else points
    assert _points(_try(criterion, **typed)) == expected


def test_all_items_ticked_give_at_most_the_maximum() -> None:
    criterion = SetFigures(shipped_set("sample-commune-2026"), "vi").criterion("1.2.5")
    (item,) = criterion.criterion.inputs.values()
    assert _points(_try(criterion, ticked=[option.id for option in item.options])) == criterion.criterion.max
    assert "ticked" in _errors(_try(criterion, ticked=["khac"]))


def test_the_best_of_the_group_is_a_figure_too() -> None:
    criterion = SetFigures(shipped_set("sample-commune-2026"), "vi").criterion("6.1")
    trial = _try(criterion, collected="1", estimate="2", best="nhiều")
    assert "best" in _errors(trial)
    assert "÷" in str(trial.form["best"].label)


@pytest.mark.parametrize(("id", "code"), CRITERIA)
def test_every_shipped_criterion_has_a_page_in_both_languages(client: Client, id: str, code: str) -> None:
    for prefix, language in zip(("", "/en"), LANGUAGES, strict=True):
        page = client.get(f"{prefix}/bo-tieu-chi/{id}/{code}/").content.decode()
        assert SetFigures(shipped_set(id), language).criterion(code).rule
        assert "<form" in page and "<h1>" in page


@given(text=st.text(max_size=30))
def test_whatever_is_typed_is_answered(text: str) -> None:
    for criterion in (_small("1.1"), _small("1.2")):
        trial = _try(criterion, done=text, planned=text, on_time=text, **{"1__1__done": text})
        assert trial.form.errors or trial.leaf is not None


@pytest.mark.requirement(128)
def test_a_page_scores_live_with_reasons(client: Client) -> None:
    page = client.get("/bo-tieu-chi/tt01-2018/1/", {"shorter": "3", "equal": "1", "longer": "2", SENT: "1"})
    assert "1,2" in page.content.decode().partition('id="trial-result"')[2]
    wrong = client.get("/bo-tieu-chi/tt01-2018/1/", {"shorter": "x", SENT: "1"}).content.decode()
    assert wrong.count("“x” không phải là số đếm.") == 2  # above the form and at the field
    fragment = client.get("/bo-tieu-chi/tt01-2018/1/", {"shorter": "x", SENT: "1"}, headers={"HX-Request": "true"})
    assert "Chưa tính được điểm" in fragment.content.decode()


def test_an_unverified_source_says_so(client: Client) -> None:
    assert "Căn cứ chưa xác minh" in client.get("/bo-tieu-chi/sample-commune-2026/").content.decode()
    assert "Căn cứ đã xác minh" in client.get("/bo-tieu-chi/tt01-2018/1/").content.decode()
