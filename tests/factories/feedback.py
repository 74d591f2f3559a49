"""Ratings for tests: of dossiers settled the real way, or many at once for arithmetic."""

from __future__ import annotations

from typing import Any

from cchc.dossiers.models import Dossier
from cchc.feedback.actions.rating import Given, owner_of, rate
from cchc.feedback.models import Rating
from tests.factories.dossiers import Desk, at, intake, received, settled

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
