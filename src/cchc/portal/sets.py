"""Criteria sets in the reader's language: the tree of fields and criteria, every rule as a sentence with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cchc.records.dates import format_date
from cchc.records.errors import refuse
from cchc.records.expressions import Name
from cchc.records.numbers import format_number
from cchc.records.sources import Source
from cchc.records.text import Language, LocalText
from cchc.records.words import say
from cchc.scoring.criteria import CriteriaSet, Criterion, Group
from cchc.scoring.loading import load, shipped_ids
from cchc.scoring.rules.rates import TargetRatio
from cchc.scoring.rules.terms import speak
from cchc.scoring.wording import labels_of, rule_as_list, rule_in_words

_ARTICLE = LocalText("Điều", "Article")


@cache
def shipped_set(id: str) -> CriteriaSet:
    """A set that ships with the product. Raises `portal.set_not_found`."""
    if id not in shipped_ids():
        raise refuse("portal.set_not_found", id=id)
    return load(id)


def shipped_sets(language: Language) -> list[SetFigures]:
    """All of them, by id."""
    return [SetFigures(shipped_set(id), language) for id in shipped_ids()]


@dataclass(frozen=True)
class SetFigures:
    """A criteria set in the reader's language."""

    set: CriteriaSet
    language: Language

    @property
    def title(self) -> str:
        """The title."""
        return self.set.title.in_language(self.language)

    @property
    def source(self) -> str:
        """The document that issued it."""
        return self.source_words(self.set.source)

    @property
    def doubt(self) -> str:
        """Why the set is unverified; empty when it is verified."""
        return self.set.verification.doubt_in(self.language)

    @property
    def bands(self) -> list[tuple[str, str]]:
        """Name and start of every class, from high to low."""
        return [(band.name.in_language(self.language), self.number(band.start)) for band in self.set.bands]

    @property
    def fields(self) -> tuple[NodeFigures, ...]:
        """The fields with everything below them."""
        return tuple(NodeFigures(self, field, 0) for field in self.set.fields)

    def criterion(self, code: str) -> CriterionFigures:
        """One criterion. Raises `portal.criterion_not_found`."""
        if code not in self.set.by_code:
            raise refuse("portal.criterion_not_found", code=code)
        return CriterionFigures(self, self.set.by_code[code])

    def source_words(self, source: Source) -> str:
        """`Thông tư 01/2018/TT-VPCP, 23/11/2018, Điều 13, 14, 15`."""
        article = source.article or ""
        if article[:1].isdigit():
            article = f"{_ARTICLE.in_language(self.language)} {article}"
        parts = (
            source.document,
            format_date(source.on, self.language) if source.on else "",
            article,
        )
        return ", ".join(filter(None, parts))

    def number(self, value: object) -> str:
        """A number in the reader's form."""
        return format_number(value, self.language)  # type: ignore[arg-type]


@dataclass(frozen=True)
class NodeFigures:
    """A field or group with what lies below it, or a criterion; `depth` from 0."""

    around: SetFigures
    node: Group | Criterion
    depth: int

    @property
    def code(self) -> str:
        """`2.1.3`."""
        return self.node.code

    @property
    def title(self) -> str:
        """The title."""
        return self.node.title.in_language(self.around.language)

    @property
    def maximum(self) -> str:
        """The most points it can give."""
        return self.around.number(self.node.maximum if isinstance(self.node, Group) else self.node.max)

    @property
    def criterion(self) -> CriterionFigures | None:
        """The criterion, None for a field or group."""
        return None if isinstance(self.node, Group) else CriterionFigures(self.around, self.node)

    def below(self) -> Iterator[NodeFigures]:
        """Everything below it, in order, with its depth."""
        for child in self.node.children if isinstance(self.node, Group) else ():
            node = NodeFigures(self.around, child, self.depth + 1)
            yield node
            yield from node.below()


@dataclass(frozen=True)
class CriterionFigures:
    """One criterion in the reader's language."""

    around: SetFigures
    criterion: Criterion

    @property
    def code(self) -> str:
        """`2.1.3`."""
        return self.criterion.code

    @property
    def title(self) -> str:
        """The title."""
        return self.criterion.title.in_language(self.around.language)

    @property
    def maximum(self) -> str:
        """The most points it can give; empty for bonus and penalty, which stand beside the maximum."""
        return self.around.number(self.criterion.max) if self.criterion.has_maximum else ""

    @property
    def rule(self) -> str:
        """The rule as one sentence, with labels in place of names."""
        return say(rule_in_words(self.around.set, self.criterion), self.around.language)

    @property
    def rule_list(self) -> tuple[str, list[str]]:
        """The rule as a heading and its options, items or cases; no list where there is none or words follow it."""
        lead, parts = rule_as_list(rule_in_words(self.around.set, self.criterion))
        heading = say(lead, self.around.language).strip()
        if not heading.endswith(":"):
            return self.rule, []
        return heading, [say(part, self.around.language) for part in parts]

    @property
    def compared(self) -> str:
        """What is compared within the group, in words; empty for a rule that does not compare."""
        rule = self.criterion.rule
        if not isinstance(rule, TargetRatio):
            return ""
        return speak(rule.actual, labels_of(self.around.set, self.criterion)).in_language(self.around.language)

    def label_of(self, name: Name) -> LocalText:
        """What a name in the rule is called on screen."""
        return labels_of(self.around.set, self.criterion)[name]

    @property
    def source(self) -> str:
        """Its own source, or the set's."""
        return self.around.source_words(self.around.set.source_of(self.criterion))

    @property
    def doubt(self) -> str:
        """Why it is unverified; empty when it is verified."""
        return self.around.set.verification_of(self.criterion).doubt_in(self.around.language)

    @property
    def evidence(self) -> list[str]:
        """The documents that prove what is declared."""
        return [item.in_language(self.around.language) for item in self.criterion.evidence]
