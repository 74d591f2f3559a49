"""Directives and tasks for tests, made the real way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cchc.followups.actions.directives import Paper, enter_directive
from cchc.followups.actions.giving import Order, give_tasks
from cchc.followups.actions.tasks import claim_done, take_step
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Directive, Task
from cchc.organizations.models import Official, Unit
from tests.factories.organizations import BY_TESTS, TODAY

ABOUT = ("tests.Subject", "1")


def task(owner: Unit, leader: Official, watcher: Unit, what: str = "Công khai danh sách", **more: Any) -> Task:
    """Given today, due in ten working days unless `deadline` says otherwise, by nothing in particular."""
    given = {"subject": ABOUT, "deadline": Deadline(TODAY, working_days=10)} | more
    order = Order(what, given.pop("deadline"), watcher, given.pop("legal_basis", ""))
    (made,) = give_tasks(**(BY_TESTS | given), order=order, owners=[owner], leader=leader)
    return made


def directive(unit: Unit, addressees: Sequence[Unit], watcher: Unit | None = None, **more: Any) -> Directive:
    """Issued today by `unit`."""
    paper = Paper(
        more.pop("number", "2624/UBND-TTHCC"), more.pop("issued_on", TODAY), "UBND tỉnh Mẫu", "Chấn chỉnh quá hạn"
    )
    given = BY_TESTS | more
    return enter_directive(**given, paper=paper, unit=unit, watcher=watcher or unit, addressees=addressees)


def step(given: Task, name: str, text: str = "Nội dung", **by: Any) -> Task:
    """The next step of a task as it is now."""
    now = Task.objects.get(pk=given.pk)
    return take_step(**(BY_TESTS | by), task=now, step=name, expected_version=now.version, text=text)


def claimed(given: Task, done_on: date = TODAY, **by: Any) -> Task:
    """Acknowledged and reported done."""
    step(given, "acknowledge", **by)
    now = Task.objects.get(pk=given.pk)
    return claim_done(
        **(BY_TESTS | by), task=now, expected_version=now.version, proof="Báo cáo 12/BC-UBND", done_on=done_on
    )
