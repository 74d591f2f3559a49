"""What the state of a task or a directive allows, whoever asks."""

from __future__ import annotations

from cchc.followups.models import Directive, Task, WebPosting
from cchc.followups.states import ANSWERER, DIRECTIVE, OPEN, STEPS_OF_REQUESTS, TASK
from cchc.followups.subjects import answering_of
from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.records.errors import refuse
from cchc.records.states import Step


def check_possible(task: Task, step: Step) -> None:
    """Raise `followups.ends_by_answer` for a step that a task does not know that asks for an answer, and
    `followups.not_in_state` for one that does not lead from where the task stands.
    """
    is_request = answering_of(task) is not None
    if is_request and step.id not in STEPS_OF_REQUESTS:
        raise refuse("followups.ends_by_answer")
    if (step.who == ANSWERER and not is_request) or task.state not in step.sources:
        raise refuse("followups.not_in_state", step=step.name, state=TASK.state(task.state).name)


def possible_steps(task: Task) -> list[Step]:
    """What may be done to the task as it stands, in the order of the table, whoever asks."""
    known = TASK.steps_from(task.state)
    if answering_of(task) is not None:
        return [step for step in known if step.id in STEPS_OF_REQUESTS]
    return [step for step in known if step.who != ANSWERER]


def proof_is_taken(task: Task) -> Verdict:
    """Files are added and taken away until the task is closed: what was verified stays as it was."""
    return ALLOWED if task.state in OPEN else denied("followups.closed_task_not_allowed")


def paper_is_taken(directive: Directive) -> Verdict:
    """Files are added to a directive and taken away while it is in force: what ended stays as it was."""
    return ALLOWED if directive.is_in_force else denied("followups.directive_ended")


def may_become(directive: Directive, step: str) -> Verdict:
    """Whether the step of the table leads from where the directive stands. Raises `LookupError` for no step."""
    if directive.state in DIRECTIVE.step(step).sources:
        return ALLOWED
    return denied("followups.directive_ended")


def may_be_assigned(subject: Directive | Task) -> Verdict:
    """Whether there is still something to follow; what was asked of another unit is urged by who asked."""
    if isinstance(subject, Task):
        is_open = subject.state in OPEN and answering_of(subject) is None
    else:
        is_open = subject.is_in_force
    return ALLOWED if is_open else denied("followups.nothing_to_follow")


def counts(posting: WebPosting) -> Verdict:
    """Whether a line of the posting log stands: what was struck out is not touched again."""
    return ALLOWED if posting.struck_at is None else denied("followups.posting_struck")
