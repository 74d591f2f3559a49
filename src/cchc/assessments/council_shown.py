"""The council's agenda and motions as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cchc.assessments.addresses import to_item
from cchc.assessments.council import Item, agenda_item
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Answer, Motion, OpinionAsked, Question, Session, Sheet
from cchc.assessments.motions import MOTIONS, VOTES
from cchc.assessments.queries.comparing import compared_with
from cchc.assessments.queries.sheets import SheetFigures
from cchc.assessments.queries.voting import rule_of
from cchc.assessments.shown import source_in_words
from cchc.assessments.voting import VotingRule, in_words
from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.records.numbers import format_number, format_typed
from cchc.records.timelines import Dated
from cchc.scoring.results import Leaf

_ON_A_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item with code and title of its criterion, its page, how many slips agree and how many do not, whether a
    motion waits, and whether the reader was asked for a slip and has given none.
    """

    item: Item
    name: str
    url: str
    agree: int
    other: int
    has_motion: bool
    is_owed: bool


Cells = frozenset[tuple[int, str]]


def cells_of(found: Iterable[OpinionAsked]) -> Cells:
    """The sheets and criteria about which slips were asked for."""
    return frozenset((one.sheet_id, one.criterion) for one in found)


def agenda_lines(
    items: Sequence[Item], opinions: Mapping[tuple[int, str], tuple[int, int]], motions: Cells, owed: Cells
) -> list[AgendaLine]:  # fmt: skip
    """In their order."""
    lines = []
    for item in items:
        cell = (item.sheet.pk, item.criterion.code)
        agree, other = opinions.get(cell, (0, 0))
        url = to_item(item.sheet, item.criterion.code)
        name = f"{item.criterion.code} {item.criterion.title.in_language(current_language())}"
        lines.append(AgendaLine(item, name, url, agree, other, cell in motions, cell in owed))
    return lines


def minutes_of(ways: Sequence[Link], session: Session) -> list[Link]:
    """The ways to draft a paper, each about this session."""
    return [Link(way.text, f"{way.url}{session.pk}") for way in ways]


def paged(request: HttpRequest, lines: Sequence[AgendaLine]) -> dict[str, Any]:
    """A hundred lines from `?tu=`, and where the rest begins."""
    asked = request.GET.get("tu", "")
    start = min(int(asked), len(lines)) if asked.isdecimal() and len(asked) < 7 else 0
    end = start + _ON_A_PAGE
    return {"lines": lines[start:end], "next": f"?tu={end}" if end < len(lines) else "", "total": len(lines)}


def item_of(sheet: Sheet, code: str) -> Item:
    """One criterion of one sheet as the council sees it, on the agenda or not. Three queries at most."""
    answers = Answer.objects.filter(sheet=sheet).order_by("pk")
    questions = Question.objects.filter(sheet=sheet, criterion=code, taken_back_at=None).order_by("pk")
    criteria = set_of(sheet.round)
    return agenda_item(criteria, sheet, code, answers, questions, compared_with(sheet, criteria))


def item_in(figures: SheetFigures, code: str) -> Item:
    """The same of a sheet that was read whole."""
    asked = figures.questions.get(code, ())
    return agenda_item(figures.criteria, figures.sheet, code, figures.answers.values(), asked, figures.compared)


def standing(item: Item) -> str:
    """What a member has to have before the eyes: the unit's own points and the appraised ones."""
    return _("Own points %(own)s; appraised %(appraised)s.") % {
        "own": _points(item.own),
        "appraised": _points(item.appraised),
    }


def _points(leaf: Leaf | None) -> str:
    if leaf is not None and not leaf.applicable:
        return _("not applicable")
    return "–" if leaf is None or leaf.points is None else format_number(leaf.points, current_language())


def moved(motion: Motion) -> str:
    """What is voted on, other points where that is it, and why."""
    kind = MOTIONS[motion.kind].in_language(current_language())
    what = f"{kind}: {format_typed(motion.points, current_language())}" if motion.points else kind
    return _("%(what)s. Reason: %(reason)s") % {"what": what, "reason": motion.reason}


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule of voting in words, its source, and what is doubtful about it."""

    words: str
    source: str
    doubt: str


def shown_rule(rule: Dated[VotingRule]) -> ShownRule:
    """In the reader's language."""
    language = current_language()
    return ShownRule(
        in_words(rule.value).in_language(language), source_in_words(rule), rule.verification.doubt_in(language)
    )


@dataclass(frozen=True, slots=True)
class ShownMotion:
    """A motion in words, with its votes: name, post, how; and by what rule it is decided, or was."""

    motion: Motion
    kind: str
    votes: Sequence[tuple[str, str, str]]
    counted: Sequence[tuple[str, int]]
    rule: ShownRule


def shown_motions(motions: Sequence[Motion], today: date) -> list[ShownMotion]:
    """With votes as they were read along."""
    return [_motion(one, today) for one in motions]


def tally_of(motion: Motion) -> list[tuple[str, int]]:
    """How many votes there are of each kind."""
    votes = [one.vote for one in motion.votes.all()]
    return [(name.in_language(current_language()), votes.count(id_)) for id_, name in VOTES.items()]


def _motion(motion: Motion, today: date) -> ShownMotion:
    language = current_language()
    votes = list(motion.votes.all())
    names = {id_: name.in_language(language) for id_, name in VOTES.items()}
    return ShownMotion(
        motion,
        MOTIONS[motion.kind].in_language(language),
        [(one.cast_by.name, one.cast_as, names[one.vote]) for one in votes],
        tally_of(motion),
        shown_rule(rule_of(motion, today)),
    )
