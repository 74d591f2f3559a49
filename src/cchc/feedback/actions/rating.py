"""A dossier is rated by its owner, once. What was answered lies in the tables alone; events say that it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.dossiers.models import Dossier
from cchc.feedback.actions.handing_out import came_back, form_of, given_rating, lock
from cchc.feedback.audit_kinds import RATED, WORDS_ERASED
from cchc.feedback.models import LINK, PAPER, TABLET, Rating, RatingAnswer, RatingHandOut, TabletPass
from cchc.feedback.policies import may_rate
from cchc.feedback.rating_forms import OVERALL, RatingForm
from cchc.feedback.states import OUT
from cchc.feedback.tablets import is_open
from cchc.followups.actions.recording import said
from cchc.organizations.doers import done_by
from cchc.records.errors import refuse


@dataclass(frozen=True, slots=True)
class Given:
    """What an owner answered: ids of answers by the ids of topics, and words."""

    answers: Mapping[str, str] = field(default_factory=dict)
    words: str = ""


def owner_of(dossier: Dossier) -> Actor:
    """How the chain names whoever holds the slip: by the code, never by a name."""
    return Actor("public", dossier.code)


@action
def rate(*, actor: Actor, now: datetime, dossier: Dossier, given: Given) -> Rating:
    """By link, by whoever knows the token of the slip.

    Raises `feedback.rated_already`, `feedback.not_yet`, `feedback.withdrawn`, `feedback.unknown_answer`.
    """
    return _rated(lock(dossier), LINK, given, now, {})


@action
def rate_on_tablet(*, actor: Actor, now: datetime, dossier: Dossier, key: str, given: Given) -> Rating:
    """On the tablet of the counter, which closes with it. Raises `feedback.tablet_not_found`, what `rate` raises."""
    taken = lock(dossier)
    opened = TabletPass.objects.filter(dossier=taken).first()
    if not is_open(opened, key, now):
        raise refuse("feedback.tablet_not_found")
    return _rated(taken, TABLET, given, now, {})


@action
def type_paper(*, actor: Actor, now: datetime, dossier: Dossier, given: Given) -> Rating:
    """A paper form that was taken in, typed by an official, who is recorded. Raises what `rate` raises."""
    return _rated(lock(dossier), PAPER, given, now, done_by(actor, "typed"))


@action
def erase_words(*, actor: Actor, now: datetime, ratings: Sequence[Rating]) -> None:
    """What owners wrote goes when its time is over; the answers stay as numbers."""
    for rating in ratings:
        rating.words = ""
        rating.save(update_fields=["words"])
        record(WORDS_ERASED, rating)


def _rated(dossier: Dossier, channel: str, given: Given, now: datetime, typed: Mapping[str, object]) -> Rating:
    """The lock lets one of several go first; the others find the rating there."""
    may_rate(dossier, given_rating(dossier)).require()
    form = form_of(dossier)
    answers = _checked(form, given.answers)
    rating = Rating.objects.create(
        dossier=dossier, form=form.id, channel=channel, words=said(given.words), rated_at=now, **typed
    )
    for one in answers:
        one.rating = rating
    RatingAnswer.objects.bulk_create(answers)
    TabletPass.objects.filter(dossier=dossier).update(key="")
    record(RATED, rating, after={"dossier": dossier.pk, "form": form.id, "channel": channel})
    _take_in_open(dossier, now, {f"taken_in_{key.removeprefix('typed_')}": value for key, value in typed.items()})
    return rating


def _checked(form: RatingForm, answers: Mapping[str, str]) -> list[RatingAnswer]:
    """Raises `feedback.unknown_answer` for what is no answer of the form, or where the first question has none."""
    topics = {topic.id: topic for topic in form.topics}
    made = []
    for topic_id, answer in answers.items():
        choice = topics[topic_id].choice(answer) if topic_id in topics else None
        if choice is None:
            raise refuse("feedback.unknown_answer")
        made.append(RatingAnswer(topic=topic_id, answer=answer, points=choice.points))
    if OVERALL not in answers:
        raise refuse("feedback.unknown_answer")
    return made


def _take_in_open(dossier: Dossier, now: datetime, taken_in: dict[str, object]) -> None:
    newest = RatingHandOut.objects.filter(dossier=dossier).order_by("-pk").first()
    if newest is not None and newest.state == OUT:
        came_back(newest, "take_in" if taken_in else "rate", now, taken_in)
