"""What the state of a log that was handed in allows. Pure."""

from __future__ import annotations

from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.oversight.models import LogImport
from cchc.oversight.states_logs import LOG


def may_become(made: LogImport, step: str) -> Verdict:
    """Whether the step can be taken now."""
    possible = made.state in LOG.step(step).sources
    return ALLOWED if possible else denied("oversight.log_is_elsewhere", state=LOG.state(made.state).name)
