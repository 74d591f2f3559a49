"""What the state of a dossier or a step allows, whoever asks."""

from __future__ import annotations

from cchc.dossiers.models import Advice, Dossier, StepInstance
from cchc.dossiers.reasons import REASONS
from cchc.dossiers.states import (
    BEGUN,
    DELIVERED,
    DOSSIER,
    HELD,
    OPEN,
    OWED,
    REGISTERED,
    RETURNED,
    RUNNING,
    SETTLED,
    STEP,
)
from cchc.dossiers.states_beside import ADVICE
from cchc.dossiers.terms import terms_of
from cchc.interface.access import ALLOWED, Verdict, denied


def may_become(dossier: Dossier, act: str) -> Verdict:
    """Whether a step of the table leads from where the dossier stands. Raises `LookupError` for no step."""
    step, state = DOSSIER.step(act), DOSSIER.state(dossier.state)
    if state.id in step.sources:
        return ALLOWED
    return denied("dossiers.not_in_state", step=step.name, state=state.name)


def step_may_become(step: StepInstance, act: str) -> Verdict:
    """The same of one step of a dossier; none is worked on while the dossier waits."""
    taken, state = STEP.step(act), STEP.state(step.state)
    if state.id not in taken.sources:
        return denied("dossiers.step_not_in_state", act=taken.name, step=_named(step), state=state.name)
    if step.state in BEGUN and step.dossier.state not in RUNNING:
        return denied("dossiers.not_running", state=DOSSIER.state(step.dossier.state).name)
    return ALLOWED


def supplement_is_first(dossier: Dossier) -> Verdict:
    """Papers are asked for once, in full; a second time needs an override and counts as late."""
    return ALLOWED if not dossier.supplements else denied("dossiers.second_supplement")


def may_put_off(dossier: Dossier) -> Verdict:
    """As often as the procedure says; once more needs an override."""
    if dossier.due_at is None:
        return denied("dossiers.no_appointment")
    most = terms_of(dossier).extensions
    return ALLOWED if dossier.extensions < most else denied("dossiers.extension_spent", most=most)


def fee_is_settled(dossier: Dossier) -> Verdict:
    """No result is handed over while something is to be paid."""
    return denied("dossiers.fee_owed", amount=dossier.fee) if dossier.finance == OWED else ALLOWED


def not_archived(dossier: Dossier) -> Verdict:
    """What lies in the archive is read and corrected alone."""
    return ALLOWED if dossier.archived_at is None else denied("dossiers.archived", since=dossier.archived_at)


def may_lay(dossier: Dossier) -> Verdict:
    """Only what is over is archived: handed over, refused, withdrawn, stopped."""
    if dossier.state in DOSSIER.final:
        return ALLOWED
    return denied("dossiers.not_over", state=DOSSIER.state(dossier.state).name)


def may_ask(step: StepInstance) -> Verdict:
    """Opinions are asked for while somebody holds the step and its dossier runs."""
    if step.state != HELD:
        return denied("dossiers.not_held", step=_named(step), state=STEP.state(step.state).name)
    if step.dossier.state not in RUNNING:
        return denied("dossiers.not_running", state=DOSSIER.state(step.dossier.state).name)
    return ALLOWED


def advice_may_become(advice: Advice, act: str) -> Verdict:
    """Whether a step of the table leads from where an opinion stands. Raises `LookupError` for no step."""
    if advice.state in ADVICE.step(act).sources:
        return ALLOWED
    return denied("dossiers.advice_over", state=ADVICE.state(advice.state).name)


def papers_are_taken(dossier: Dossier) -> Verdict:
    """Files are put to papers until the dossier has ended."""
    return ALLOWED if dossier.state in (REGISTERED, *OPEN) else _closed_for_files(dossier)


def result_is_taken(dossier: Dossier) -> Verdict:
    """The signed file may come with the result, or after it was handed over, until the dossier is archived."""
    is_open = dossier.state in (*RUNNING, SETTLED, RETURNED)
    return not_archived(dossier) if is_open else _closed_for_files(dossier)


def result_may_go(dossier: Dossier) -> Verdict:
    """What was handed over stays."""
    return denied("dossiers.result_stays") if dossier.delivery == DELIVERED else ALLOWED


def _closed_for_files(dossier: Dossier) -> Verdict:
    return denied("dossiers.closed_for_files", state=DOSSIER.state(dossier.state).name)


def reason_is_known(act: str, code: str) -> Verdict:
    """Whether the code is one of those that the step offers."""
    return ALLOWED if code in REASONS[act] else denied("dossiers.unknown_reason")


def _named(step: StepInstance) -> str:
    return step.name_vi
