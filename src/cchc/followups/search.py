"""What the search finds in this room: directives and tasks in the viewer's scope."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from cchc.followups.addresses import shortened
from cchc.followups.permissions import may_see_tasks
from cchc.followups.queries.directives import find_directives
from cchc.followups.queries.tasks import TaskSearch, find_tasks
from cchc.followups.shown_directives import with_state
from cchc.followups.states import TASK
from cchc.interface.errors import current_language
from cchc.interface.hosting.search import Found, Hit, search_kind
from cchc.interface.templatetags.figures import day
from cchc.organizations.addresses import list_address
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_LONGEST = 120


@search_kind("followups.directives", LocalText("Văn bản chỉ đạo", "Directives"))
def directives(viewer: Viewer, text: str, most: int) -> Found:
    """By number, words or issuing body, the newest first. One query."""
    if not may_see_tasks(viewer):
        return Found()
    found = list(find_directives(viewer, text)[: most + 1])
    hits = [
        Hit(
            f"{with_state(one)} · {shortened(one.title, _LONGEST)}",
            reverse("followups:directive", args=[one.pk]),
            f"{day(one.issued_on)}, {one.issued_by}",
        )
        for one in found[:most]
    ]
    return Found(hits, list_address("followups:directives", text) if len(found) > most else "")


@search_kind("followups.tasks", LocalText("Nhiệm vụ", "Tasks"))
def tasks(viewer: Viewer, text: str, most: int) -> Found:
    """By words, closed ones too, by their deadline. One query."""
    if not may_see_tasks(viewer):
        return Found()
    found = list(find_tasks(viewer, TaskSearch(text, state="all"), timezone.now())[: most + 1])
    hits = [
        Hit(
            shortened(one.what, _LONGEST),
            reverse("followups:task", args=[one.pk]),
            f"{one.owner_name}, {TASK.state(one.state).name.in_language(current_language())}",
        )
        for one in found[:most]
    ]
    more = f"{list_address('followups:board', text)}&trang-thai=all"
    return Found(hits, more if len(found) > most else "")
