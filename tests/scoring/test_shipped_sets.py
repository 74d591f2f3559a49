"""The shipped criteria sets: they load, add up, name their sources, and score as their tables say."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from cchc.records.text import LocalText
from cchc.scoring import evaluate, load
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.loading import shipped_ids
from cchc.scoring.results import UnitResult
from cchc.scoring.rules import RULE_KINDS
from cchc.scoring.rules.answers import Checklist, Choice
from tests.scoring.spec_reading import FOLDER, UNIT, codes_in, exact, read_table

PATHS = sorted((FOLDER / "sets").glob("*.yaml"))
KNOWN = {"case", "change", "points", "maximum", "index", "class", "leaves", "errors"}


cached = cache(load)


@dataclass(frozen=True)
class SetCase:
    """One case of a whole set: the best sheet with something changed, and what must come out."""

    set_id: str
    sheet: dict[str, dict[str, str]]
    expected: dict[str, Any]


def cases() -> Iterator[Any]:
    for path in PATHS:
        table = read_table(path)
        for case in table["cases"]:
            change = case.get("change", {})
            sheet = {code: inputs | change.get(code, {}) for code, inputs in table["base"].items()}
            assert set(change) <= set(sheet), case["case"]
            yield pytest.param(SetCase(table["set"], sheet, case), id=f"{path.stem}: {case['case']}")


@pytest.mark.requirement(100, 101)
@pytest.mark.parametrize("case", list(cases()))
def test_a_sheet_of_a_shipped_set(case: SetCase) -> None:
    assert set(case.expected) <= KNOWN, "a key of the table that nothing checks"
    made = cached(case.set_id)
    (unit,) = evaluate(made, {UNIT: case.sheet}).units
    assert unit.has_errors == ("errors" in case.expected)
    _check_criteria(made, unit, case.expected)
    _check_unit(unit, case.expected)


def _check_criteria(made: CriteriaSet, unit: UnitResult, expected: dict[str, Any]) -> None:
    for code, code_of_error in expected.get("errors", {}).items():
        assert code_of_error in list(codes_in(unit.leaf(code).error))
    for code, points in expected.get("leaves", {}).items():
        if points == "none":
            assert not unit.leaf(code).counted
        else:
            assert unit.points_of(made.leaves_below[code]) == exact(points), code


def _check_unit(unit: UnitResult, expected: dict[str, Any]) -> None:
    found = {"points": unit.points, "maximum": unit.maximum, "index": unit.index}
    for key in found.keys() & expected.keys():
        assert found[key] == exact(expected[key]), key
    if "class" in expected:
        assert unit.band is not None
        assert unit.band.id == expected["class"]


@pytest.fixture(params=shipped_ids())
def shipped(request: pytest.FixtureRequest) -> CriteriaSet:
    return cached(request.param)


def test_every_shipped_set_has_its_table() -> None:
    assert {path.stem for path in PATHS} == set(shipped_ids())


def test_a_set_is_named_like_its_file() -> None:
    assert [load(set_id).id for set_id in shipped_ids()] == list(shipped_ids())


def test_the_maxima_add_up(shipped: CriteriaSet) -> None:
    assert sum((leaf.max for leaf in shipped.criteria), Fraction(0)) == shipped.total
    for group in shipped.fields:
        assert group.max == group.maximum, f"{group.code}: a field states its sum"


def test_the_promised_maxima_of_fields() -> None:
    assert [group.max for group in load("qd766").fields] == [18, 20, 12, 10, 22, 18]
    assert [group.max for group in load("sample-commune-2026").fields] == [15, 8, 25, 6, 12, 8, 16, 10]
    assert [leaf.max for leaf in load("tt01-2018").criteria] == [2] * 9


def test_every_rule_names_document_and_date(shipped: CriteriaSet) -> None:
    for leaf in shipped.criteria:
        source = shipped.source_of(leaf)
        assert source.document, leaf.code
        assert source.on is not None, leaf.code


def test_what_nobody_could_confirm_says_so() -> None:
    assert load("tt01-2018").verification.verified
    assert not load("qd766").verification.verified
    sample = load("sample-commune-2026")
    assert not sample.verification.verified
    assert sample.title.vi.startswith("Mẫu")
    assert (sample.title.en or "").startswith("Sample")


def _wording(made: CriteriaSet) -> Iterator[tuple[str, LocalText]]:
    yield "title", made.title
    yield from ((f"band {band.id}", band.name) for band in made.bands)
    yield from ((node.code, node.title) for node, _ in made.nodes())
    for leaf in made.criteria:
        yield from ((f"{leaf.code} {item.name}", item.label) for item in leaf.inputs.values())
        yield from ((f"{leaf.code} evidence", text) for text in leaf.evidence)
        if isinstance(leaf.rule, Choice | Checklist):
            options = leaf.rule.options if isinstance(leaf.rule, Choice) else leaf.rule.items
            yield from ((f"{leaf.code} {option.id}", option.label) for option in options)


def test_all_wording_stands_in_both_languages(shipped: CriteriaSet) -> None:
    for where, text in _wording(shipped):
        assert text.vi, where
        assert text.en, where
        assert text.en != text.vi, where


def test_every_criterion_asks_for_evidence(shipped: CriteriaSet) -> None:
    assert [leaf.code for leaf in shipped.criteria if not leaf.evidence] == []


def test_the_shipped_sets_show_every_rule_kind_and_every_way_not_to_apply() -> None:
    criteria = [leaf for set_id in shipped_ids() for leaf in load(set_id).criteria]
    assert {leaf.rule.kind for leaf in criteria} == set(RULE_KINDS)
    assert {leaf.not_applicable for leaf in criteria} == {"exclude", "full", "zero", "never"}
    assert {leaf.combine for leaf in criteria} == {"add", "replace"}
    assert {leaf.scored_by for leaf in criteria} == {"unit", "appraiser", "field", "survey"}


@pytest.mark.parametrize(
    ("code", "worse"),
    [
        pytest.param("3.1.4", {"ticked": "address;phone;mail"}, marks=pytest.mark.requirement(106)),
        pytest.param("7.1.1", {"computers": "29"}, marks=pytest.mark.requirement(107)),
        pytest.param("7.1.2", {"answer": "no"}, marks=pytest.mark.requirement(107)),
        pytest.param("6.4", {"answer": "no"}, marks=pytest.mark.requirement(107)),
        pytest.param("7.2.2", {"using": "29"}, marks=pytest.mark.requirement(112)),
        pytest.param("7.2.3", {"archived": "396"}, marks=pytest.mark.requirement(113)),
        pytest.param("5.4.1", {"cases": "1"}, marks=pytest.mark.requirement(114)),
        ("1.2.1", {"sent_on": "2026-03-04"}),
        ("1.2.2", {"sent_on": "2026-06-04"}),
        ("1.2.4", {"sent_on": "2026-11-20"}),
        ("1.2.5", {"ticked": "plan;figures"}),
    ],
)
def test_the_sample_scores_what_the_founding_documents_name(code: str, worse: dict[str, str]) -> None:
    made = cached("sample-commune-2026")
    best = read_table(FOLDER / "sets" / "sample-commune-2026.yaml")["base"]
    (unit,) = evaluate(made, {UNIT: best | {code: best[code] | worse}}).units
    assert unit.points is not None
    assert unit.points < made.total
    assert [leaf.criterion.code for leaf in unit.leaves if leaf.points != leaf.criterion.max] == [code]
