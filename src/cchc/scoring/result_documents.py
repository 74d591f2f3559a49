"""Results of scoring in the shape of `cchc score --json`: exact decimals as text, words in the asked language."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from cchc.records.numbers import decimal_text
from cchc.records.text import Language
from cchc.records.words import say, say_problem
from cchc.scoring.results import Leaf, Results, UnitResult
from cchc.scoring.writing import set_hash


def results_document(results: Results, language: Language) -> dict[str, Any]:
    """The whole document."""
    return {
        "set": results.criteria_set.id,
        "hash": set_hash(results.criteria_set),
        "units": [_unit(unit, language) for unit in results.units],
        "errors": [say_problem(problem, language) for problem in results.problems],
    }


def _unit(unit: UnitResult, language: Language) -> dict[str, Any]:
    return {
        "unit": unit.unit,
        "stage": unit.stage,
        "group": unit.group,
        "points": _exact(unit.points),
        "maximum": _exact(unit.maximum),
        "index": None if unit.index is None else f"{unit.index:f}",
        "class": unit.band.id if unit.band else None,
        "class_name": unit.band.name.in_language(language) if unit.band else None,
        "rank": unit.rank,
        "reasons": [say(message, language) for message in unit.reasons],
        "errors": [say(message, language) for message in unit.errors],
        "criteria": [_leaf(leaf, language) for leaf in unit.leaves],
    }


def _leaf(leaf: Leaf, language: Language) -> dict[str, Any]:
    return {
        "code": leaf.criterion.code,
        "points": _exact(leaf.points),
        "max": _exact(leaf.criterion.max) if leaf.criterion.has_maximum else None,
        "applicable": leaf.applicable,
        "counted": leaf.counted,
        "reasons": [say(message, language) for message in leaf.reasons],
        "error": say(leaf.error, language) if leaf.error else None,
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value)
