"""Who may do what with tasks and directives. What the state allows is asked of `policies`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cchc.audit.recording import subject_of
from cchc.followups.models import Directive, Task
from cchc.followups.queries.issuing import finding_whether_decided
from cchc.followups.states import ANSWERER, FOLLOWER, OWNER, URGER, VERIFIER
from cchc.followups.subjects import Answering, answering_of
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.interface.together import answer
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.units import heirs_of
from cchc.organizations.viewers import Viewer
from cchc.papers.models import Paper
from cchc.papers.permissions import may_ask_approval
from cchc.records.states import Step

OWNER_ROLES: Final = ("unit_head", "reform_officer", "procedure_control_officer", "one_stop_head")
FOLLOWER_ROLES: Final = ("unit_head", "reform_officer", "procedure_control_officer")
FOLLOW_UP: Final = "follow_up_officer"
"""The duty of who is assigned to follow one directive with its tasks, or one task, for some days."""
_HEAD: Final = "unit_head"


@permission
def may_see_tasks(viewer: Viewer) -> Verdict:
    """Tasks and directives in one's own scope (`queries.scope`): whoever is signed in."""
    return ALLOWED if viewer.is_signed_in else denied("organizations.sign_in_not_allowed")


@permission
def may_take_step(viewer: Viewer, task: Task, step: Step) -> Verdict:
    """Do something with a task: its owner's side, who follows it, may urge or verify, as the table says.

    Who answers for what is asked of a unit its head names, and whoever may decide on it; answers and decisions have
    pages and rights of their own.
    """
    if step.who == ANSWERER:
        return denied("followups.ends_by_answer")
    if step.id == "change_leader" and (answering := answering_of(task)) is not None:
        return _as_naming(viewer, task, answering)
    sides = {OWNER: may_work_on, FOLLOWER: may_follow, URGER: may_urge, VERIFIER: may_verify}
    return sides[step.who](viewer, task)


@permission
def may_work_on(viewer: Viewer, task: Task) -> Verdict:
    """Acknowledge, report, say that it is done: the leader named, and those who answer for it in the owner itself.

    Whoever holds a role over the owner from above does not report in its place.
    """
    if viewer.answers_as is not None and viewer.answers_as == task.leader:
        return ALLOWED
    return _on_the_side_of(viewer, task.owner)


@permission
def may_follow(viewer: Viewer, task: Task) -> Verdict:
    """Change the deadline, withdraw, answer: roles over the unit that follows, and who is assigned there to follow the
    task or its directive; but nobody of the owner's side. What is asked of a unit is followed by the unit that asks.
    """
    if answering_of(task) is not None:
        return _as_asking(viewer, task)
    return _of_others(viewer, task) if _follows(viewer, task) else denied("followups.followers_not_allowed")


@permission
def may_urge(viewer: Viewer, task: Task) -> Verdict:
    """Urge: who follows the task, and roles over a unit that supervises its owner; nobody of the owner's side."""
    if answering_of(task) is not None:
        asking = _as_asking(viewer, task)
        return asking if asking or not _supervises(viewer, task) else _of_others(viewer, task)
    if _follows(viewer, task) or _supervises(viewer, task):
        return _of_others(viewer, task)
    return denied("followups.followers_not_allowed")


@permission
def may_verify(viewer: Viewer, task: Task) -> Verdict:
    """Say that it is done, or not: whoever follows it, but never the person who reported it done, nor the one in whose
    place that was.
    """
    claimants = {task.claimed_by_id, task.claimed_for_id} - {None}
    if any(one.pk in claimants for one in (viewer.official, viewer.principal) if one is not None):
        return denied("followups.own_claim_not_allowed")
    return may_follow(viewer, task)


@permission
def may_issue_directive(viewer: Viewer, unit: Unit) -> Verdict:
    """Enter a directive of the unit, give tasks by it: its head and the officers charged with following it up."""
    if any(viewer.holds_over(one, *FOLLOWER_ROLES) for one in _carriers(viewer, unit)):
        return ALLOWED
    return denied("followups.followers_not_allowed")


@permission
def may_lay_before(viewer: Viewer, paper: Paper, is_decided: bool | None = None) -> Verdict:
    """Lay an issued paper before another unit: who may ask for approval, where there is anybody who decides for its
    unit. `is_decided` where a page has read that with other things.
    """
    verdict = may_ask_approval(viewer, paper)
    if not verdict:
        return verdict
    if is_decided is None:
        is_decided = answer(finding_whether_decided(paper.unit, viewer.day))
    return ALLOWED if is_decided else denied("followups.nobody_decides")


@permission
def may_follow_directive(viewer: Viewer, directive: Directive) -> Verdict:
    """Urge all who are behind, note postings: roles over the unit that follows it, and who is assigned there to."""
    held = any(viewer.holds_over(one, *FOLLOWER_ROLES) for one in _carriers(viewer, directive.watcher))
    if held or _is_assigned(viewer, directive.watcher, subject_of(directive)):
        return ALLOWED
    return denied("followups.followers_not_allowed")


@permission
def may_assign(viewer: Viewer, subject: Directive | Task, official: Official | None = None) -> Verdict:
    """Assign somebody to follow a directive or a task, and end that: the head of the unit that follows it, who is not
    of the owner's side, and nobody oneself.
    """
    if official is not None and official in (viewer.official, viewer.principal):
        return denied("followups.own_assignment_not_allowed")
    if not any(viewer.holds_over(one, _HEAD) for one in _carriers(viewer, subject.watcher)):
        return denied("followups.heads_not_allowed")
    return _of_others(viewer, subject) if isinstance(subject, Task) else ALLOWED


@permission
def may_acknowledge(viewer: Viewer, unit: Unit) -> Verdict:
    """Say for a unit that it has taken note: those who answer for it in the unit itself."""
    return _on_the_side_of(viewer, unit)


@permission
def may_note_posting(viewer: Viewer, directive: Directive, unit: Unit) -> Verdict:
    """Note where a directive stands on a unit's site: the unit itself, and who follows the directive."""
    if _on_the_side_of(viewer, unit) or may_follow_directive(viewer, directive):
        return ALLOWED
    return denied("followups.owners_not_allowed")


def _follows(viewer: Viewer, task: Task) -> bool:
    held = any(viewer.holds_over(one, *FOLLOWER_ROLES) for one in _carriers(viewer, task.watcher))
    return held or _is_assigned(viewer, task.watcher, subject_of(task), (task.subject_type, task.subject_id))


def _supervises(viewer: Viewer, task: Task) -> bool:
    return any(viewer.supervises(one, *FOLLOWER_ROLES) for one in _carriers(viewer, task.owner))


def _is_assigned(viewer: Viewer, watcher: Unit, *objects: tuple[str, str]) -> bool:
    """At one of the objects, as long as one works in the unit that follows, or under it."""
    if not any(viewer.has_duty(FOLLOW_UP, *one) for one in objects):
        return False
    return any(viewer.is_own(one) for one in _carriers(viewer, watcher))


def _as_asking(viewer: Viewer, task: Task) -> Verdict:
    """Those in charge within the unit that asks, who do not work in the one that is asked, nor answer for it by name: a
    commune asks the province that it lies in.
    """
    asks = any(
        viewer.is_own(one) and viewer.holds_over(one, *FOLLOWER_ROLES) for one in _carriers(viewer, task.watcher)
    )
    if not asks:
        return denied("followups.followers_not_allowed")
    works_there = any(one.pk in viewer.postings for one in _carriers(viewer, task.owner))
    return denied("followups.own_task_not_allowed") if works_there or _leads(viewer, task) else ALLOWED


def _as_naming(viewer: Viewer, task: Task, answering: Answering) -> Verdict:
    """The head of the owner; of a decision also whoever in the owner may take it, where no head is known."""
    if any(viewer.is_own(one) and viewer.holds_over(one, _HEAD) for one in _carriers(viewer, task.owner)):
        return ALLOWED
    if answering.is_decision and viewer.is_own(task.owner) and answering.may(viewer, task.subject_id):
        return ALLOWED
    return denied("followups.heads_of_owner_not_allowed")


def _leads(viewer: Viewer, task: Task) -> bool:
    return task.leader_id is not None and task.leader in (viewer.official, viewer.principal)


def _of_others(viewer: Viewer, task: Task) -> Verdict:
    is_own = any(viewer.is_own(one) for one in _carriers(viewer, task.owner))
    if is_own or _leads(viewer, task):
        return denied("followups.own_task_not_allowed")
    return ALLOWED


def _on_the_side_of(viewer: Viewer, unit: Unit) -> Verdict:
    if any(viewer.is_own(one) and viewer.holds_over(one, *OWNER_ROLES) for one in _carriers(viewer, unit)):
        return ALLOWED
    return denied("followups.owners_not_allowed")


def _carriers(viewer: Viewer, unit: Unit) -> Iterator[Unit]:
    """The unit, and what carries it on when it is gone: that is asked only of one that is not there."""
    yield unit
    if viewer.is_signed_in and not viewer.is_there(unit):
        yield from heirs_of(unit, viewer.day)
