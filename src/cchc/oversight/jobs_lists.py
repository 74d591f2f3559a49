"""Work in the background: lists of a month are drafted where much is to be read, and leave the public page on the day
that the decision names; cases whose time to explain is over fall silent.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.jobs import Effect, Run, job
from cchc.interface.shapes import Link
from cchc.organizations.models import Unit
from cchc.oversight.actions.cases import silence_cases
from cchc.oversight.actions.drafting import keep_draft
from cchc.oversight.actions.publishing import expire_lists
from cchc.oversight.queries.charges import ZONE
from cchc.oversight.queries.drafting import Gathered, held_in
from cchc.oversight.queries.drafts import DRAFT
from cchc.oversight.timetable import timetable_on
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


def _to_list(number: int) -> Link:
    return Link(_("To the list"), reverse("oversight:list", args=[number]))


@job(DRAFT, LocalText("Lập danh sách tháng", "Draft the list of a month"), link=_to_list)
def draft_one(run: Run, *, unit: int, month: date, asked_by: int | None, asked_as: str) -> Effect:
    """All that the body had is read, which writes nothing; then the list is made in one transaction. A worker that was
    killed is followed by one that reads anew.
    """
    body = Unit.objects.get(pk=unit)
    held = held_in(body, month, timetable_on(month).value.cut_off_of(month, ZONE), run.progress)
    return partial(keep_draft, unit=body, month=month, gathered=Gathered(held, asked_by, asked_as, run.writing))
