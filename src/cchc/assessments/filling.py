"""A sheet while it is being filled in: how far the unit is, what typed figures come to, what somebody else wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cchc.assessments.actions.answers import Said
from cchc.assessments.addresses import to_sheet
from cchc.assessments.completeness import Missing
from cchc.assessments.computing import score, unreadable_inputs
from cchc.assessments.models import Answer
from cchc.assessments.phases import end_of_day
from cchc.assessments.queries.sheets import SheetFigures
from cchc.assessments.shown import ShownLeaf, missing_codes, shown_leaf
from cchc.interface.errors import current_language, in_words
from cchc.organizations.calendars import NATIONAL, load_calendar
from cchc.records.errors import Message
from cchc.records.words import say
from cchc.scoring.criteria import METRIC_SCORER, Criterion
from cchc.scoring.sheets import Stage


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the unit's own criteria are settled, when something was saved last, when the phase ends."""

    settled: int
    total: int
    saved_at: datetime | None
    due_at: datetime | None
    minutes: int

    @property
    def missing(self) -> int:
        """How many lack something."""
        return self.total - self.settled


def progress_of(figures: SheetFigures, now: datetime) -> Progress:
    """At the units' own stage; time is counted by the calendar of the unit."""
    own = [one for one in figures.criteria.criteria if one.scored_by_unit]
    written = [one.written_at for one in figures.answers.values() if one.stage == "self" and one.written_at]
    due_at = end_of_day(figures.ends_on) if figures.ends_on else None
    calendar = load_calendar(getattr(figures.sheet, "calendar", None) or NATIONAL)
    minutes = calendar.elapsed_minutes(now, due_at) if due_at else 0
    return Progress(len(own) - len(missing_codes(figures)), len(own), max(written, default=None), due_at, minutes)


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A criterion that lacks something: what it is called, where it is filled in, what its figures lack."""

    name: str
    url: str
    why: str


def missing_by_kind(figures: SheetFigures) -> Sequence[tuple[str, Sequence[MissingLine]]]:
    """Before the unit may lock: figures, reasons for not applying, evidence; kinds of which nothing is missing are left
    out.
    """
    names = {
        "assessments.criterion_missing": _("Figures or answers missing"),
        "assessments.exclusion_reason_missing": _("Reason for not applying missing"),
        "assessments.evidence_missing": _("Neither evidence nor explanation"),
    }
    kinds = [
        (name, [_line(figures, one) for one in figures.missing if one.problem.code == code])
        for code, name in names.items()
    ]
    return [(name, lines) for name, lines in kinds if lines]


def _line(figures: SheetFigures, one: Missing) -> MissingLine:
    language, why = current_language(), one.problem.message.params.get("why")
    name = f"{one.criterion.code} {one.criterion.title.in_language(language)}"
    told = say(why, language) if isinstance(why, Message) else ""
    return MissingLine(name, to_sheet(figures.sheet, one.criterion.code), told)


@dataclass(frozen=True, slots=True)
class Trial:
    """What typed figures come to: points with reasons, or what cannot be read."""

    leaf: ShownLeaf | None
    unreadable: Sequence[Mapping[str, str]] = ()


def try_out(figures: SheetFigures, criterion: Criterion, stage: Stage, said: Said) -> Trial:
    """By the same evaluator, in the sheet as it stands, without writing anything."""
    texts = {name: text for name, text in said.texts.items() if text.strip()}
    if faults := unreadable_inputs(figures.criteria, criterion.code, texts):
        return Trial(None, [in_words(one) for problems in faults.values() for one in problems])
    typed = Answer(sheet=figures.sheet, criterion=criterion.code, stage=stage, said=texts, note=said.note)
    others = [one for key, one in figures.answers.items() if key != (stage, criterion.code)]
    scored = score(figures.criteria, [figures.sheet], [*others, typed], compared=figures.compared)
    return Trial(shown_leaf(scored.leaf(figures.sheet.pk, stage, criterion.code)))


@dataclass(frozen=True, slots=True)
class Conflict:
    """What somebody else wrote since, beside what was typed; nothing of either is lost."""

    theirs: Answer
    lines: Sequence[tuple[str, str, str]]


def conflict_of(criterion: Criterion, theirs: Answer, said: Said) -> Conflict:
    """Only what differs: what it is called, what stands there now, what was typed."""
    names = dict.fromkeys([*criterion.inputs, "applicable", "points", "ratio", "reason"])
    pairs = [(_named(criterion, one), theirs.said.get(one, ""), said.texts.get(one, "").strip()) for one in names]
    pairs.append((_("Note, explanation"), theirs.note, said.note.strip()))
    return Conflict(theirs, [line for line in pairs if line[1] != line[2]])


def closed_because(criterion: Criterion) -> str:
    """Who gives the points of a criterion that units do not score; empty where the unit does."""
    if criterion.scored_by_unit:
        return ""
    if criterion.scored_by.startswith(METRIC_SCORER):
        told = _(
            "The points come from what the systems measure (%(code)s). The round is not bound to a measured figure "
            "yet: whoever appraises enters the figure, with its source."
        )
        return told % {"code": criterion.scored_by.removeprefix(METRIC_SCORER)}
    return {
        "survey": _("The points come from a survey; the council's secretary enters them for all units."),
        "appraiser": _("The appraisers give the points."),
        "field": _("The points are given at the field check."),
    }[criterion.scored_by]


def _named(criterion: Criterion, name: str) -> str:
    if name in criterion.inputs:
        return criterion.inputs[name].measured.in_language(current_language())
    return {
        "applicable": _("Applies to the unit"),
        "points": _("Points"),
        "ratio": _("Share of the maximum"),
        "reason": _("Reason"),
    }[name]
