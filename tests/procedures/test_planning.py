"""When steps are due, against limits added up minute by minute along every chain."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.procedures.planning import plan
from cchc.procedures.versions import ProcedureStep, Version
from cchc.worktime import Calendar
from cchc.worktime.limits import Limit
from tests.procedures.nets import NAME, version, webs

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
VN = Calendar.load("vn")


def chains(web: Version, step: ProcedureStep) -> list[list[ProcedureStep]]:
    """Every way to a step from one that waits for nothing."""
    if not step.after:
        return [[step]]
    return [[*chain, step] for before in step.after for chain in chains(web, web.by_id[before])]


@pytest.mark.requirement(43)
@given(webs(), st.integers(0, 20 * 24 * 60))
def test_a_step_is_due_when_the_longest_way_to_it_is_used_up(web: Version, minutes: int) -> None:
    received = datetime(2026, 4, 20, tzinfo=ZONE) + timedelta(minutes=minutes)
    starts = VN.counting_start(received)
    for one in plan(web, VN, received):
        most = max(sum(step.limit.amount for step in chain) for chain in chains(web, one.step))
        assert one.due_at == VN.due(starts, most)
        assert VN.elapsed_minutes(one.begins_at, one.due_at) == one.step.limit.amount


@given(webs())
def test_the_longest_chain_is_as_long_as_any(web: Version) -> None:
    most = max(sum(step.limit.amount for step in chain) for step in web.steps for chain in chains(web, step))
    longest = web.longest(480)
    assert sum(step.limit.amount for step in longest) == most
    assert all(before.id in step.after for before, step in pairwise(longest))
    assert not longest[0].after


def test_received_after_the_cut_off_counts_from_the_next_morning() -> None:
    step = ProcedureStep("a", NAME, "settling_official", Limit(60, "working_minutes"))
    for minute, due in ((0, (30, 16, 0)), (1, (31, 8, 30))):
        received = datetime(2026, 3, 30, 15, minute, tzinfo=ZONE)
        (one,) = plan(version(step), VN, received)
        assert (one.due_at.day, one.due_at.hour, one.due_at.minute) == due
