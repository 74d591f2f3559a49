"""What the state of a dossier allows, whoever asks."""

from __future__ import annotations

from typing import Final

from cchc.dossiers.models import Dossier
from cchc.dossiers.states import REFUSED, REGISTERED, RETURNED, SETTLED, STOPPED, WITHDRAWN
from cchc.feedback.models import RECEPTION, RESULT, Rating, RatingHandOut
from cchc.feedback.states import HAND_OUT
from cchc.interface.access import ALLOWED, Verdict, denied

RATEABLE: Final = (SETTLED, RETURNED, REFUSED, STOPPED)
"""States in which there is something to rate: a result, a refusal or a stop with its reason."""


def may_rate(dossier: Dossier, given: Rating | None) -> Verdict:
    """Whether it may be rated as it stands: once, when it is over; not where its owner took it back."""
    if given is not None:
        return denied("feedback.rated_already")
    if dossier.state == WITHDRAWN:
        return denied("feedback.withdrawn")
    return ALLOWED if dossier.state in RATEABLE else denied("feedback.not_yet")


def occasion_of(dossier: Dossier) -> str:
    """With what a form goes out now: with the slip until there is a result."""
    has_ended = dossier.state in {SETTLED, RETURNED, STOPPED}
    return RESULT if has_ended else RECEPTION


def may_hand_out(dossier: Dossier, before: RatingHandOut | None, given: Rating | None) -> Verdict:
    """Once an occasion, while the dossier is not rated; `before` is the form of this occasion."""
    if given is not None:
        return denied("feedback.rated_already")
    if dossier.state in {REGISTERED, WITHDRAWN}:
        return denied("feedback.no_form_now")
    return ALLOWED if before is None else denied("feedback.handed_out_already")


def may_take_in(handed_out: RatingHandOut) -> Verdict:
    """Once, after it was handed out."""
    sources = HAND_OUT.step("take_in").sources
    return ALLOWED if handed_out.state in sources else denied("feedback.taken_in_already")
