"""The example sheets beside the shipped sets: they score without an error and show what their README promises."""

from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest

from cchc.scoring import evaluate, load
from cchc.scoring.loading import shipped_ids
from cchc.scoring.results import Results
from cchc.scoring.sheet_reading import read_sheet

EXAMPLES = Path(str(resources.files("cchc.scoring"))) / "sets" / "examples"


def score(set_id: str) -> Results:
    made = load(set_id)
    return evaluate(made, read_sheet(made, EXAMPLES / f"{set_id}.csv"))


def test_every_shipped_set_has_an_example_sheet() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.csv")} == set(shipped_ids())


@pytest.mark.parametrize("set_id", shipped_ids())
def test_an_example_sheet_scores_without_an_error(set_id: str) -> None:
    results = score(set_id)
    assert not results.has_errors
    assert {"self", "document1"} <= {unit.stage for unit in results.units}
    assert all(unit.rank is not None for unit in results.units)
    assert len({unit.index for unit in results.units}) > len(results.at("self")), "stages that change nothing"


@pytest.mark.parametrize("set_id", shipped_ids())
def test_example_units_are_labelled_as_such(set_id: str) -> None:
    assert [unit.unit for unit in score(set_id).units if "Mẫu" not in unit.unit] == []


@pytest.mark.requirement(101)
def test_exactly_15_points_stay_excellent() -> None:
    results = score("tt01-2018")
    before, after = results.of("Sở Mẫu B", "self"), results.of("Sở Mẫu B", "document1")
    assert (before.points, after.points) == (Decimal("15.9"), 15)
    assert after.band is not None
    assert after.band.id == "excellent"


@pytest.mark.requirement(100)
def test_a_criterion_brought_back_raises_the_points_and_lowers_the_index() -> None:
    results = score("qd766")
    before, after = results.of("Xã Mẫu 2", "self"), results.of("Xã Mẫu 2", "document1")
    assert before.points is not None
    assert after.points is not None
    assert before.index is not None
    assert after.index is not None
    assert (before.points < after.points, before.maximum < after.maximum) == (True, True)
    assert before.index > after.index


@pytest.mark.requirement(23, 99, 114)
def test_exclusions_class_caps_and_field_points_show_in_the_sample() -> None:
    results = score("sample-commune-2026")
    assert [leaf.criterion.code for leaf in results.of("Xã Mẫu 2", "document1").excluded] == ["2.1", "2.3.3"]
    assert results.of("Xã Mẫu 2", "document1").maximum == 97
    capped = results.of("Phường Mẫu 3", "document1")
    assert capped.index is not None
    assert capped.index > 95
    assert capped.band is not None
    assert (capped.band.id, capped.rank) == ("good", 1)
    field = results.of("Xã Mẫu 1", "field").leaf("4.5")
    assert (field.points, field.reasons[0].code) == (Decimal("0.9"), "scoring.added_points")
