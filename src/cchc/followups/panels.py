"""What this room shows on the desk beside one's own work: how the tasks in one's scope stand. Where units are merged,
split or ended: what they leave open. At an issued paper: the directive that it became, before whom it was laid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cchc.followups.models import Directive
from cchc.followups.permissions import may_issue_directive, may_lay_before
from cchc.followups.queries.issuing import finding_whether_decided
from cchc.followups.queries.left_open import count_left, led_open
from cchc.followups.queries.recounting import recounted_by
from cchc.followups.queries.requests import asking_tasks
from cchc.followups.queries.scope import visible_directives
from cchc.followups.queries.tasks import Counts, TaskSearch, counts_of_tasks
from cchc.followups.shown_assignments import assigned_to_official
from cchc.followups.shown_requests import shown_requests
from cchc.followups.states import DONE_CLAIMED
from cchc.followups.vocabularies import OF_DIFFICULTIES, OF_DIRECTIVE
from cchc.followups.vocabularies.difficulties import about_directive
from cchc.interface.hosting.panels import panel
from cchc.interface.shapes import Count, Link
from cchc.interface.together import Reads, all_of, made_of
from cchc.organizations.calendars import CalendarChoice
from cchc.organizations.models import Official
from cchc.organizations.reorganizing import Arrangement
from cchc.organizations.viewers import Viewer
from cchc.papers.models import Paper, PaperState
from cchc.papers.permissions import may_ask_approval
from cchc.papers.queries.approvals import requests_of
from cchc.papers.queries.papers import papers_about
from cchc.records.text import LocalText

_MOST_LISTED: Final = 50
_MOST_PAPERS: Final = 20


@panel(
    "followups.in_scope",
    "interface.desk",
    LocalText("Nhiệm vụ trong phạm vi", "Tasks in scope"),
    "followups/parts/desk_panel.html",
)
def in_scope(viewer: Viewer, now: datetime) -> Reads[Mapping[str, object] | None]:
    """How many tasks are overdue, due soon, not reported, to be verified, each leading to them.

    Nothing where the viewer sees no open task.
    """
    return counts_of_tasks(viewer, TaskSearch(), now).made(_counted)


def _counted(counts: Counts) -> Mapping[str, object] | None:
    if not counts.open:
        return None
    shown = (
        ("overdue", counts.overdue, _("Overdue"), {"han": "overdue"}),
        ("soon", counts.soon, _("Due soon"), {"han": "soon"}),
        ("paused", counts.unheard, _("Not reported"), {"han": "unheard"}),
        ("neutral", counts.waiting, _("To be verified"), {"trang-thai": DONE_CLAIMED}),
    )
    board = reverse("followups:board")
    return {
        "open": counts.open,
        "board": board,
        "counted": [
            Count(status, number, Link(name, f"{board}?{urlencode(asked)}"))
            for status, number, name, asked in shown
            if number
        ],
    }


_ASSIGNED = LocalText("Được phân công theo dõi", "Assigned to follow")
_ASSIGNMENTS = "followups/parts/assignments_panel.html"


@panel("followups.assigned_on_desk", "interface.desk", _ASSIGNED, _ASSIGNMENTS)
def assigned_on_desk(viewer: Viewer, now: datetime) -> Reads[Mapping[str, object] | None] | None:
    """What one is assigned to follow, now or soon; two rounds at the most."""
    return None if viewer.answers_as is None else _assigned(viewer, viewer.answers_as)


@panel("followups.assigned_to_official", "organizations.official", _ASSIGNED, _ASSIGNMENTS)
def assigned_to(viewer: Viewer, official: Official) -> Reads[Mapping[str, object] | None]:
    """The same of an official, of what the viewer may see."""
    return _assigned(viewer, official)


def _assigned(viewer: Viewer, official: Official) -> Reads[Mapping[str, object] | None]:
    return assigned_to_official(viewer, official).made(lambda rows: {"rows": rows} if rows else None)


@panel(
    "followups.of_arrangement",
    "organizations.arrangement",
    LocalText("Nhiệm vụ, văn bản chỉ đạo", "Tasks and directives"),
    "followups/parts/arrangement_panel.html",
)
def left_open(viewer: Viewer, arrangement: Arrangement) -> Mapping[str, object] | None:
    """What the units that go have not finished, of what the viewer may see; one query, beside that for the reach."""
    counts = count_left(viewer, arrangement.going)
    return counts | {"goes_on": bool(arrangement.targets)} if any(counts.values()) else None


@panel(
    "followups.led_by_leaver",
    "organizations.leaving",
    LocalText("Nhiệm vụ đang phụ trách", "Tasks the official leads"),
    "followups/parts/leaving_panel.html",
)
def led_by_leaver(viewer: Viewer, official: Official) -> Mapping[str, object] | None:
    """The open tasks that name the official as leader, to be handed over; those out of the viewer's sight are counted
    only. Two queries at most.
    """
    found = led_open(viewer, official)
    if not found:
        return None
    rows = [one for one in found if getattr(one, "is_seen", False)]
    return {"rows": rows[:_MOST_LISTED], "more": len(rows[_MOST_LISTED:]), "unseen": len(found) - len(rows)}


@panel(
    "followups.approvals_of_paper",
    "papers.asked",
    LocalText("Trình phê duyệt", "Approval"),
    "followups/parts/approvals_panel.html",
)
def approvals_of(viewer: Viewer, paper: Paper) -> Reads[Mapping[str, object] | None] | None:
    """Before whom the paper was laid and what was decided; until when, to who sees the task; the way to lay it."""
    if not paper.is_issued:
        return None
    asked = requests_of(paper, viewer)
    tasks = asking_tasks(viewer, asked)
    is_decided = finding_whether_decided(paper.unit, viewer.day) if may_ask_approval(viewer, paper) else False

    def shown(read: list[Any]) -> Mapping[str, object] | None:
        rows = shown_requests(viewer, asked, tasks, timezone.now())
        may_ask = may_lay_before(viewer, paper, read[1]) and not any(one.is_open for one in asked)
        ask_url = reverse("followups:ask-approval", args=[paper.pk]) if may_ask else ""
        return {"rows": rows, "ask_url": ask_url, "now": timezone.now()} if rows or ask_url else None

    return all_of([Reads([asked, tasks], lambda: None), is_decided]).made(shown)


@panel(
    "followups.of_paper",
    "papers.paper",
    LocalText("Văn bản chỉ đạo", "Directive"),
    "followups/parts/paper_panel.html",
)
def of_paper(viewer: Viewer, paper: Paper) -> Reads[Mapping[str, object] | None] | None:
    """The directive that the paper became, to who sees it; to who may, the way to make it one."""
    if not paper.is_issued:
        return None
    seen = visible_directives(viewer).filter(pk=OuterRef("pk"))
    made = Directive.objects.filter(paper=paper).annotate(may_see=Exists(seen)).order_by("-may_see", "pk")[:1]

    def shown(found: Sequence[Directive]) -> Mapping[str, object] | None:
        for one in found:
            return {"directive": one} if one.may_see else None
        may_make = paper.state == PaperState.ISSUED and may_issue_directive(viewer, paper.unit)
        return {"paper": paper} if may_make else None

    return made_of(made, shown)


@panel(
    "followups.papers_about_directive",
    "followups.directive",
    LocalText("Văn bản soạn về văn bản chỉ đạo này", "Papers written about this directive"),
    "papers/parts/papers_about.html",
)
def papers_about_directive(viewer: Viewer, directive: Directive) -> Reads[Mapping[str, object] | None]:
    """Those that the viewer may see: about the directive itself, or about what was raised at its tasks."""
    itself = Q(vocabulary=OF_DIRECTIVE, about=str(directive.pk))
    raised = Q(vocabulary=OF_DIFFICULTIES, about__startswith=about_directive(directive))
    found = papers_about(viewer, itself | raised)[: _MOST_PAPERS + 1]
    return made_of(
        found, lambda rows: {"rows": rows[:_MOST_PAPERS], "more": len(rows) > _MOST_PAPERS} if rows else None
    )


@panel(
    "followups.of_calendar_choice",
    "organizations.calendar_choice",
    LocalText("Thời hạn nhiệm vụ thay đổi", "Deadlines that it moves"),
    "followups/parts/calendar_panel.html",
)
def of_calendar_choice(viewer: Viewer, choice: CalendarChoice) -> Reads[Mapping[str, object]]:
    """The running tasks that would be due at another moment, old and new."""
    return recounted_by(viewer, choice).made(lambda page: {"page": page, "form": choice.form})
