"""Rounds, sheets and criteria as pages show them, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from cchc.assessments.addresses import to_sheet
from cchc.assessments.computing import points_so_far
from cchc.assessments.days_said import day_as_read
from cchc.assessments.models import Answer, FoundingPaper, Phase
from cchc.assessments.phases import FOUNDING_PAPERS, PHASES
from cchc.assessments.queries.sheets import SheetFigures
from cchc.assessments.states import ROUND, SHEET
from cchc.interface.errors import current_language
from cchc.interface.shapes import Reason
from cchc.records.dates import format_date
from cchc.records.errors import Message
from cchc.records.numbers import format_typed
from cchc.records.timelines import Dated
from cchc.records.words import say
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.results import Leaf, UnitResult
from cchc.scoring.rules.base import Input
from cchc.scoring.sheets import STAGES, Stage


def round_state(id_: str) -> str:
    """The name of a round's state."""
    return ROUND.state(id_).name.in_language(current_language())


def sheet_state(id_: str) -> str:
    """The name of a sheet's state."""
    return SHEET.state(id_).name.in_language(current_language())


def stage_name(stage: Stage) -> str:
    """The name of a stage of scoring, as it begins a line or heads a column."""
    name = say(Message(f"scoring.stage_{stage}"), current_language())
    return name[:1].upper() + name[1:]


def step_name(step: str) -> str:
    """What a step of a round is called."""
    return ROUND.step(step).name.in_language(current_language())


def step_effect(step: str) -> str:
    """What happens when the secretary moves a round on, told before it does."""
    return {
        "begin": _("The criteria set is frozen with its hash, and the units begin to score themselves."),
        "appraise": _("The units write no more; whoever is charged appraises what stands in their sheets."),
        "explain": _(
            "Every unit is told what appraisal came to and what it has to explain. Appraisers wait meanwhile."
        ),
        "reappraise": _("The units explain no more; appraisers look a second time, with the explanations before them."),
        "deliberate": _("Appraisers write no more; the council decides about what differs and what does not apply."),
    }[step]


@dataclass(frozen=True, slots=True)
class Totals:
    """What a sheet comes to at one stage. `is_whole`: nothing is missing, so that there is an index."""

    points: Fraction
    maximum: Fraction
    index: Decimal | None
    band: str
    rank: int | None

    @property
    def is_whole(self) -> bool:
        """Whether the sheet can be scored."""
        return self.index is not None


def totals(result: UnitResult) -> Totals:
    """As far as there are points."""
    band = result.band.name.in_language(current_language()) if result.band else ""
    points = result.points if result.points is not None else points_so_far(result)
    return Totals(points, result.maximum, result.index, band, result.rank)


@dataclass(frozen=True, slots=True)
class ShownLeaf:
    """One criterion of a sheet at one stage: its points, or why there are none; `state` as a chip has it."""

    points: Fraction | None
    applicable: bool
    error: str
    reasons: Sequence[Reason]


def shown_leaf(leaf: Leaf | None) -> ShownLeaf | None:
    """In words; None where nobody has said anything yet."""
    if leaf is None:
        return None
    language = current_language()
    lines = [Reason(say(reason, language)) for reason in leaf.reasons]
    return ShownLeaf(leaf.points, leaf.applicable, say(leaf.error, language) if leaf.error else "", lines)


@dataclass(frozen=True, slots=True)
class StageColumn:
    """One stage of a criterion beside the others: who said it, and what it comes to."""

    name: str
    answer: Answer
    leaf: ShownLeaf | None


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One input through the stages, each by name with what it says, empty for nothing; whether two differ."""

    label: str
    said: Sequence[tuple[str, str]]
    differs: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A criterion of a sheet as the stages see it, a column each."""

    columns: Sequence[StageColumn]
    lines: Sequence[SaidLine]
    points_differ: bool


def side_by_side(figures: SheetFigures, criterion: Criterion, until: Stage) -> SideBySide:
    """The stages up to one at which somebody said something about the criterion."""
    columns = [
        StageColumn(stage_name(stage), answer, shown_leaf(figures.leaf(stage, criterion.code)))
        for stage in STAGES[: STAGES.index(until) + 1]
        if (answer := figures.answer(stage, criterion.code)) is not None and answer.version
    ]
    points = {(one.leaf.applicable, one.leaf.points) for one in columns if one.leaf}
    return SideBySide(columns, list(_said_lines(criterion, columns)), len(points) > 1)


def _said_lines(criterion: Criterion, columns: Sequence[StageColumn]) -> Iterator[SaidLine]:
    names = [one.name for one in columns]
    for name, item in criterion.inputs.items():
        texts = [_in_words(item, one.answer.said.get(name, "")) for one in columns]
        if any(texts):
            said = list(zip(names, texts, strict=True))
            yield SaidLine(item.measured.in_language(current_language()), said, len({*texts} - {""}) > 1)


def said_in_words(criterion: Criterion, answer: Answer) -> Iterator[tuple[str, str]]:
    """Label and text of each input of the criterion that was said."""
    for name, item in criterion.inputs.items():
        if text := answer.said.get(name, ""):
            yield item.measured.in_language(current_language()), _in_words(item, text)


def _options(item: Input) -> Mapping[str, str]:
    return {option.id: option.label.in_language(current_language()) for option in item.options}


def _in_words(item: Input, text: str) -> str:
    """What was typed, a number with the reader's decimal sign, or the labels of what was chosen."""
    options = _options(item)
    if not options:
        return format_typed(day_as_read(item, text), current_language())
    return "; ".join(options.get(part, part) for part in text.split(";")) if text else text


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list beside a sheet: a field or group (no url), or a criterion with how it stands."""

    code: str
    title: str
    depth: int
    url: str = ""
    mark: str = ""
    is_current: bool = False
    points: Fraction | None = None
    maximum: Fraction | None = None


OK, MISSING, OUT, LATER, ASKED = "ok", "overdue", "neutral", "paused", "soon"


def lines_of(figures: SheetFigures, stage: Stage, current: str) -> list[Line]:
    """The whole set, each criterion with its mark: settled, something missing, taken out, scored by others, asked."""
    language = current_language()
    missing = missing_codes(figures) if stage == "self" else frozenset[str]()
    return [
        _line(figures, node, depth, stage, current, missing)
        if isinstance(node, Criterion)
        else Line(node.code, node.title.in_language(language), depth, maximum=node.maximum)
        for node, depth in figures.criteria.nodes()
    ]


def missing_codes(figures: SheetFigures) -> frozenset[str]:
    """The criteria that lack something before the unit may lock its sheet."""
    return frozenset(one.criterion.code for one in figures.missing)


def _line(
    figures: SheetFigures, node: Criterion, depth: int, stage: Stage, current: str, missing: frozenset[str]
) -> Line:  # fmt: skip
    leaf = figures.leaf(stage, node.code)
    return Line(
        node.code, node.title.in_language(current_language()), depth, to_sheet(figures.sheet, node.code),
        _mark(figures, node, leaf, stage, missing), node.code == current,
        leaf.points if leaf else None, node.max if node.has_maximum else None,
    )  # fmt: skip


def _mark(figures: SheetFigures, node: Criterion, leaf: Leaf | None, stage: Stage, missing: frozenset[str]) -> str:
    if stage == "self" and not node.scored_by_unit:
        return LATER
    if any(question.answered_at is None for question in figures.questions.get(node.code, ())):
        return ASKED
    if node.code in missing or leaf is None or leaf.error is not None:
        return MISSING
    return OK if leaf.applicable else OUT


def next_missing(figures: SheetFigures, current: str) -> str:
    """The code of the next criterion that lacks something, behind the current one and round again; empty when none."""
    codes = [criterion.code for criterion in figures.criteria.criteria]
    missing = missing_codes(figures)
    start = codes.index(current) + 1 if current in codes else 0
    return next((code for code in (*codes[start:], *codes[:start]) if code in missing and code != current), "")


def timetable(phases: Iterable[Phase]) -> list[tuple[str, Phase]]:
    """The phases in their order, each with its name."""
    language, known = current_language(), {phase.phase: phase for phase in phases}
    return [(name.in_language(language), known[id_]) for id_, name in PHASES.items() if id_ in known]


def founding_papers(papers: Iterable[FoundingPaper]) -> list[tuple[str, FoundingPaper]]:
    """The papers on which the round rests, each with its kind."""
    language, known = current_language(), {paper.kind: paper for paper in papers}
    return [(name.in_language(language), known[id_]) for id_, name in FOUNDING_PAPERS.items() if id_ in known]


def code_name(criteria: CriteriaSet | None, code: str) -> str:
    """A code of the set with its title."""
    titles = criteria.titles if criteria is not None else {}
    return f"{code} {titles[code].in_language(current_language())}" if code in titles else code


def source_in_words(rule: Dated[Any]) -> str:
    """The document behind a rule with its date, and the day from which the rule holds."""
    source, language = rule.source, current_language()
    document = source.document if source.on is None else f"{source.document}, {format_date(source.on, language)}"
    start = format_date(rule.validity.start, language)
    return _("%(document)s; since %(start)s") % {"document": document, "start": start}
