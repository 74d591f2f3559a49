"""Work in the background: lists of a month leave the public page on the day that the decision names; cases
whose time to explain is over fall silent.
"""

from __future__ import annotations

from cchc.interface.jobs import Effect, Run, job
from cchc.oversight.actions.cases import silence_cases
from cchc.oversight.actions.publishing import expire_lists
from cchc.records.text import LocalText

EXPIRE = "oversight.expire_lists"
SILENCE = "oversight.silence_cases"


@job(EXPIRE, LocalText("Gỡ danh sách tháng hết thời gian đăng", "Take monthly lists off the page"))
def expire_due(run: Run) -> Effect:
    """Those whose last day on the page is over."""
    return expire_lists


@job(SILENCE, LocalText("Ghi nhận hết thời gian giải trình", "Note that the time to explain is over"))
def silence_due(run: Run) -> Effect:
    """Cases that nobody explained in time."""
    return silence_cases
