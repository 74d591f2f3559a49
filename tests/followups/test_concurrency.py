"""Several people act on one task at the same moment: one is first, the others are told what that one did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from cchc.audit.actors import Actor
from cchc.audit.queries import verify_chain
from cchc.followups.actions import tasks as actions
from cchc.followups.actions.directives import acknowledge_directive, note_posting
from cchc.followups.models import Difficulty, Task, TaskEntry, WebPosting
from cchc.organizations.viewers import actor_of
from cchc.records.errors import DomainError
from tests.factories.followups import claimed, directive, step, task
from tests.factories.organizations import NOW, TODAY
from tests.followups.conftest import People, people_of_a_province

pytestmark = pytest.mark.usefixtures("committed_database")


@pytest.fixture
def people(committed_database: str) -> People:
    return people_of_a_province()


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each answered, or the refusal it met; all begin together, each in a thread with a connection of its own."""
    answers: list[Any] = [None] * len(acts)
    barrier = Barrier(len(acts))

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            answers[number] = act()
        except DomainError as refusal:
            answers[number] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def as_(person: Any) -> dict[str, Any]:
    return {"actor": actor_of(person) if not isinstance(person, Actor) else person, "now": NOW}


@pytest.mark.requirement(62)
def test_one_report_is_kept_and_the_others_are_told_of_it(people):
    given = task(people.commune, people.chairman, people.office)
    step(given, "acknowledge", "")
    writers = [people.chairman, people.clerk] * 3

    def report(number: int) -> Callable[[], Any]:
        def act() -> Task:
            return actions.take_step(
                **as_(writers[number]), task=given, step="report", expected_version=2, text=f"Báo cáo {number}"
            )

        return act

    answers = at_once([report(number) for number in range(6)])
    (first,) = [answer for answer in answers if isinstance(answer, Task)]
    kept = TaskEntry.objects.filter(task=given, step="report").get()
    stale = [answer for answer in answers if isinstance(answer, DomainError)]
    assert [refusal.code for refusal in stale] == ["followups.task_stale"] * 5
    assert {refusal.problems[0].message.params["who"] for refusal in stale} == {kept.by.name}
    assert all(kept.text in str(refusal.problems[0].message.params["said"]) for refusal in stale)
    assert (first.version, Task.objects.get(pk=given.pk).version) == (3, 3)


def test_verified_or_sent_back_but_never_both(people):
    given = task(people.commune, people.chairman, people.office)
    claimed(given)

    def judge(person: Any, name: str) -> Callable[[], Any]:
        return lambda: actions.take_step(**as_(person), task=given, step=name, expected_version=3, text="Xem hồ sơ")

    answers = at_once([judge(people.officer, "verify"), judge(people.office_head, "send_back")])
    assert sorted(type(answer).__name__ for answer in answers) == ["DomainError", "Task"]
    states = list(TaskEntry.objects.filter(task=given).order_by("pk").values_list("state", flat=True))
    assert len(states) == 4 and states[-1] == Task.objects.get(pk=given.pk).state in {"verified", "returned"}


def test_one_answer_and_one_posting_however_many_press(people):
    made = directive(people.province, [people.commune], people.office)
    given = task(people.commune, people.chairman, people.office, subject=made)
    raised = actions.raise_difficulty(
        **as_(people.clerk), task=given, expected_version=1, kind="difficulty", text="Mạng yếu"
    )

    def answer(number: int) -> Callable[[], Any]:
        return lambda: actions.answer_difficulty(**as_(people.officer), difficulty=raised, answer=f"Trả lời {number}")

    def post() -> Any:
        where = {"unit": people.commune, "place": "Trang xã", "link": "", "posted_on": TODAY}
        return note_posting(**as_(people.clerk), directive=made, **where)

    answers = at_once([answer(1), answer(2), post, post])
    refusals = sorted(answer.code for answer in answers if isinstance(answer, DomainError))
    assert refusals == ["followups.answered_stale", "followups.posting_known"]
    assert Difficulty.objects.get().answer.startswith("Trả lời") and WebPosting.objects.count() == 1


def test_a_directive_and_its_task_acknowledged_at_the_same_moment(people):
    """The directive's clerk takes note of all while the leader takes note of the task: both stand, once each."""
    made = directive(people.province, [people.commune], people.office)
    given = task(people.commune, people.chairman, people.office, subject=made)
    answers = at_once([
        lambda: acknowledge_directive(**as_(people.clerk), directive=made, unit=people.commune),
        lambda: actions.take_step(**as_(people.chairman), task=given, step="acknowledge", expected_version=1),
    ])  # fmt: skip
    assert not isinstance(answers[0], DomainError)
    assert TaskEntry.objects.filter(task=given, step="acknowledge").count() == 1
    assert Task.objects.get(pk=given.pk).state == "acknowledged"
    assert made.addressees.get().acknowledged_at == NOW
    assert verify_chain().is_valid
