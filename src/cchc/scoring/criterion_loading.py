"""Reading fields, groups and criteria of a set from text nodes; one problem per criterion is reported."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Final, TypeVar, cast

from cchc.records.errors import Place, refuse
from cchc.records.schema import (
    Collector,
    Fields,
    as_choice,
    as_entries,
    as_items,
    as_local_text,
    as_source,
    as_text,
    as_verification,
    reading,
)
from cchc.records.yaml_text import Node
from cchc.scoring.criteria import (
    COMBINE,
    METRIC_SCORER,
    NOT_APPLICABLE,
    SCORERS,
    Combine,
    Criterion,
    Group,
    WhenNotApplicable,
)
from cchc.scoring.rules import RULE_KINDS, Rule
from cchc.scoring.rules.answers import as_option_id
from cchc.scoring.rules.base import (
    MEASURED_KINDS,
    ZERO,
    Input,
    InputKind,
    Option,
    as_not_negative,
    as_positive,
    as_word,
    read_list,
)

INPUT_KINDS: Final = ("count", "number", "date", "yes_no", "choice", "checklist", "text")
RESERVED: Final = frozenset({"applicable", "points", "ratio", "reason", "min", "max", "c", "and", "or"})
_MAX_DEPTH: Final = 6
_INPUT_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
_UNSAFE_IN_CODE: Final = frozenset("'\"[];")
T = TypeVar("T")


class CriterionReader:
    """Reads the tree of criteria and remembers where each code and each rule stands."""

    def __init__(self, collector: Collector) -> None:
        self.places: dict[str, Place] = {}
        self.rule_places: dict[str, Place] = {}
        self._collector = collector

    def fields(self, node: Node) -> tuple[Group, ...]:
        """All fields of a set."""
        return self._each(read_list(node, lambda item: item), lambda item: self._group(item, 0))

    def _each(self, nodes: tuple[Node, ...], read: Callable[[Node], T]) -> tuple[T, ...]:
        made = (self._collector.attempt(lambda node=node: read(node)) for node in nodes)  # type: ignore[misc]
        return tuple(item for item in made if item is not None)

    def _group(self, node: Node, depth: int) -> Group:
        if depth > _MAX_DEPTH:
            raise refuse("scoring.groups_too_deep", node.place, limit=_MAX_DEPTH)
        with reading(node) as fields:
            code = self._code(fields)
            children = read_list(fields.need("criteria"), lambda item: item)
            return Group(
                code=code,
                title=as_local_text(fields.need("title")),
                max=fields.maybe("max", as_not_negative),
                children=self._each(children, lambda item: self._child(item, depth + 1)),
            )

    def _child(self, node: Node, depth: int) -> Group | Criterion:
        return self._group(node, depth) if "criteria" in as_entries(node).entries else self._criterion(node)

    def _criterion(self, node: Node) -> Criterion:
        with reading(node) as fields:
            rule = read_rule(fields.need("rule"))
            maximum = self._maximum(fields, rule)
            rule.check(maximum, fields.place_of("rule"))
            code = self._code(fields)
            self.rule_places[code] = fields.place_of("rule")
            not_applicable = fields.maybe("not_applicable", lambda n: as_choice(n, NOT_APPLICABLE))
            return Criterion(
                code=code,
                title=as_local_text(fields.need("title")),
                max=maximum,
                rule=rule,
                declared=fields.maybe("inputs", read_inputs) or (),
                not_applicable=cast(WhenNotApplicable, not_applicable or "never"),
                scored_by=fields.maybe("scored_by", as_scorer) or "unit",
                combine=cast(Combine, fields.maybe("combine", lambda n: as_choice(n, COMBINE)) or "replace"),
                evidence=fields.maybe("evidence", lambda n: tuple(map(as_local_text, as_items(n)))) or (),
                source=fields.maybe("source", as_source),
                verification=fields.maybe("verified", as_verification),
            )

    def _maximum(self, fields: Fields, rule: Rule) -> Fraction:
        if rule.has_maximum:
            return as_positive(fields.need("max"))
        if fields.has("max"):
            raise refuse("scoring.max_beside_bonus", fields.place_of("max"), kind=rule.kind)
        return ZERO

    def _code(self, fields: Fields) -> str:
        node = fields.need("code")
        code = as_word(node)
        if _UNSAFE_IN_CODE & set(code) or len(code) > 40:
            raise refuse("scoring.bad_code", node.place, code=code)
        if code in self.places:
            raise refuse("scoring.duplicate_code", node.place, code=code, other=str(self.places[code]))
        self.places[code] = node.place
        return code


def read_rule(node: Node) -> Rule:
    """A rule by its `kind`."""
    with reading(node) as fields:
        kind = as_choice(fields.need("kind"), tuple(RULE_KINDS))
        return RULE_KINDS[kind].read(fields)


def as_scorer(node: Node) -> str:
    """`unit`, `appraiser`, `field`, `survey` or `metric:CODE`."""
    text = as_text(node)
    if text.startswith(METRIC_SCORER) and len(text) > len(METRIC_SCORER):
        return text
    return as_choice(node, (*SCORERS, f"{METRIC_SCORER}…"))


def read_inputs(node: Node) -> tuple[Input, ...]:
    """The declared inputs of a criterion, by name."""
    entries = as_entries(node)
    return tuple(_read_input(name, entries.key_places[name], item) for name, item in entries.entries.items())


def _read_input(name: str, place: Place, node: Node) -> Input:
    if _INPUT_NAME.fullmatch(name) is None or name in RESERVED:
        raise refuse("scoring.bad_input_name", place, name=name)
    with reading(node) as fields:
        kind = cast(InputKind, as_choice(fields.need("kind"), INPUT_KINDS))
        label, options = as_local_text(fields.need("label")), fields.maybe("options", _read_plain_options) or ()
        unit = fields.maybe("unit", as_local_text)
    if bool(options) and kind not in ("choice", "checklist"):
        raise refuse("scoring.options_without_choice", place, name=name)
    if unit is not None and kind not in MEASURED_KINDS:
        raise refuse("scoring.unit_without_figure", place, name=name)
    return Input(name, label, kind, options, unit)


def _read_plain_options(node: Node) -> tuple[Option, ...]:
    """Options of an input that only informs: ids and labels, no points."""

    def read(item: Node) -> Option:
        with reading(item) as fields:
            return Option(as_option_id(fields.need("id")), as_local_text(fields.need("label")))

    return read_list(node, read)
