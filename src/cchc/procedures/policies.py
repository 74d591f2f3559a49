"""What the state of a version and what rests on it allow, whoever asks."""

from __future__ import annotations

from datetime import date

from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.procedures.models import ProcedureVersion
from cchc.procedures.states import VERSION
from cchc.procedures.uses import uses_of
from cchc.records.errors import refuse


def may_become(version: ProcedureVersion, step: str) -> Verdict:
    """Whether the step of the table leads from where it stands. Raises `LookupError` for no step."""
    return ALLOWED if version.state in VERSION.step(step).sources else denied("procedures.not_in_state")


def check_possible(version: ProcedureVersion, step: str) -> None:
    """Raise `procedures.not_in_state` for a step that does not lead from where the version stands."""
    if not may_become(version, step):
        raise refuse("procedures.not_in_state")


def check_unused(version: ProcedureVersion, after: date | None = None) -> None:
    """Raise `procedures.version_used` where something rests on it, from behind the day if one is given."""
    for name, number in uses_of(version, after):
        raise refuse("procedures.version_used", day=version.starts_on, what=name, number=number)
