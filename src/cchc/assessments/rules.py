"""By what a criterion counts as a strength or a weakness of a round, and how the council decides by votes: dated,
sourced data (`rules.yaml`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Final

from cchc.assessments.voting import AT_LEAST, HALF, MORE_THAN, OF, TIES, Share, VotingRule
from cchc.records.errors import refuse
from cchc.records.schema import Fields, as_choice, as_items, as_number, as_text, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import Node, Scalar, read_yaml

_FILE: Final = "cchc/assessments/rules.yaml"
_NO_QUORUM: Final = "none"
_PART: Final = re.compile(r"([0-9]{1,3})/([0-9]{1,3})")
_OF_MAXIMUM: Final = "percent_of_maximum"
_OF_UNITS: Final = "percent_of_units"
_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares out of a hundred: of a criterion's maximum from which a unit is high and below which it is low, and of the
    units that are high where it is a strength.
    """

    high: Fraction
    low: Fraction
    most: Fraction


def thresholds_on(day: date) -> Dated[Thresholds]:
    """Raises `records.not_in_force`."""
    return _thresholds_shipped().as_of(day)


def voting_on(day: date) -> Dated[VotingRule]:
    """Raises `records.not_in_force`."""
    return _votes_shipped().as_of(day)


@cache
def _thresholds_shipped() -> Timeline[Thresholds]:
    return read_rules(_content(), _FILE)


@cache
def _votes_shipped() -> Timeline[VotingRule]:
    return read_votes(_content(), _FILE)


def _content() -> bytes:
    return (resources.files("cchc.assessments") / "rules.yaml").read_bytes()


def read_rules(content: bytes, file: str) -> Timeline[Thresholds]:
    """All thresholds of a file. Raises what `records` refuses, `assessments.share_outside` and
    `assessments.low_above_high`, each with file and line.
    """
    with reading(read_yaml(content, file)) as fields:
        fields.get("votes")  # the other list of the file, which `read_votes` reads
        dated = [as_dated(node, _thresholds) for node in as_items(fields.need("rules"))]
    return Timeline(LocalText("Ngưỡng mặt mạnh, mặt yếu", "Thresholds of strengths and weaknesses"), dated)


def read_votes(content: bytes, file: str) -> Timeline[VotingRule]:
    """All rules of voting of a file. Raises what `records` refuses, `assessments.not_a_part`,
    `assessments.part_outside`, `assessments.part_below_half` and `assessments.tie_without_half`, each with file and
    line.
    """
    with reading(read_yaml(content, file)) as fields:
        fields.get("rules")
        dated = [as_dated(node, _voting) for node in as_items(fields.need("votes"))]
    return Timeline(LocalText("Quy định biểu quyết của Hội đồng", "Rules of voting in the council"), dated)


def _voting(fields: Fields) -> VotingRule:
    counted, needed = as_choice(fields.need("counted"), OF), _part(fields.need("needed"))
    if needed.value < HALF:
        raise refuse("assessments.part_below_half", fields.place_of("needed"))
    return VotingRule(counted, needed, _tie(fields, needed), _quorum(fields.need("quorum")))


def _tie(fields: Fields, needed: Share) -> str:
    """As many against as for leave a question where more than half is needed, and there alone."""
    if needed == Share(HALF, is_enough=False):
        return as_choice(fields.need("tie"), TIES)
    if fields.has("tie"):
        raise refuse("assessments.tie_without_half", fields.place_of("tie"))
    return ""


def _quorum(node: Node) -> Share | None:
    if isinstance(node, Scalar):
        as_choice(node, (_NO_QUORUM,))
        return None
    return _part(node)


def _part(node: Node) -> Share:
    """`{more_than: 1/2}` or `{at_least: 2/3}`."""
    with reading(node) as fields:
        is_enough = fields.has(AT_LEAST)
        key = AT_LEAST if is_enough else MORE_THAN
        written = fields.need(key)
        match = _PART.fullmatch(as_text(written))
        if match is None or not int(match[2]):
            raise refuse("assessments.not_a_part", written.place, text=as_text(written))
        value = Fraction(int(match[1]), int(match[2]))
        if not 0 < value <= 1 or (value == 1 and not is_enough):
            raise refuse("assessments.part_outside", written.place)
    return Share(value, is_enough)


def _thresholds(fields: Fields) -> Thresholds:
    high, low = _share(fields.need("high"), _OF_MAXIMUM), _share(fields.need("low"), _OF_MAXIMUM)
    if low > high:
        raise refuse("assessments.low_above_high", fields.place_of("low"))
    return Thresholds(high, low, _share(fields.need("most"), _OF_UNITS))


def _share(node: Node, unit: str) -> Fraction:
    with reading(node) as fields:
        as_choice(fields.need("unit"), (unit,))
        value = as_number(fields.need("value"))
        if not 0 <= value <= _WHOLE:
            raise refuse("assessments.share_outside", fields.place_of("value"))
        return value
