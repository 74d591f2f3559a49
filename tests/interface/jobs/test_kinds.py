"""Kinds are found in the rooms' modules `jobs`; mistakes in them stop the start, not a job."""

from __future__ import annotations

from datetime import time
from types import ModuleType, SimpleNamespace
from unittest.mock import patch

import pytest

from cchc.interface import rooms
from cchc.interface.jobs import Recurring, Run, job, kinds, schedule
from cchc.records.text import LocalText
from tests.interface.jobs.room import TRIALS, count, kind_of, nothing

TITLE = LocalText("Thử", "Try")


def listed(*members: object, recurring: tuple[Recurring, ...] = (), room: str = "trial") -> list[object]:
    module = ModuleType("jobs")
    module.__dict__.update({f"member{place}": member for place, member in enumerate(members)}, SCHEDULE=recurring)
    return [(SimpleNamespace(label=room), module)]


def test_what_a_room_lists_is_known() -> None:
    with patch.object(rooms, "room_modules", lambda name: listed(count, nothing, "else")):
        assert set(kinds.known_jobs.__wrapped__()) == {"trial.count", "trial.nothing"}


@pytest.mark.parametrize("members", [(count, count), (kind_of(lambda run: None),)])
def test_a_kind_stands_once_and_in_its_own_room(members: tuple[object, ...]) -> None:
    room = "trial" if len(members) == 2 else "elsewhere"
    with (
        patch.object(rooms, "room_modules", lambda name: listed(*members, room=room)),
        pytest.raises(ValueError, match="stands"),
    ):
        kinds.known_jobs.__wrapped__()


@pytest.mark.parametrize(
    ("kind", "room", "refused"),
    [
        ("trial.nothing", "trial", ""),
        ("trial.fault", "trial", ""),
        ("trial.nothing", "elsewhere", "elsewhere"),
        ("trial.unknown", "trial", "unknown"),
        ("trial.count", "trial", "due_at"),
    ],
)
def test_the_schedule_of_a_room_names_its_own_kinds_that_need_nothing(kind: str, room: str, refused: str) -> None:
    entry = Recurring(kind, at=time(7))
    known = {one.code: one for one in TRIALS}
    with (
        patch.object(schedule, "room_modules", lambda name: listed(recurring=(entry,), room=room)),
        patch.object(schedule, "known_jobs", lambda: known),
    ):
        if refused:
            with pytest.raises(ValueError, match=refused):
                schedule.known_schedule.__wrapped__()
        else:
            assert schedule.known_schedule.__wrapped__() == (entry,)


@pytest.mark.parametrize(
    "given", [{"title": LocalText("Thử")}, {"title": LocalText("", "Try")}, {"tries": 0}, {"code": "trial." + "x" * 95}]
)
def test_a_kind_has_both_titles_a_try_and_a_short_code(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="needs"):
        job(**{"code": "trial.a", "title": TITLE, **given})  # type: ignore[arg-type]


def test_a_function_whose_parameters_cannot_be_kept_is_no_job() -> None:
    def wrong(run: Run, *, share: float) -> None: ...

    with pytest.raises(TypeError):
        job("trial.wrong", TITLE)(wrong)


def test_the_products_own_kinds_and_schedule_can_be_loaded() -> None:
    assert all(code == kind.code for code, kind in kinds.known_jobs().items())
    assert {entry.kind for entry in schedule.known_schedule()} <= set(kinds.known_jobs())


def test_an_unknown_kind_is_a_mistake_in_the_program() -> None:
    with pytest.raises(LookupError, match=r"trial\.unknown"):
        kinds.job_kind("trial.unknown")
