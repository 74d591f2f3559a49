"""Kinds of events of cases of responsibility: one for every step of the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.oversight.states_cases import RESPONSIBILITY_CASE
from cchc.records.text import LocalText

CASE_OPENED: Final = "oversight.case_opened"
OF_CASES: Final[Mapping[str, str]] = {step.id: f"oversight.case_{step.id}" for step in RESPONSIBILITY_CASE.steps}

KINDS: Final[Mapping[str, LocalText]] = {
    CASE_OPENED: LocalText("Lập hồ sơ xem xét trách nhiệm", "Case of responsibility opened"),
    **{
        OF_CASES[step.id]: LocalText(f"Hồ sơ trách nhiệm: {step.name.vi}", f"Case of responsibility: {step.name.en}")
        for step in RESPONSIBILITY_CASE.steps
    },
}
