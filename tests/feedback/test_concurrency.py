"""Two tabs at once, the tablet and the link, two officers at one counter: one goes first, the others are told."""

from __future__ import annotations

from typing import Any

import pytest

from cchc.audit.queries import verify_chain
from cchc.feedback.actions.handing_out import hand_out, open_tablet
from cchc.feedback.actions.rating import Given, owner_of, rate, rate_on_tablet, type_paper
from cchc.feedback.models import Rating, RatingAnswer, RatingHandOut
from cchc.records.errors import DomainError
from tests.factories.dossiers import Desk, at, desk_of_a_commune
from tests.factories.feedback import ALL_WELL, settled_dossier
from tests.followups.test_concurrency import at_once

pytestmark = pytest.mark.usefixtures("committed_database")


@pytest.fixture
def desk(committed_database: str) -> Desk:
    return desk_of_a_commune()


def refusals(answers: list[Any]) -> list[str]:
    return [one.code for one in answers if isinstance(one, DomainError)]


@pytest.mark.requirement(13)
def test_a_dossier_is_rated_once_whoever_tries_at_the_same_moment(desk: Desk):
    dossier = settled_dossier(desk)
    key = open_tablet(**desk.as_(desk.receiver, "23 16:00"), dossier=dossier).key
    by, given = {"actor": owner_of(dossier), "now": at("23 16:01"), "dossier": dossier}, Given(ALL_WELL)
    ways = [
        lambda: rate(**by, given=given),
        lambda: rate_on_tablet(**by, key=key, given=given),
        lambda: type_paper(**desk.as_(desk.receiver, "23 16:01"), dossier=dossier, given=given),
    ]
    answers = at_once(ways * 3)
    assert len([one for one in answers if isinstance(one, Rating)]) == 1
    assert len(refusals(answers)) == 8
    assert set(refusals(answers)) <= {"feedback.rated_already", "feedback.tablet_not_found"}
    assert Rating.objects.count() == 1 and RatingAnswer.objects.count() == 3
    assert verify_chain().is_valid


def test_a_form_is_handed_out_once_an_occasion(desk: Desk):
    dossier = settled_dossier(desk)
    by = desk.as_(desk.receiver, "23 16:00")
    answers = at_once([lambda: hand_out(**by, dossier=dossier, way="paper")] * 4)
    assert refusals(answers) == ["feedback.handed_out_already"] * 3
    assert RatingHandOut.objects.count() == 1
