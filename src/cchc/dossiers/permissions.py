"""Who may do what with dossiers and their steps. What their state allows is asked of `policies`.

Dossiers hold what citizens wrote about themselves: they are seen by those who receive, settle, sign or are in charge
of them, and by procedure-control officers, over the units concerned; a colleague without such a role sees none.
"""

from __future__ import annotations

from typing import Final

from cchc.dossiers.models import Advice, Dossier, StepInstance
from cchc.dossiers.queries.advice import ADVISERS
from cchc.dossiers.queries.bodies import bodies_of
from cchc.dossiers.states import DOSSIER, HELD, HOLDER, MANAGER, RECEIVER, STEP
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer

ONE_STOP_HEAD: Final = "one_stop_head"
RECEIVERS: Final = ("receiving_officer", "one_stop_head")
MANAGERS: Final = ("one_stop_head", "unit_head")
WORKERS: Final = ("receiving_officer", "settling_official", "signing_leader", *MANAGERS)
READERS: Final = (*WORKERS, "procedure_control_officer")


@permission
def may_see_dossiers(viewer: Viewer) -> Verdict:
    """Those in one's own scope (`queries.scope`): whoever works on dossiers, is in charge of them or controls them."""
    if not viewer.is_signed_in:
        return denied("organizations.sign_in_not_allowed")
    return ALLOWED if viewer.holds_anywhere(*READERS) else denied("dossiers.desk_not_allowed")


@permission
def may_receive(viewer: Viewer, unit: Unit) -> Verdict:
    """Receive or refuse what is handed in at a unit: its receiving officers and the head of its one-stop."""
    return ALLOWED if viewer.holds_over(unit, *RECEIVERS) else denied("dossiers.receivers_not_allowed")


@permission
def may_act(viewer: Viewer, dossier: Dossier, act: str) -> Verdict:
    """A step of the table of dossiers: the side that it names, or for what is paid the one that the table of fees
    names. Raises `LookupError` for no step.
    """
    if act == "pay":
        return may_receive(viewer, dossier.unit)
    side = MANAGER if act == "waive" else DOSSIER.step(act).who
    if side == RECEIVER:
        return may_receive(viewer, dossier.unit)
    if side == HOLDER:
        return ALLOWED if holds_a_step(viewer, dossier) else denied("dossiers.holders_not_allowed")
    return _may_manage(viewer, dossier)


@permission
def may_work(viewer: Viewer, step: StepInstance, act: str) -> Verdict:
    """A step of the table of steps: who holds it, who may take it by the role, who is in charge. When it was really
    done is claimed by who had it. Raises `LookupError` for no step.
    """
    side = HOLDER if act == "claim_completion" else STEP.step(act).who
    if side == HOLDER:
        return ALLOWED if _is_holder(viewer, step) else denied("dossiers.holders_not_allowed")
    if side == MANAGER:
        return _may_manage(viewer, step.dossier)
    takes = viewer.holds_over(step.unit, step.role) or (step.role, step.unit_id) in held_in_offices(viewer)
    return ALLOWED if takes else denied("dossiers.candidates_not_allowed")


@permission
def may_see_archive(viewer: Viewer) -> Verdict:
    """Which dossiers wait to be archived, and which were: whoever receives somewhere."""
    return ALLOWED if viewer.holds_anywhere(*RECEIVERS) else denied("dossiers.receivers_not_allowed")


@permission
def may_archive(viewer: Viewer, dossier: Dossier) -> Verdict:
    """Lay a dossier into the archive: receiving officers and the head of the one-stop that received it."""
    return may_receive(viewer, dossier.unit)


@permission
def may_correct(viewer: Viewer, dossier: Dossier) -> Verdict:
    """Put right what was typed wrongly: the same."""
    return may_receive(viewer, dossier.unit)


@permission
def may_see_failures(viewer: Viewer) -> Verdict:
    """What the receiver of reports refused: heads of one-stops, of theirs."""
    return ALLOWED if viewer.holds_anywhere(ONE_STOP_HEAD) else denied("dossiers.one_stop_heads_not_allowed")


@permission
def may_send_again(viewer: Viewer, dossier: Dossier) -> Verdict:
    """Have a refused report sent again: the head of the one-stop that received the dossier."""
    held = viewer.holds_over(dossier.unit, ONE_STOP_HEAD)
    return ALLOWED if held else denied("dossiers.one_stop_heads_not_allowed")


@permission
def may_ask_advice(viewer: Viewer, step: StepInstance) -> Verdict:
    """Ask others for an opinion, take the question back, note what a body outside says: whoever holds the step."""
    return ALLOWED if _is_holder(viewer, step) else denied("dossiers.holders_not_allowed")


@permission
def may_answer_advice(viewer: Viewer, advice: Advice) -> Verdict:
    """The official asked; of a unit those who settle, sign or are in charge there; for a body outside the holder."""
    if advice.is_outside:
        return may_ask_advice(viewer, advice.step)
    if advice.unit is not None:
        is_asked = viewer.holds_over(advice.unit, *ADVISERS)
    else:
        is_asked = viewer.answers_as is not None and viewer.answers_as.pk == advice.official_id
    return ALLOWED if is_asked else denied("dossiers.advisers_not_allowed")


def held_in_offices(viewer: Viewer) -> frozenset[tuple[str, int]]:
    """Roles held over offices, each with the body that the office belongs to: there they take steps, too. One query,
    once.
    """
    return viewer.once("dossiers.held_in_offices", lambda: _held_in_offices(viewer))


def _held_in_offices(viewer: Viewer) -> frozenset[tuple[str, int]]:
    held = [hold for hold in viewer.holds if hold.role in WORKERS]
    bodies = bodies_of({hold.unit for hold in held}, viewer.day)
    return frozenset((hold.role, bodies[hold.unit]) for hold in held if hold.unit in bodies)


def may_override(viewer: Viewer, dossier: Dossier) -> bool:
    """Whether the viewer may allow what the rule allows once: a second request for papers, another appointment."""
    return bool(_may_manage(viewer, dossier))


def holds_a_step(viewer: Viewer, dossier: Dossier) -> bool:
    """Whether one of the steps at work is the viewer's. One query, once as the dossier stands."""
    if not viewer.is_signed_in:
        return False
    held = StepInstance.objects.filter(dossier=dossier, state=HELD, holder=viewer.acting)
    return viewer.once(("dossiers.holds_a_step", dossier.pk, dossier.version), held.exists)


def _is_holder(viewer: Viewer, step: StepInstance) -> bool:
    return viewer.is_signed_in and step.holder_id is not None and step.holder_id == viewer.acting.pk


def _may_manage(viewer: Viewer, dossier: Dossier) -> Verdict:
    held = any(viewer.holds_over(unit, *MANAGERS) for unit in (dossier.unit, dossier.settling_unit))
    return ALLOWED if held else denied("dossiers.managers_not_allowed")
