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
from cchc.followups.actions.correcting import correct_directive, end_directive
from cchc.followups.actions.directives import Paper, acknowledge_directive, enter_directive, note_posting
from cchc.followups.actions.postings import Line, correct_posting, strike_posting
from cchc.followups.models import Difficulty, Directive, DirectiveEntry, Task, TaskEntry, WebPosting
from cchc.organizations.viewers import actor_of
from cchc.records.errors import DomainError
from tests.factories import papers
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


def test_a_directive_ended_while_others_act_on_it_leaves_nothing_open(people):
    """Repealed by one while a unit takes note, a task is given and another corrects: each stands whole, or is told."""
    made = directive(people.province, [people.commune, people.other], people.office)
    task(people.commune, people.chairman, people.office, subject=made)
    by = as_(people.officer)
    same = {"directive": made, "expected_version": 1}
    said = Paper("2625/UBND", TODAY, "UBND tỉnh Mẫu", "Chấn chỉnh")
    answers = at_once([
        lambda: end_directive(**by, **same, step="repeal", on=TODAY, reason="Thay thế"),
        lambda: correct_directive(**as_(people.office_head), **same, paper=said, reason="Nhầm số"),
        lambda: acknowledge_directive(**as_(people.clerk), directive=made, unit=people.commune),
        lambda: task(people.other, people.other_chairman, people.office, "Rà soát", subject=made),
    ])  # fmt: skip
    refusals = {one.code for one in answers if isinstance(one, DomainError)}
    assert refusals <= {"followups.directive_stale", "followups.directive_ended"}
    now = Directive.objects.get(pk=made.pk)
    first, second = answers[0], answers[1]
    assert isinstance(first, DomainError) != isinstance(second, DomainError), "one is told"
    assert now.version == 2 and DirectiveEntry.objects.filter(directive=made).count() == 1
    if not now.is_in_force:
        assert not Task.objects.exclude(state="withdrawn").exists(), "what was given in between went with it"
    assert verify_chain().is_valid


def test_a_paper_becomes_one_directive_however_many_press(people):
    paper = papers.issued(people.province)

    def enter(number: int) -> Callable[[], Any]:
        said = Paper(f"{number}/UBND", TODAY, "UBND tỉnh Mẫu", "Chấn chỉnh")
        to = {"unit": people.province, "watcher": people.office, "addressees": [people.commune]}
        return lambda: enter_directive(**as_(people.officer), paper=said, **to, made_of=paper)

    answers = at_once([enter(number) for number in range(3)])
    refusals = [one.code for one in answers if isinstance(one, DomainError)]
    assert refusals == ["followups.paper_is_directive"] * 2 and Directive.objects.get().paper == paper


def test_a_line_of_the_posting_log_is_struck_or_corrected_and_never_both(people):
    made = directive(people.province, [people.commune], people.office)
    where = {"unit": people.commune, "place": "Trang xã", "link": "", "posted_on": TODAY}
    posted = note_posting(**as_(people.clerk), directive=made, **where)
    seen = {"posting": posted, "expected_version": 1, "reason": "Ghi nhầm"}
    answers = at_once([
        lambda: strike_posting(**as_(people.officer), **seen),
        lambda: correct_posting(**as_(people.clerk), **seen, line=Line("Cổng xã", "", TODAY)),
    ])  # fmt: skip
    refusals = [one.code for one in answers if isinstance(one, DomainError)]
    assert refusals == ["followups.posting_stale"] and WebPosting.objects.get().version == 2
