"""Rating forms handed out and taken in at the counter, and opened on its tablet."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.utils.timezone import localdate

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.models import Dossier
from cchc.feedback.audit_kinds import FORM_HANDED_OUT, FORM_TAKEN_IN, TABLET_OPENED
from cchc.feedback.models import TABLET, Rating, RatingHandOut, TabletPass
from cchc.feedback.policies import may_hand_out, may_rate, may_take_in, occasion_of
from cchc.feedback.rating_forms import RatingForm, form_on
from cchc.feedback.states import HAND_OUT
from cchc.organizations.doers import done_by
from cchc.records.errors import refuse


@action
def hand_out(*, actor: Actor, now: datetime, dossier: Dossier, way: str) -> RatingHandOut:
    """The form is given out, with the slip or with the result, as the dossier stands.

    Raises `feedback.handed_out_already`, `feedback.no_form_now`, `feedback.rated_already`.
    """
    taken = lock(dossier)
    may_hand_out(taken, _of_this_occasion(taken), given_rating(taken)).require()
    return _handed_out(taken, way, actor, now)


@action
def take_in(*, actor: Actor, now: datetime, dossier: Dossier) -> RatingHandOut:
    """The newest form that was handed out comes back. Raises `feedback.nothing_to_take_in`,
    `feedback.taken_in_already`.
    """
    taken = lock(dossier)
    newest = RatingHandOut.objects.filter(dossier=taken).order_by("-pk").first()
    if newest is None:
        raise refuse("feedback.nothing_to_take_in")
    may_take_in(newest).require()
    came_back(newest, "take_in", now, done_by(actor, "taken_in"))
    return newest


@action
def open_tablet(*, actor: Actor, now: datetime, dossier: Dossier) -> TabletPass:
    """The form is opened on the tablet, which counts as handing it out where none was on this occasion. An address
    opened before no longer leads anywhere.

    Raises `feedback.not_yet`, `feedback.rated_already`, `feedback.withdrawn`.
    """
    taken = lock(dossier)
    may_rate(taken, given_rating(taken)).require()
    if _of_this_occasion(taken) is None:
        _handed_out(taken, TABLET, actor, now)
    until = now + timedelta(minutes=form_of(taken).tablet_minutes)
    opening = {"key": token_urlsafe(32), "until": until, **done_by(actor, "opened")}
    opened, _ = TabletPass.objects.update_or_create(dossier=taken, defaults=opening)
    record(TABLET_OPENED, opened, after={"dossier_id": taken.pk, "until": until})
    return opened


def lock(dossier: Dossier) -> Dossier:
    """The dossier, held until the action ends: whoever else handles its forms or rates it waits."""
    return Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)


def given_rating(dossier: Dossier) -> Rating | None:
    """The rating that it has. One query."""
    return Rating.objects.filter(dossier=dossier).first()


def form_of(dossier: Dossier) -> RatingForm:
    """The form by which it is rated: that of the day on which it was handed in. Raises `records.not_in_force`."""
    return form_on(localdate(dossier.submitted_at)).value


def came_back(handed_out: RatingHandOut, step: str, now: datetime, taken_in: dict[str, object]) -> None:
    """It was taken in, by somebody or by itself; the chain says so."""
    before = values_of(handed_out)
    handed_out.state = HAND_OUT.after(handed_out.state, HAND_OUT.step(step))
    handed_out.taken_in_at = now
    for column, value in taken_in.items():
        setattr(handed_out, column, value)
    handed_out.save()
    record(FORM_TAKEN_IN, handed_out, before=before, after=values_of(handed_out))


def _handed_out(dossier: Dossier, way: str, actor: Actor, now: datetime) -> RatingHandOut:
    made = RatingHandOut.objects.create(
        dossier=dossier, occasion=occasion_of(dossier), way=way, state=HAND_OUT.first, handed_out_at=now,
        **done_by(actor, "handed_out"),
    )  # fmt: skip
    record(FORM_HANDED_OUT, made, after=values_of(made))
    return made


def _of_this_occasion(dossier: Dossier) -> RatingHandOut | None:
    return RatingHandOut.objects.filter(dossier=dossier, occasion=occasion_of(dossier)).first()
