"""A criteria set as frozen records: fields, groups and criteria with their rules, bands, caps, ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal

from cchc.records.errors import refuse
from cchc.records.expressions import Name
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText
from cchc.scoring.arithmetic import Band
from cchc.scoring.rules.base import MAX_NAME, NUMERIC_KINDS, Input, InputKind, Rule
from cchc.scoring.rules.terms import Term

WhenNotApplicable = Literal["exclude", "full", "zero", "never"]
Combine = Literal["replace", "add"]
NOT_APPLICABLE: Final = ("exclude", "full", "zero", "never")
COMBINE: Final = ("replace", "add")
SCORERS: Final = ("unit", "appraiser", "field", "survey")
METRIC_SCORER: Final = "metric:"
_SCORER_NAMES: Final = {
    "unit": LocalText("đơn vị", "the unit"),
    "appraiser": LocalText("người thẩm định", "the appraisers"),
    "field": LocalText("đoàn kiểm tra", "the field team"),
    "survey": LocalText("kết quả khảo sát", "a survey"),
}


@dataclass(frozen=True)
class Criterion:
    """A leaf: a maximum (0 for bonus and penalty), a rule, and who may answer it."""

    code: str
    title: LocalText
    max: Fraction
    rule: Rule
    declared: tuple[Input, ...] = ()
    not_applicable: WhenNotApplicable = "never"
    scored_by: str = "unit"
    combine: Combine = "replace"
    evidence: tuple[LocalText, ...] = ()
    source: Source | None = None
    verification: Verification | None = None

    @cached_property
    def inputs(self) -> Mapping[str, Input]:
        """Declared inputs and those the rule brings along, by name; a declared one keeps its own label."""
        brought = {i.name: i for i in self.rule.inputs()}
        declared = {
            i.name: replace(i, options=i.options or (brought[i.name].options if i.name in brought else ()))
            for i in self.declared
        }
        return MappingProxyType(brought | declared)

    @cached_property
    def names_needed(self) -> frozenset[Name]:
        """Every numeric name the rule reads, `max` apart; without a `best` that stands for the group's highest."""
        needed = frozenset().union(*(term.names for term in self.rule.terms())) - {MAX_NAME}
        return needed - {BEST} if self.compares_in_group else needed

    @cached_property
    def foreign_names(self) -> frozenset[Name]:
        """Names of other criteria's inputs among those the rule reads."""
        return frozenset(name for name in self.names_needed if name.criterion is not None)

    @cached_property
    def own_names(self) -> frozenset[Name]:
        """Own inputs among the names the rule reads."""
        return self.names_needed - self.foreign_names

    @cached_property
    def values_needed(self) -> frozenset[str]:
        """Own inputs the rule reads as they are: dates, choices, ticked items."""
        return frozenset(self.rule.values_needed())

    @cached_property
    def compares_in_group(self) -> bool:
        """Whether the rule needs the highest figure of the group."""
        return self.rule.compares_in_group and BEST.name not in self.inputs

    @property
    def counted(self) -> Mapping[str, Input]:
        """The inputs that are counts."""
        return {name: one for name, one in self.inputs.items() if one.kind == "count"}

    @property
    def has_maximum(self) -> bool:
        """False for bonus and penalty, which stand beside the maximum."""
        return self.rule.has_maximum

    @property
    def scorer(self) -> LocalText:
        """Who scores it, in words; a measured quantity by its code."""
        code = self.scored_by.removeprefix(METRIC_SCORER)
        measured = LocalText(f"số liệu đo trên hệ thống ({code})", f"what the systems measured ({code})")
        return _SCORER_NAMES.get(self.scored_by, measured)

    @property
    def scored_by_unit(self) -> bool:
        """Whether the unit itself answers, at the stage `self`."""
        return self.scored_by == "unit"


BEST: Final = Name("best")


@dataclass(frozen=True)
class Group:
    """A field, or a criterion with criteria below it. `max` is what was written; `maximum` is their sum."""

    code: str
    title: LocalText
    children: tuple[Group | Criterion, ...]
    max: Fraction | None = None

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """All criteria below, in order."""
        return tuple(leaf for child in self.children for leaf in _leaves(child))

    @cached_property
    def maximum(self) -> Fraction:
        """The sum of the leaves' maxima."""
        return sum((leaf.max for leaf in self.leaves), Fraction(0))


def _leaves(node: Group | Criterion) -> tuple[Criterion, ...]:
    return node.leaves if isinstance(node, Group) else (node,)


@dataclass(frozen=True, slots=True)
class ClassCap:
    """While `when` holds, the class is at most the band `at_most`; the rank stays."""

    when: Term
    at_most: str


@dataclass(frozen=True)
class CriteriaSet:
    """Everything that turns a sheet into points, index, class and rank. Only made by `scoring.loading`."""

    id: str
    title: LocalText
    applies_to: tuple[str, ...]
    validity: Validity
    source: Source
    verification: Verification
    total: Fraction
    bands: tuple[Band, ...]
    fields: tuple[Group, ...]
    bands_on: Literal["index", "points"] = "index"
    points_decimals: int | None = None
    index_decimals: int = 2
    index_cap: Fraction | None = None
    tie_order: tuple[str, ...] = ()
    class_caps: tuple[ClassCap, ...] = ()
    bonus_cap: Fraction | None = None
    penalty_cap: Fraction | None = None

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """All leaves, in order."""
        return tuple(leaf for group in self.fields for leaf in group.leaves)

    @cached_property
    def by_code(self) -> Mapping[str, Criterion]:
        """Leaves by code."""
        return MappingProxyType({leaf.code: leaf for leaf in self.criteria})

    @cached_property
    def leaves_below(self) -> Mapping[str, tuple[Criterion, ...]]:
        """For every code of the set (field, group or criterion) the leaves under it."""
        return MappingProxyType({node.code: _leaves(node) for node, _ in self.nodes()})

    @cached_property
    def looked_at(self) -> tuple[Criterion, ...]:
        """Leaves whose being taken out concerns others: another rule reads them, or units are compared by them."""
        read = {name.criterion for leaf in self.criteria for name in leaf.foreign_names}
        return tuple(leaf for leaf in self.criteria if leaf.code in read or leaf.compares_in_group)

    @cached_property
    def compared(self) -> tuple[Criterion, ...]:
        """Leaves whose points compare the units of a group."""
        return tuple(leaf for leaf in self.criteria if leaf.compares_in_group)

    @cached_property
    def read_for(self) -> Mapping[str, frozenset[str]]:
        """For every leaf the codes of those whose figures its points rest on, its own among them."""
        return MappingProxyType({leaf.code: frozenset(self._rests_on(leaf.code)) for leaf in self.criteria})

    def _rests_on(self, code: str) -> Iterator[str]:
        seen, todo = set[str](), [code]
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                yield one
                todo.extend(name.criterion for name in self.by_code[one].foreign_names if name.criterion)

    def criterion(self, code: str) -> Criterion:
        """The leaf with that code. Raises `scoring.unknown_criterion`."""
        try:
            return self.by_code[code]
        except KeyError:
            raise refuse("scoring.unknown_criterion", code=code, set=self.id) from None

    def source_of(self, criterion: Criterion) -> Source:
        """The criterion's own source, or the set's."""
        return criterion.source or self.source

    def verification_of(self, criterion: Criterion) -> Verification:
        """The criterion's own verification, or the set's."""
        return criterion.verification or self.verification

    def nodes(self) -> Iterator[tuple[Group | Criterion, int]]:
        """Every field, group and leaf with its depth from 0, in order."""
        stack: list[tuple[Group | Criterion, int]] = [(group, 0) for group in reversed(self.fields)]
        while stack:
            node, depth = stack.pop()
            yield node, depth
            if isinstance(node, Group):
                stack.extend((child, depth + 1) for child in reversed(node.children))

    @cached_property
    def titles(self) -> Mapping[str, LocalText]:
        """Every field, group and leaf by its code."""
        return MappingProxyType({node.code: node.title for node, _ in self.nodes()})

    @property
    def lowest_band(self) -> Band:
        """The class of everything that reaches no other."""
        return self.bands[-1]


def is_numeric(kind: InputKind) -> bool:
    """Whether expressions may read an input of this kind."""
    return kind in NUMERIC_KINDS
