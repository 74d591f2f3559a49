"""The tables of a dossier and its steps: what leads where, and what never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.dossiers import states
from cchc.dossiers.states import DELIVERY, DOSSIER, FINANCE, NATIONAL_CODES, OPEN, PAUSED, RUNNING, STEP, WAITING_STATES
from cchc.ledger.schema import WAITS_FOR
from cchc.records.states import StateTable

TABLES = {"dossier": DOSSIER, "step": STEP, "finance": FINANCE, "delivery": DELIVERY}
PAIRS = [
    (name, state.id, step.id)
    for name, table in TABLES.items()
    for state in table.states
    for step in table.steps
    if state.id not in step.sources
]

NEXT = {
    "registered": {"receive": "received", "refuse": "refused", "withdraw": "withdrawn"},
    "received": {
        "advance": "processing", "ask_supplement": "supplementing", "ask_payment": "awaiting_payment",
        "suspend": "suspended", "extend": "received",
        "record_result": "received", "settle": "settled", "withdraw": "withdrawn", "stop": "stopped",
    },
    "processing": {
        "advance": "processing", "ask_supplement": "supplementing", "ask_payment": "awaiting_payment",
        "suspend": "suspended", "extend": "processing",
        "record_result": "processing", "settle": "settled", "withdraw": "withdrawn", "stop": "stopped",
    },
    "supplementing": {"supplement": "processing", "withdraw": "withdrawn", "stop": "stopped"},
    "awaiting_payment": {"note_payment": "processing", "withdraw": "withdrawn", "stop": "stopped"},
    "suspended": {"resume": "processing", "withdraw": "withdrawn", "stop": "stopped"},
    "settled": {"hand_over": "returned"},
    "refused": {}, "withdrawn": {}, "stopped": {}, "returned": {},
}  # fmt: skip
"""Where a dossier may go, written out a second time."""


@pytest.mark.requirement(43)
def test_a_dossier_goes_where_the_second_writing_says_and_nowhere_else():
    found = {
        state.id: {step.id: DOSSIER.after(state.id, step) for step in DOSSIER.steps_from(state.id)}
        for state in DOSSIER.states
    }
    assert found == NEXT


@pytest.mark.parametrize(("name", "state", "step"), PAIRS)
def test_every_other_step_is_none_that_the_table_offers(name: str, state: str, step: str):
    assert step not in {one.id for one in TABLES[name].steps_from(state)}


@given(st.sampled_from(sorted(TABLES)), st.lists(st.integers(0, 30), max_size=40))
def test_any_walk_stays_in_the_table_and_ends_in_a_final_state_only(name: str, choices: list[int]):
    table: StateTable = TABLES[name]
    at = table.first
    for choice in choices:
        offered = table.steps_from(at)
        if not offered:
            break
        at = table.after(at, offered[choice % len(offered)])
        assert table.state(at).id == at
    assert bool(table.steps_from(at)) != (at in table.final)


@given(st.lists(st.integers(0, 30), max_size=60))
def test_a_walk_never_pauses_twice_without_running_between(choices: list[int]):
    at, waiting = DOSSIER.first, False
    for choice in choices:
        offered = DOSSIER.steps_from(at)
        if not offered:
            break
        step = offered[choice % len(offered)]
        if step.effect in {states.WAITS, states.SUSPENDS}:
            assert not waiting and at in RUNNING
            waiting = True
        elif step.effect in {states.GOES_ON, states.ENDS}:
            waiting = False
        at = DOSSIER.after(at, step)
        assert waiting == (at in PAUSED)


def test_national_codes_cover_every_state_and_all_ten():
    assert set(NATIONAL_CODES) == {state.id for state in DOSSIER.states}
    assert set(NATIONAL_CODES.values()) == set(range(1, 11))


def test_whoever_is_waited_for_is_known_to_the_ledger():
    assert set(WAITING_STATES) == set(PAUSED)
    assert set(WAITING_STATES.values()) <= set(WAITS_FOR)
    assert set(OPEN).isdisjoint(DOSSIER.final)
