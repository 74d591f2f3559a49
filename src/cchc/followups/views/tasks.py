"""Pages of tasks: the board, one task with its history, why it is due when it is, its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.audit.recording import subject_of
from cchc.files.attached import attached
from cchc.files.queries import files_cited_for
from cchc.files.showing import evidence_shown
from cchc.followups import exports
from cchc.followups.actions import tasks as actions
from cchc.followups.addresses import asked_tasks, download_address, shortened, step_of, task_crumbs
from cchc.followups.boards import board_filters
from cchc.followups.forms import STEP_FORMS, AnswerForm, offer_leaders
from cchc.followups.models import Task
from cchc.followups.permissions import may_follow, may_see_tasks, may_take_step, may_verify, may_work_on
from cchc.followups.policies import check_possible, proof_is_taken
from cchc.followups.queries import tasks as queries
from cchc.followups.queries.pages import parts_of_task
from cchc.followups.shown import offered_steps, out_of_force, shown_history, shown_tasks, why_due
from cchc.followups.shown_assignments import assigned_to
from cchc.followups.states import DONE_CLAIMED
from cchc.followups.views.answering import answer_form, form_page, warn_if_nobody_told
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.day_filters import asked_days
from cchc.interface.errors import current_language, in_words
from cchc.interface.paging import page_read
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all
from cchc.organizations.exporting import handed_out
from cchc.organizations.narrowing import narrowed_to

_PROOF: Final = "minh-chung"
_ACTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "claim": actions.claim_done,
    "raise_difficulty": actions.raise_difficulty,
    "move_deadline": actions.move_deadline,
    "change_leader": actions.change_leader,
}
"""Steps with an action of their own; the others are `take_step`."""


@require_safe
@needs(may_see_tasks)
def board(request: HttpRequest) -> HttpResponse:
    """Tasks in one's scope by deadline, with filters in the address and counts that lead to them."""
    may_see_tasks(request.viewer).require()
    now, narrowing, days = timezone.now(), narrowed_to(request), asked_days(request)
    asked = asked_tasks(request, narrowing.unit, days)
    page, counts = answer_all(
        page_read(request, queries.find_tasks(request.viewer, asked, now), queries.after),
        queries.counts_of_tasks(request.viewer, asked, now),
    )
    context = {
        "now": now,
        "asked": asked,
        "narrowing": narrowing,
        "days": days,
        "shown": shown_tasks(page["rows"], now),
        "download": download_address(request, "followups:board-taken"),
        "crumbs": task_crumbs(),
        **board_filters(request, asked, counts),
    }
    return render(request, "followups/board.html", context | page)


@require_safe
@needs(may_see_tasks)
def board_taken(request: HttpRequest) -> HttpResponse:
    """All of it with the same filters. It names leaders, so it is written down who took it."""
    may_see_tasks(request.viewer).require()
    return handed_out(request, exports.board)


@require_safe
@needs(may_see_tasks)
def task_page(request: HttpRequest, number: int) -> HttpResponse:
    """What, who, by when and why; what may be done now; difficulties; everything that happened."""
    may_see_tasks(request.viewer).require()
    task, now = queries.get_task(request.viewer, number), timezone.now()
    _known, parts, assigned = answer_all(
        request.viewer.getting_to_know(task.owner_id, task.watcher_id),  # before anybody asks what is above them
        parts_of_task(request.viewer, task),
        assigned_to(request.viewer, task),
    )
    verdict = may_verify(request.viewer, task)
    may_prove = may_work_on(request.viewer, task) and proof_is_taken(task)
    context = {
        "now": now,
        "task": task,
        "carriers": queries.carriers_of(request.viewer, task),
        "shown": shown_tasks([task], now)[0],
        "steps": offered_steps(request.viewer, task),
        "refusal": in_words(verdict.refusal) if task.state == DONE_CLAIMED and verdict.refusal else None,
        "history": shown_history(parts.history),
        "difficulties": parts.difficulties,
        "may_answer": may_follow(request.viewer, task),
        "bases": [(basis, out_of_force(basis, task, request.viewer.day)) for basis in parts.bases],
        "attached": attached(parts.files, subject_of(task), may_change=may_prove),
        "assigned": assigned,
        "crumbs": task_crumbs(task),
    }
    return render(request, "followups/task.html", context)


@require_safe
@needs(may_see_tasks)
def why(request: HttpRequest, number: int) -> HttpResponse:
    """Day by day, with what does not count and why."""
    may_see_tasks(request.viewer).require()
    task = queries.get_task(request.viewer, number)
    context = {"task": task, "sheet": why_due(task), "crumbs": [*task_crumbs(task), Link(_("Why this date?"))]}
    return render(request, "followups/why.html", context)


@form_page
@needs(may_take_step)
def take(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """One step of a task. Who comes second is told what the first one did, and may save once more."""
    task, step = queries.get_task(request.viewer, number), step_of(slug)
    may_take_step(request.viewer, task, step).require()
    if request.method != "POST":
        check_possible(task, step)
    form = STEP_FORMS[step.id](request.POST or None, initial={"version": task.version})
    offer_leaders(form, task.owner)
    act = _ACTIONS.get(step.id) or partial(actions.take_step, step=step.id)

    def save() -> str:
        version = form.cleaned_data["version"]
        act(**by(request), task=task, expected_version=version, **form.given(task.counted_from))
        if step.id in {"urge", "move_deadline"}:
            warn_if_nobody_told(request, task)
        return task_crumbs(task)[-1].url

    title = step.name.in_language(current_language())
    crumbs = [*task_crumbs(task), Link(title)]
    return answer_form(
        request, form, save, title, crumbs, template="followups/step.html", task=task, submit=title,
        now_seen=lambda: {"version": task.version}, **_proof_beside(request, task),
    )  # fmt: skip


def _proof_beside(request: HttpRequest, task: Task) -> dict[str, Any]:
    """The file asked for by its number, else the newest, and the way to each of several; nothing without a file."""
    files = list(files_cited_for(request.viewer, subject_of(task)))
    if not files:
        return {}
    chosen = next((one for one in files if str(one.pk) == request.GET.get(_PROOF)), files[0])
    ways = [Link(one.title or one.name, f"?{_PROOF}={one.pk}", current=one == chosen) for one in files]
    return {"proof": evidence_shown(chosen, request.GET.dict()), "proofs": ways if len(ways) > 1 else []}


@form_page
@needs(may_follow)
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a difficulty or a proposal."""
    difficulty = queries.get_difficulty(request.viewer, number)
    task: Task = queries.get_task(request.viewer, difficulty.task_id)
    may_follow(request.viewer, task).require()
    form = AnswerForm(request.POST or None)

    def save() -> str:
        actions.answer_difficulty(**by(request), difficulty=difficulty, answer=form.cleaned_data["answer"])
        return task_crumbs(task)[-1].url

    crumbs = [*task_crumbs(task), Link(shortened(difficulty.text))]
    template, title = "followups/answer.html", _("Answer")
    return answer_form(request, form, save, title, crumbs, template=template, difficulty=difficulty, submit=title)
