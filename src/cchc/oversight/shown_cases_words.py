"""Words of cases of responsibility that pages, histories and refusals share."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from cchc.interface.errors import current_language
from cchc.oversight.consequences import HEAD, OFFICIAL, UNIT, measure_named
from cchc.oversight.states_cases import RESPONSIBILITY_CASE
from cchc.records.text import LocalText

OPEN: Final = "open"
_OPENED: Final = LocalText("Lập hồ sơ xem xét trách nhiệm", "Case opened")


def case_state(state: str) -> str:
    """Where a case stands, in the reader's language."""
    return RESPONSIBILITY_CASE.state(state).name.in_language(current_language())


def case_act(act: str) -> str:
    """A step of the table of cases, or that one was opened."""
    name = _OPENED if act == OPEN else RESPONSIBILITY_CASE.step(act).name
    return name.in_language(current_language())


def about_name(about: str) -> str:
    """Whom a case is about."""
    return {OFFICIAL: _("Official"), HEAD: _("Head of the unit"), UNIT: _("Unit as a whole")}[about]


def measure_name(measure: str) -> str:
    """What a conclusion named; empty where none is named yet."""
    return measure_named(measure).in_language(current_language()) if measure else ""
