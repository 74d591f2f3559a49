"""The forms by which dossiers are rated, as dated, sourced data (`rating_forms.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from cchc.records.errors import refuse
from cchc.records.schema import Fields, as_count, as_items, as_local_text, as_text, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import Node, read_yaml

OVERALL: Final = "overall"
"""The topic that every form has, and that has to be answered."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that may be given; `points` is None where it does not count in the average."""

    id: str
    name: LocalText
    points: int | None


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that is asked: its short name, the question, the answers."""

    id: str
    name: LocalText
    question: LocalText
    choices: tuple[Choice, ...]

    @property
    def most(self) -> int:
        """The points of its best answer."""
        return max(one.points or 0 for one in self.choices)

    def choice(self, id_: str) -> Choice | None:
        """The answer with that id; None for no answer of this topic."""
        return next((one for one in self.choices if one.id == id_), None)


@dataclass(frozen=True, slots=True)
class RatingForm:
    """One version of the form; what was answered is confidential below so many ratings."""

    id: str
    topics: tuple[Topic, ...]
    confidential_below: int
    tablet_minutes: int


def form_on(day: date) -> Dated[RatingForm]:
    """The form of that day. Raises `records.not_in_force`."""
    return _timeline().as_of(day)


def all_topics() -> dict[str, Topic]:
    """Every topic that any version asks, by its id, as the newest that asks it words it."""
    return {topic.id: topic for record in _timeline().records for topic in record.value.topics}


@cache
def _timeline() -> Timeline[RatingForm]:
    name = "rating_forms.yaml"
    return read_forms((resources.files("cchc.feedback") / name).read_bytes(), f"cchc/feedback/{name}")


def read_forms(content: bytes, file: str) -> Timeline[RatingForm]:
    """All records of a file. Raises what `records` refuses, with file and line; `feedback.form_without_overall`,
    `feedback.topic_without_points`.
    """
    with reading(read_yaml(content, file)) as fields:
        dated = [as_dated(node, _form) for node in as_items(fields.need("forms"))]
    return Timeline(LocalText("Phiếu đánh giá việc giải quyết hồ sơ", "The rating form"), dated)


def _form(fields: Fields) -> RatingForm:
    topics = tuple(_topic(node) for node in as_items(fields.need("topics")))
    if not topics or topics[0].id != OVERALL:
        raise refuse("feedback.form_without_overall", fields.place)
    return RatingForm(
        as_text(fields.need("id")),
        topics,
        as_count(fields.need("confidential_below")),
        as_count(fields.need("tablet_minutes")),
    )


def _topic(node: Node) -> Topic:
    with reading(node) as fields:
        choices = tuple(_choice(one) for one in as_items(fields.need("answers")))
        if all(one.points is None for one in choices):
            raise refuse("feedback.topic_without_points", fields.place)
        return Topic(
            as_text(fields.need("id")),
            as_local_text(fields.need("name")),
            as_local_text(fields.need("question")),
            choices,
        )


def _choice(node: Node) -> Choice:
    with reading(node) as fields:
        return Choice(as_text(fields.need("id")), as_local_text(fields.need("name")), fields.maybe("points", as_count))
