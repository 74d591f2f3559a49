"""Nets of steps for tests: any number of branches that part and meet."""

from __future__ import annotations

from hypothesis import strategies as st

from cchc.procedures.versions import ProcedureStep, Version
from cchc.records.text import LocalText
from cchc.worktime.limits import Limit

NAME = LocalText("Bước")


def version(*steps: ProcedureStep) -> Version:
    """Without a limit, papers or fees."""
    return Version(None, steps, (), (), "one_stop", "none", None, "", NAME, "suspend", 1, ())


@st.composite
def webs(draw: st.DrawFn) -> Version:
    """Up to six steps, each after any of those before it."""
    made: list[ProcedureStep] = []
    for number in range(draw(st.integers(1, 6))):
        after = tuple(draw(st.sets(st.sampled_from([one.id for one in made])))) if made else ()
        limit = Limit(draw(st.integers(1, 2_000)), "working_minutes")
        made.append(ProcedureStep(f"s{number}", NAME, "settling_official", limit, after))
    return version(*made)
