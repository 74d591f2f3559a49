"""Cases of responsibility that permissions are asked about."""

from __future__ import annotations

from collections.abc import Mapping

from cchc.oversight.models import ResponsibilityCase
from tests.rights.stage import Stage, Subject

ACTS = ("ask", "explain", "conclude", "close", "withdraw")
WHOSE = ("mine", "else", "head", "unit")


def of_cases(stage: Stage) -> Mapping[str, Subject]:
    """Of the unit there, about the official who asks, another one, its head, or the unit itself."""

    def case(whose: str, where: str) -> ResponsibilityCase:
        official = {"mine": stage.me, "unit": None}.get(whose, stage.other)
        about = whose if whose in {"head", "unit"} else "official"
        return ResponsibilityCase(pk=1, unit=stage.places[where], about=about, official=official)

    def moved(state: str, where: str) -> tuple[object, ...]:
        act, whose = state.split("_")
        return (case(whose, where), act)

    return {
        "may_see_cases": Subject(lambda state, where: ()),
        "may_open_case": Subject(lambda state, where: (stage.places[where],)),
        "may_see_case": Subject(lambda state, where: (case(state, where),), WHOSE),
        "may_move_case": Subject(moved, (*(f"{act}_{one}" for act in ACTS for one in WHOSE), "silence_else")),
    }
