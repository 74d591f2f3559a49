"""What this room puts on a desk: the person's own jobs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface import shapes
from cchc.interface.hosting.desk import DeskItem, Urgency, desk_kind
from cchc.interface.jobs.showing import job_shown
from cchc.interface.models import Job
from cchc.interface.people import SignedIn
from cchc.interface.queries import jobs_to_look_after
from cchc.interface.together import Reads, made_of
from cchc.records.text import LocalText

_KEPT: Final = timedelta(days=7)


@desk_kind("interface.jobs", LocalText("Tác vụ", "Jobs"))
def jobs(viewer: SignedIn, now: datetime) -> Reads[list[DeskItem]]:
    """Jobs of one's own that are not over, or that failed in the last week."""
    found = jobs_to_look_after(viewer.actor().identity, failed_since=now - _KEPT)
    return made_of(found, lambda jobs: [_item(job, job_shown(job, now)) for job in jobs])


def _item(job: Job, shown: shapes.Job) -> DeskItem:
    url = reverse("interface:job", args=[job.pk])
    asked = _("Job %(number)d") % {"number": job.pk}
    if not shown.is_open:
        return DeskItem(shown.title, url, Urgency.OTHER, words=_("Failed"), note=f"{asked}. {shown.problem}")
    words = _("Running, %(percent)d %%") % {"percent": shown.percent} if shown.state == "running" else _("In the queue")
    return DeskItem(shown.title, url, Urgency.WAITING, words=words, note=asked)
