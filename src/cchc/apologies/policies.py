"""What the state of a letter and of its dossier allows, whoever asks."""

from __future__ import annotations

from cchc.apologies.models import Letter
from cchc.apologies.rules import Rules
from cchc.apologies.states import LETTER
from cchc.dossiers.models import Dossier
from cchc.interface.access import ALLOWED, Verdict, denied


def may_become(letter: Letter, act: str) -> Verdict:
    """Whether a step of the table leads from where the letter stands. Raises `LookupError` for no step."""
    step, state = LETTER.step(act), LETTER.state(letter.state)
    if state.id in step.sources:
        return ALLOWED
    return denied("apologies.not_in_state", step=step.name, state=state.name)


def may_have_mistakes(dossier: Dossier) -> Verdict:
    """Whatever was received may, also when it has ended."""
    return ALLOWED if dossier.received_at is not None else denied("apologies.not_received")


def is_mistake(rules: Rules, cause: str) -> Verdict:
    """Whether the cause owes an apology without lateness."""
    return ALLOWED if cause in rules.mistakes else denied("apologies.no_mistake")
