"""Trying a criterion with figures of one's own: a form made from its inputs, scored by the real evaluator.

Nothing is kept: the address holds what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from cchc.assessments.figure_fields import LONGEST, field_of, given_field, text_field
from cchc.interface.shapes import Reason
from cchc.portal.sets import CriterionFigures
from cchc.records.errors import DomainError, Message
from cchc.records.expressions import Name
from cchc.records.numbers import format_number, parse_number
from cchc.records.text import Language
from cchc.records.words import say, tell
from cchc.scoring.leaves import score_leaf
from cchc.scoring.results import Leaf
from cchc.scoring.rules.base import Input
from cchc.scoring.rules.given import Given
from cchc.scoring.sheet_reading import as_sheet
from cchc.scoring.sheets import Answer
from cchc.scoring.standing import UNTOUCHED, follow

SENT: Final = "tinh-thu"
BEST: Final = "best"
_MISSING: Final = Message("portal.figure_missing")
_STAGE: Final = "council"
_UNIT: Final = "·"


@dataclass(frozen=True, slots=True)
class Trial:
    """The form, and once it was sent what it scores: `leaf`, or None while something typed cannot be read."""

    form: forms.Form
    language: Language
    leaf: Leaf | None = None

    @property
    def points(self) -> str:
        """The points; a dash when the criterion is taken out."""
        points = self.leaf.points if self.leaf else None
        return "–" if points is None else format_number(points, self.language)

    @property
    def reasons(self) -> list[Reason]:
        """Why, line by line."""
        return [Reason(say(reason, self.language)) for reason in self.leaf.reasons] if self.leaf else []

    @property
    def error(self) -> str:
        """Why what was typed gives no points; empty when it does."""
        return say(self.leaf.error, self.language) if self.leaf and self.leaf.error else ""


def try_criterion(figures: CriterionFigures, query: QueryDict) -> Trial:
    """An empty form, or what was typed with its points and reasons. Errors stand at their fields."""
    language = figures.around.language
    if SENT not in query:
        return Trial(_form(figures, None), language)
    form = _form(figures, query)
    form.full_clean()
    answers, best = _answers(figures, query), _best(figures, form, query)
    for code, answer in answers.items():
        for name, fault in answer.faults.items():
            form.add_error(_field_name(figures, code, name), tell(fault, language))
    _require_all(figures, form, answers)
    return Trial(form, language, None if form.errors else _score(figures, answers, best))


def _score(figures: CriterionFigures, answers: dict[str, Answer], best: Fraction | None) -> Leaf:
    criteria = figures.around.set
    standings = dict.fromkeys(criteria.by_code, UNTOUCHED)
    standings |= {code: follow(UNTOUCHED, answer, _STAGE) for code, answer in answers.items()}
    return score_leaf(figures.criterion, standings, _STAGE, best, criteria.points_decimals)


def _answers(figures: CriterionFigures, query: QueryDict) -> dict[str, Answer]:
    """What was typed, read by the same reader as a sheet's rows."""
    typed: dict[str, dict[str, str]] = {}
    for code, name, item in _inputs(figures):
        text = _text(query, _field_name(figures, code, name))
        if item is not None and item.kind == "checklist":
            ticked = query.getlist(_field_name(figures, code, name))
            text = ";".join(ticked)[:LONGEST] or "none"
        typed.setdefault(code, {})[name] = text
    if query.get("khong-ap-dung") and figures.criterion.not_applicable != "never":
        typed.setdefault(figures.code, {})["applicable"] = "no"
    sheet = as_sheet(figures.around.set, {_UNIT: typed})
    return sheet.units[_UNIT].answers.get(_STAGE, {})


def _inputs(figures: CriterionFigures) -> Iterator[tuple[str, str, Input | None]]:
    """Code, name and kind of every value the form asks for; None for points, ratio and reason given in words."""
    criterion = figures.criterion
    for name, item in criterion.inputs.items():
        yield criterion.code, name, item
    for foreign in sorted(criterion.foreign_names, key=str):
        assert foreign.criterion is not None
        yield foreign.criterion, foreign.name, figures.around.set.by_code[foreign.criterion].inputs[foreign.name]
    if isinstance(criterion.rule, Given):
        for name in ("ratio", "points") if criterion.rule.takes_ratio else ("points", "reason"):
            yield criterion.code, name, None


def _field_name(figures: CriterionFigures, code: str, name: str) -> str:
    return name if code == figures.code else f"{code}.{name}"


def _text(query: QueryDict, name: str) -> str:
    return query.get(name, "").replace("\0", "").strip()[:LONGEST]


def _best(figures: CriterionFigures, form: forms.Form, query: QueryDict) -> Fraction | None:
    """The highest figure of the group, for a rule that compares with it."""
    if not figures.criterion.compares_in_group:
        return None
    language, text = figures.around.language, _text(query, BEST)
    if not text:
        form.add_error(BEST, say(_MISSING, language))
        return None
    try:
        return parse_number(text)
    except DomainError as error:
        form.add_error(BEST, tell(error.problems[0].message, language))
        return None


def _require_all(figures: CriterionFigures, form: forms.Form, answers: dict[str, Answer]) -> None:
    """Name every figure that is missing at its own field. What the criterion does not need may stay empty."""
    own = answers.get(figures.code, Answer())
    if own.applicable is False or own.excluded_by_answer:
        return
    missing = say(_MISSING, figures.around.language)
    needed = figures.criterion.own_names | {Name(name) for name in figures.criterion.values_needed}
    for name in needed | figures.criterion.foreign_names:
        code = name.criterion or figures.code
        answer, field = answers.get(code, Answer()), _field_name(figures, code, name.name)
        if name.name not in answer.values and field not in form.errors:
            form.add_error(field, missing)


def _form(figures: CriterionFigures, query: QueryDict | None) -> forms.Form:
    form = forms.Form(query, auto_id="thu-%s")
    language = figures.around.language
    for code, name, item in _inputs(figures):
        field = given_field(name) if item is None else _field(figures, item, Name(name, code), language)
        form.fields[_field_name(figures, code, name)] = field
    if figures.criterion.compares_in_group:
        form.fields[BEST] = text_field(_("Highest of the group: %(figure)s") % {"figure": figures.compared}, "decimal")
    if figures.criterion.not_applicable != "never":
        form.fields["khong-ap-dung"] = forms.BooleanField(label=_("Does not apply to the unit"), required=False)
    form.fields[SENT] = forms.CharField(initial="1", required=False, widget=forms.HiddenInput())
    return form


def _field(figures: CriterionFigures, item: Input, name: Name, language: Language) -> forms.Field:
    """A field labelled by the criterion, or by the one whose input the rule reads."""
    label = item.label if name.criterion == figures.code else figures.label_of(name)
    return field_of(item, label.in_language(language), language)
