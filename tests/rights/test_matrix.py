"""The matrix of rights: every permission of every room × role × where the thing stands × its state, against a table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from django.urls import get_resolver

from cchc.interface.access import Verdict, known_permissions
from tests.rights.stage import SOME, Stage, Subject, acted_for, set_stage
from tests.rights.subjects import ROOMS, call
from tests.rights.table import ALLOWED, Row, rights
from tests.support.rooms import rooms_here

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(124)]
_SHOWN = 12
_HOME = "own"


@cache
def permissions_here() -> frozenset[str]:
    """Of all rooms, whatever tests declared beside them."""
    assert get_resolver("cchc.config.urls").url_patterns  # loads every room
    return frozenset(name for name in known_permissions() if name.split(".")[0] in rooms_here())


def answers(stage: Stage, room: str, name: str, subject: Subject) -> Iterator[tuple[str, str, str, str]]:
    """State, who, where, and the answer: to each viewer, and at home to a deputy who acts for them in everything."""
    ask = known_permissions()[f"{room}.{name}"]
    viewers = stage.viewers | {who: stage.knowing(make()) for who, make in subject.viewers.items()}
    deputies = {who: stage.knowing(acted_for(viewer, stage.deputy)) for who, viewer in viewers.items()}
    for state in subject.states:
        for where in subject.where:
            arguments = subject.make(state, where)
            if arguments is None:
                continue
            for who, viewer in viewers.items():
                if where not in subject.all_roles_at and who not in {*SOME, *subject.viewers}:
                    continue
                said = code_of(call(room, name, ask, viewer, arguments))
                if subject.deputies and where == _HOME:
                    through = code_of(call(room, name, ask, deputies[who], arguments))
                    said = said if through == said else f"{said} but {through} to a deputy"
                yield state, who, where, said


def code_of(verdict: Verdict) -> str:
    return ALLOWED if verdict.refusal is None else verdict.refusal.code


def row_for(rows: list[Row], permission: str, state: str, who: str, where: str) -> Row | None:
    fitting = next((row for row in rows if row.fit(permission, state, who, where)), None)
    if fitting is not None:
        fitting.fits += 1
    return fitting


def test_every_permission_of_every_room_stands_in_a_table():
    listed = {f"{room}.{name}" for room in ROOMS for row in rights(room) for name in row.permissions if name != "*"}
    assert listed == permissions_here()


@pytest.mark.crossing
@pytest.mark.parametrize("room", ROOMS)
def test_the_matrix(room, own_data):
    stage, rows = set_stage(), rights(room)
    subjects = ROOMS[room](stage)
    assert {f"{room}.{name}" for name in subjects} == {one for one in permissions_here() if one.startswith(f"{room}.")}
    wrong = []
    for name, subject in subjects.items():
        for state, who, where, said in answers(stage, room, name, subject):
            row = row_for(rows, name, state, who, where)
            expected = "no row" if row is None else f"{row.answer}"
            if said != expected:
                wrong.append(f"{name} {state}, {who}, {where}: {said}; line {row.line if row else '-'}: {expected}")
    unused = [f"line {row.line} fits nothing" for row in rows if not row.fits]
    assert "\n".join([*wrong[:_SHOWN], f"… {len(wrong)} in all"] if wrong else unused) == ""
