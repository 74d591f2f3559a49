"""From points to maximum, index, class and rank: the table `spec/totals.yaml`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest

from cchc.records.numbers import decimal_text
from cchc.scoring import evaluate
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.loading import load_bytes
from cchc.scoring.results import UnitResult
from cchc.scoring.sheets import Entry, SheetBuilder
from tests.scoring.spec_reading import FOLDER, exact, read_table

KNOWN = {"case", "units", "groups", "points", "maximum", "index", "class", "rank"}
USUAL_BANDS = {"excellent": "90", "good": "80", "fair": "70", "average": "50", "weak": "0"}


@dataclass(frozen=True)
class TotalsCase:
    """One case: what the set changes, points typed per unit, what must come out per unit."""

    changes: dict[str, Any]
    content: dict[str, Any]


CASES = [
    pytest.param(TotalsCase(table["set"], case), id=f"{table['about'][:40]}: {case['case']}")
    for table in read_table(FOLDER / "totals.yaml")["tables"]
    for case in table["cases"]
]


def set_with(changes: dict[str, Any]) -> CriteriaSet:
    """A set whose criteria are typed by an appraiser; all but the maxima as a set would write it."""
    maxima = {code: Fraction(text) for code, text in changes["maxima"].items()}
    criteria = [
        {"code": code, "title": code, "max": decimal_text(maximum), "scored_by": "appraiser"}
        | {"rule": {"kind": "manual"}, "not_applicable": "exclude"}
        for code, maximum in maxima.items()
    ]
    total = decimal_text(sum(maxima.values(), Fraction(0)))
    content = {
        "id": "totals", "title": "Thử", "applies_to": ["commune"], "valid": {"from": "2026-01-01"},
        "source": {"document": "Bảng thử"}, "verified": "true", "total": total,
        "bands": {"on": "index", "steps": [{"id": i, "from": start, "name": i} for i, start in USUAL_BANDS.items()]},
        "fields": [{"code": "1", "title": "Thử", "criteria": criteria}],
    }  # fmt: skip
    own = {key: value for key, value in changes.items() if key != "maxima"}
    return load_bytes(json.dumps(content | own, ensure_ascii=False), "totals.yaml")


@pytest.mark.requirement(100, 101)
@pytest.mark.parametrize("case", CASES)
def test_a_case_of_the_totals(case: TotalsCase) -> None:
    assert set(case.content) <= KNOWN, "a key of the table that nothing checks"
    made = set_with(case.changes)
    results = evaluate(made, _sheet(made, case.content)).units
    for unit in results:
        for key in ("points", "maximum", "index", "class", "rank"):
            expected = case.content.get(key, {})
            assert set(expected) <= set(case.content["units"])
            if unit.unit in expected:
                assert _found(unit)[key] == _meant(key, expected[unit.unit]), f"{unit.unit} {key}"


def _sheet(made: CriteriaSet, content: Mapping[str, Any]) -> Any:
    builder = SheetBuilder(made)
    for unit, criteria in content["units"].items():
        for code, points in criteria.items():
            rows = {"applicable": "no"} if points == "-" else {"points": points, "reason": "Thử"}
            for name, value in rows.items():
                builder.add(Entry(unit, code, name, value, "council", content.get("groups", {}).get(unit, "")))
    return builder.build()


def _found(unit: UnitResult) -> dict[str, Any]:
    return {
        "points": unit.points, "maximum": unit.maximum, "index": unit.index,
        "class": unit.band.id if unit.band else None, "rank": unit.rank,
    }  # fmt: skip


def _meant(key: str, text: str) -> Any:
    if text == "none":
        return None
    return text if key == "class" else exact(text)
