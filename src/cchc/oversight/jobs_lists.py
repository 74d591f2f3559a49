"""Work in the background: lists of a month leave the public page on the day that the decision names."""

from __future__ import annotations

from cchc.interface.jobs import Effect, Run, job
from cchc.oversight.actions.publishing import expire_lists
from cchc.records.text import LocalText

EXPIRE = "oversight.expire_lists"


@job(EXPIRE, LocalText("Gỡ danh sách tháng hết thời gian đăng", "Take monthly lists off the page"))
def expire_due(run: Run) -> Effect:
    """Those whose last day on the page is over."""
    return expire_lists
