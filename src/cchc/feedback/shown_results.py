"""Results as pages and tables show them: every number with the way to what it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cchc.feedback.queries.results import OfOfficial, Period
from cchc.feedback.rating_forms import all_topics
from cchc.feedback.result_addresses import to_answers, to_dossiers, to_unit
from cchc.feedback.results import Counts, Mean
from cchc.interface.errors import current_language
from cchc.organizations.models import Unit


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in a period, or a month of a unit; `pk` is the unit's."""

    pk: int
    code: str
    name: str
    url: str
    counts: Counts
    dossiers: str
    handed_out: str
    taken_in: str
    rated: str
    overall: Mean | None = None
    answers: str = ""


@dataclass(frozen=True, slots=True)
class TopicLine:
    """What the answers to one topic come to."""

    id: str
    name: str
    mean: Mean
    most: int


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """How often one answer was given; `points` is None where it does not count."""

    name: str
    points: int | None
    number: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class AnsweredTopic:
    """One topic with all its answers."""

    id: str
    name: str
    question: str
    lines: Sequence[AnswerLine]
    mean: Mean


@dataclass(frozen=True, slots=True)
class OfficialLine:
    """An official with what is shown of them; no topics where there are too few ratings."""

    name: str
    code: str
    number: int
    topics: Sequence[tuple[str, Mean]]
    answers: str


def unit_line(unit: Unit, counts: Counts, period: Period, overall: Mean | None, *, has_answers: bool) -> Line:
    """A unit in the list of units."""
    return _line(unit, unit.name, to_unit(unit, period), counts, period, overall, has_answers=has_answers)


def month_lines(unit: Unit, counted: Mapping[int, Counts], year: int) -> list[Line]:
    """The months of a year that have dossiers."""
    return [
        _line(unit, f"{month}/{year}", "", counts, Period(year, month), None, has_answers=False)
        for month, counts in sorted(counted.items())
    ]


def topic_lines(means: Mapping[str, Mean]) -> list[TopicLine]:
    """In the order of the form; topics that nobody answered have no average."""
    language = current_language()
    return [
        TopicLine(topic.id, topic.name.in_language(language), means.get(topic.id, Mean(0, 0)), topic.most)
        for topic in all_topics().values()
    ]


def topic_names() -> list[str]:
    """Headings of topics, in the order of the form."""
    return [topic.name.in_language(current_language()) for topic in all_topics().values()]


def answered_topics(counted: Mapping[tuple[str, str], int]) -> list[AnsweredTopic]:
    """Topics that somebody answered, with every answer, also those that nobody gave."""
    language, shown = current_language(), []
    for topic in all_topics().values():
        numbers = [(one, counted.get((topic.id, one.id), 0)) for one in topic.choices]
        total = sum(number for _, number in numbers)
        if not total:
            continue
        lines = [
            AnswerLine(one.name.in_language(language), one.points, number, Fraction(number, total))
            for one, number in numbers
        ]
        counting = [(one.points, number) for one, number in numbers if one.points is not None]
        mean = Mean(sum(points * number for points, number in counting), sum(number for _, number in counting))
        name, question = topic.name.in_language(language), topic.question.in_language(language)
        shown.append(AnsweredTopic(topic.id, name, question, lines, mean))
    return shown


def official_lines(
    unit: Unit, period: Period, officials: Iterable[OfOfficial], means: Mapping[int, Mapping[str, Mean]]
) -> list[OfficialLine]:
    """By name; who has too few ratings stands there without figures."""
    return [
        OfficialLine(
            one.official.name, one.official.code, len(one.ratings),
            [(topic.name, topic.mean) for topic in topic_lines(means[one.official.pk])] if one.ratings else [],
            to_answers(unit, period.whole_year, one.official.code) if one.ratings else "",
        )
        for one in officials
    ]  # fmt: skip


def _line(
    unit: Unit, name: str, url: str, counts: Counts, period: Period, overall: Mean | None, *, has_answers: bool
) -> Line:
    return Line(
        unit.pk, unit.code, name, url, counts, to_dossiers(unit, period), to_dossiers(unit, period, "phat"),
        to_dossiers(unit, period, "thu"), to_dossiers(unit, period, "danh-gia"), overall,
        to_answers(unit, period) if has_answers else "",
    )  # fmt: skip
