"""Ratings for tests: of dossiers settled the real way, or many at once for arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc.audit.recording import unguarded
from cchc.dossiers.models import Dossier
from cchc.feedback.actions.rating import Given, owner_of, rate
from cchc.feedback.models import Rating, RatingAnswer, RatingHandOut
from cchc.feedback.rating_forms import all_topics
from cchc.organizations.models import Official, Unit
from tests.factories.dossiers import ZONE, Desk, at, intake, received, settled

ALL_WELL = {"overall": "very_satisfied", "time": "earlier", "attitude": "good"}


def settled_dossier(desk: Desk, when: str = "23 08:00", done: str = "23 15:00", **more: Any) -> Dossier:
    """Received and settled by the people of the desk."""
    return settled(desk, received(desk, when=when, **more), done)


def rated(dossier: Dossier, answers: dict[str, str] | None = None, words: str = "", when: str = "23 16:00") -> Rating:
    """By its owner, by link."""
    given = Given(ALL_WELL if answers is None else answers, words)
    return rate(actor=owner_of(dossier), now=at(when), dossier=dossier, given=given)


def several_rated(desk: Desk, *overall: str, when: str = "23 08:00", done: str = "23 15:00") -> list[Rating]:
    """One dossier for each answer to the first question."""
    made = []
    for number, answer in enumerate(overall):
        person = intake(desk.procedures["MAU-001"], number=f"0013000{number:05}")
        made.append(rated(settled_dossier(desk, when, done, intake=person), {"overall": answer}, f"Lời {number}"))
    return made


@dataclass(frozen=True)
class Made:
    """A dossier with what became of its form; `answers` None where it was not rated."""

    unit: Unit | None = None
    year: int = 2026
    month: int = 11
    hand_out: str | None = None
    answers: dict[str, str] | None = None


def made_dossiers(like: Dossier, by: Official, wanted: Sequence[Made]) -> None:
    """Copies of a dossier in the database, past all actions: for counting many."""
    first = Dossier.objects.count() + 1
    topics = all_topics()
    with unguarded():
        for number, one in enumerate(wanted, first):
            moment = datetime(one.year, one.month, 3, 9, tzinfo=ZONE)
            dossier = Dossier.objects.get(pk=like.pk)
            dossier.pk, dossier.code, dossier.submitted_at = None, f"ban-sao-{number}", moment
            dossier.unit = one.unit or like.unit
            dossier.save(force_insert=True)
            if one.hand_out is not None:
                RatingHandOut.objects.create(
                    dossier=dossier, occasion="reception", way="paper", state=one.hand_out, handed_out_at=moment,
                    handed_out_by=by,
                )  # fmt: skip
            if one.answers is not None:
                rating = Rating.objects.create(dossier=dossier, form="tt01-2018", channel="link", rated_at=moment)
                for topic, chosen in one.answers.items():
                    choice = topics[topic].choice(chosen)
                    assert choice is not None
                    RatingAnswer.objects.create(rating=rating, topic=topic, answer=chosen, points=choice.points)
