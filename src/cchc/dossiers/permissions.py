"""Who may do what with dossiers and their steps. What their state allows is asked of `policies`.

Dossiers hold what citizens wrote about themselves: they are seen by those who receive, settle, sign or are in charge
of them, and by procedure-control officers, over the units concerned; a colleague without such a role sees none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from cchc.dossiers.models import ActualCompletion, Advice, Dossier, StepInstance
from cchc.dossiers.queries.absences import MANAGERS, finding_stood_in_for, stood_in_for, units_of_work
from cchc.dossiers.queries.advice import ADVISERS
from cchc.dossiers.queries.bodies import finding_bodies
from cchc.dossiers.states import DOSSIER, HELD, HOLDER, MANAGER, RECEIVER, STEP
from cchc.followups.permissions import FOLLOWER_ROLES
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.interface.prepared import Prepared
from cchc.interface.together import Reads, all_of, answer, made_of
from cchc.organizations.models import Ancestry, Official, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.standing import Hold
from cchc.organizations.viewers import Viewer

ONE_STOP_HEAD: Final = "one_stop_head"
RECEIVERS: Final = ("receiving_officer", "one_stop_head")
LEADERS: Final = ("one_stop_head", "unit_head", "signing_leader")
WORKERS: Final = ("receiving_officer", "settling_official", "signing_leader", *MANAGERS)
READERS: Final = (*WORKERS, "procedure_control_officer")
TARGET_SETTERS: Final = FOLLOWER_ROLES
TARGET_READERS: Final = tuple(dict.fromkeys((*READERS, *TARGET_SETTERS)))
_FEW_UNITS: Final = 8
_FEW_LINKS: Final = 24


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
def may_note_paper(viewer: Viewer, unit: Unit) -> Verdict:
    """Note how many dossiers a unit received on paper alone: its receiving officers, the heads of one-stop and unit."""
    held = viewer.holds_over(unit, *RECEIVERS, *MANAGERS)
    return ALLOWED if held else denied("dossiers.paper_not_allowed")


@permission
def may_see_targets(viewer: Viewer) -> Verdict:
    """What units in one's scope are to reach: whoever sees dossiers, and who follows units."""
    if not viewer.is_signed_in:
        return denied("organizations.sign_in_not_allowed")
    return ALLOWED if viewer.holds_anywhere(*TARGET_READERS) else denied("dossiers.desk_not_allowed")


@permission
def may_set_targets(viewer: Viewer) -> Verdict:
    """Set any: whoever gives units tasks and follows them; each unit is asked about again."""
    held = viewer.holds_anywhere(*TARGET_SETTERS)
    return ALLOWED if held else denied("dossiers.target_setters_not_allowed")


@permission
def may_set_target(viewer: Viewer, unit: Unit) -> Verdict:
    """Set what a unit is to reach, or end it: who follows it from above. Nobody of the unit itself does, as nobody of
    the owner's side follows a task.
    """
    if not viewer.holds_over(unit, *TARGET_SETTERS):
        return denied("dossiers.target_setters_not_allowed")
    return denied("dossiers.own_target_not_allowed") if viewer.is_own(unit) else ALLOWED


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
        return ALLOWED if is_holder(viewer, step) else denied("dossiers.holders_not_allowed")
    if side == MANAGER:
        return _may_manage(viewer, step.dossier)
    return ALLOWED if _fits(viewer, step) else denied("dossiers.candidates_not_allowed")


@permission
def may_note_absence(viewer: Viewer, official: Official | None) -> Verdict:
    """That somebody is away, and who stands in: of oneself, or of somebody who works where one is in charge."""
    if not viewer.is_signed_in or official is None:
        return denied("organizations.sign_in_not_allowed")
    if not viewer.holds_anywhere(*READERS):
        return denied("dossiers.desk_not_allowed")
    if official.pk in {viewer.acting.pk, viewer.official and viewer.official.pk}:
        return ALLOWED
    held = any(viewer.holds_over(unit, *MANAGERS) for unit in units_of_work(official, viewer.day))
    return ALLOWED if held else denied("dossiers.absences_not_allowed")


@permission
def may_reassign(viewer: Viewer) -> Verdict:
    """Give many steps to somebody else at once: whoever is in charge somewhere; each step is asked about again."""
    return ALLOWED if viewer.holds_anywhere(*MANAGERS) else denied("dossiers.managers_not_allowed")


@permission
def may_lead(viewer: Viewer) -> Verdict:
    """See who has what, how late, and what came and went: heads and signing leaders, of their units."""
    return ALLOWED if viewer.holds_anywhere(*LEADERS) else denied("dossiers.leaders_not_allowed")


@permission
def may_remind(viewer: Viewer, step: StepInstance) -> Verdict:
    """Remind whoever holds a step: those who lead where its dossier was received or is settled."""
    units = (step.dossier.unit_id, step.dossier.settling_unit_id)
    held = any(viewer.holds_over_key(unit, *LEADERS) for unit in units)
    return ALLOWED if held else denied("dossiers.leaders_not_allowed")


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
    return ALLOWED if is_holder(viewer, step) else denied("dossiers.holders_not_allowed")


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


@permission
def may_file_paper(viewer: Viewer, dossier: Dossier) -> Verdict:
    """Put files to a paper that came, or end their citation: who receives at its unit, and whoever holds a step."""
    received = may_receive(viewer, dossier.unit)
    return ALLOWED if received or holds_a_step(viewer, dossier) else denied("dossiers.filing_not_allowed")


@permission
def may_file_result(viewer: Viewer, dossier: Dossier) -> Verdict:
    """Put the signed file to the result: the same, and who is in charge."""
    managed = _may_manage(viewer, dossier)
    return ALLOWED if managed or may_file_paper(viewer, dossier) else denied("dossiers.filing_not_allowed")


@permission
def may_file_claim(viewer: Viewer, claim: ActualCompletion) -> Verdict:
    """Show by a file when a step was really done: who claimed it, and who is in charge."""
    is_own = viewer.is_signed_in and claim.claimed_by_id is not None and claim.claimed_by_id == viewer.acting.pk
    allowed = is_own or _may_manage(viewer, claim.step.dossier)
    return ALLOWED if allowed else denied("dossiers.filing_not_allowed")


def held_in_offices(viewer: Viewer) -> frozenset[tuple[str, int]]:
    """Roles held over offices, each with the body that the office belongs to: there they take steps, too. One query,
    once, with `few_units`.
    """
    return answer(getting_offices(viewer))


def few_units(viewer: Viewer) -> tuple[int, ...] | None:
    """Units over which a role of the one-stop is held, in the order of their keys, where they are few: named one by
    one, their rows are found where an index has them in order. None where they are many.
    """
    by_role = few_units_of_roles(viewer)
    return None if by_role is None else tuple(sorted(frozenset().union(*by_role.values())))


def few_units_of_roles(viewer: Viewer) -> Mapping[str, frozenset[int]] | None:
    """The same for each of these roles that is held."""
    held_in_offices(viewer)
    return _known(viewer).units


def getting_offices(viewer: Viewer) -> Reads[frozenset[tuple[str, int]]]:
    """`held_in_offices`, to be read with others, and with it for whom the viewer stands in."""
    known = _known(viewer)
    held = [hold for hold in viewer.holds if hold.role in READERS]
    if known.is_read or not held:
        return Reads([], lambda: known.offices)
    works_over = {hold.unit for hold in held if hold.role in WORKERS}
    bodies, links = finding_bodies(works_over, viewer.day), _links_below(held, viewer.day)

    def remember(bodies: Mapping[int, int]) -> frozenset[tuple[str, int]]:
        over = [hold for hold in held if hold.role in WORKERS and hold.unit in bodies]
        known.offices = frozenset((hold.role, bodies[hold.unit]) for hold in over)
        known.units, known.is_read = _few_of(held, list(links)), True
        return known.offices

    return all_of([bodies, made_of(links, list), finding_stood_in_for(viewer)]).made(lambda read: remember(read[0]))


def _links_below(held: Sequence[Hold], day: date) -> QuerySet[Ancestry, tuple[int, int]]:
    """Units over which these roles are held, each with the one over which it is held; more than few, but not all."""
    direct, covering = ({hold.unit for hold in held if hold.covers_subtree == covers} for covers in (False, True))
    return _LINKS_BELOW(direct=sorted(direct), covering=sorted(covering), day=day)


def _few_of(held: Sequence[Hold], links: Sequence[tuple[int, int]]) -> Mapping[str, frozenset[int]] | None:
    if len(links) > _FEW_LINKS or len({unit for unit, _ in links}) > _FEW_UNITS:
        return None
    return {
        role: frozenset(
            unit for unit, above in links for hold in held
            if hold.role == role and hold.unit == above and (hold.covers_subtree or unit == above)
        )
        for role in {hold.role for hold in held}
    }  # fmt: skip


_LINKS_BELOW: Final = Prepared(
    lambda direct, covering, day: Ancestry.objects.filter(
        during(day), Q(depth=0, ancestor__in=direct) | Q(ancestor__in=covering)
    ).order_by("descendant", "pk").values_list("descendant", "ancestor")[: _FEW_LINKS + 1],
    direct=list[int], covering=list[int], day=date,
)  # fmt: skip


@dataclass(slots=True)
class _Known:
    """What was read of a viewer's scope: nothing yet, or also by role the units, None where they are many."""

    offices: frozenset[tuple[str, int]] = frozenset()
    units: Mapping[str, frozenset[int]] | None = field(default_factory=dict)
    is_read: bool = False


def _known(viewer: Viewer) -> _Known:
    return viewer.once("dossiers.known", _Known)


def may_override(viewer: Viewer, dossier: Dossier) -> bool:
    """Whether the viewer may allow what the rule allows once: a second request for papers, another appointment."""
    return bool(_may_manage(viewer, dossier))


def holds_a_step(viewer: Viewer, dossier: Dossier) -> bool:
    """Whether one of the steps at work is the viewer's. One query, once as the dossier stands."""
    if not viewer.is_signed_in:
        return False
    whose = {viewer.acting.pk, *stood_in_for(viewer)}
    held = StepInstance.objects.filter(dossier=dossier, state=HELD, holder__in=whose).select_related("unit")

    def holds() -> bool:
        return any(is_holder(viewer, step) for step in held.order_by("pk"))

    return viewer.once(("dossiers.holds_a_step", dossier.pk, dossier.version), holds)


def is_holder(viewer: Viewer, step: StepInstance) -> bool:
    """Whether the step is the viewer's, or that of somebody absent for whom the viewer stands in and whose role at it
    the viewer holds, too.
    """
    if not viewer.is_signed_in or step.holder_id is None:
        return False
    return step.holder_id == viewer.acting.pk or (step.holder_id in stood_in_for(viewer) and _fits(viewer, step))


def _fits(viewer: Viewer, step: StepInstance) -> bool:
    return viewer.holds_over_key(step.unit_id, step.role) or (step.role, step.unit_id) in held_in_offices(viewer)


def _may_manage(viewer: Viewer, dossier: Dossier) -> Verdict:
    held = any(viewer.holds_over(unit, *MANAGERS) for unit in (dossier.unit, dossier.settling_unit))
    return ALLOWED if held else denied("dossiers.managers_not_allowed")
