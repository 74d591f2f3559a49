"""How this room's pages with a form answer: inside its own frame."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cchc.followups.models import Task
from cchc.followups.queries.directives import unit_name
from cchc.followups.queries.recipients import headless, recipients_of
from cchc.interface import answering
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import named

FRAME = "followups/base.html"
answer_form = partial(answering.answer_form, frame=FRAME)


_MOST_NAMED: Final = 5
form_page = require_http_methods(["GET", "HEAD", "POST"])


def warn_if_nobody_told(request: HttpRequest, task: Task) -> None:
    """After what others are to be told of: nobody was, where nobody leads the task or decides for its unit."""
    day = request.viewer.day
    if recipients_of([task], day):
        return
    said = _(
        "Nobody has been told yet: no head of %(unit)s is known, and nobody holds a role that decides for it. Ask its "
        "administrator to enter its head, or tell the unit directly."
    )
    messages.warning(request, said % {"unit": unit_name(task.owner, day) or task.owner.code})


def warn_of_headless(request: HttpRequest, units: Collection[Unit]) -> None:
    """After something that the heads of these units are to be told of: how many have none, and which."""
    day = request.viewer.day
    found = headless(units, day)
    if not found:
        return
    names = ", ".join(one.name_vi for one in named(found[:_MOST_NAMED], day))
    said = ngettext(
        "%(n)d unit has no head entered, so its head could not be told: %(names)s. It is marked so on the page of the "
        "directive; ask its administrator to enter the head, or tell it directly.",
        "%(n)d units have no head entered, so their heads could not be told: %(names)s. They are marked so on the page "
        "of the directive; ask their administrators to enter the heads, or tell them directly.",
        len(found),
    )
    more = " …" if len(found) > _MOST_NAMED else ""
    messages.warning(request, said % {"n": len(found), "names": names + more})


def warn_of_unled(request: HttpRequest, tasks: Collection[Task]) -> None:
    """After tasks were given: how many nobody leads yet, and of which units."""
    unled = [task.owner for task in tasks if task.leader_id is None]
    if not unled:
        return
    names = ", ".join(one.name_vi for one in named(unled[:_MOST_NAMED], request.viewer.day))
    said = ngettext(
        "%(n)d task is given without a leader, since no head of its unit is entered: %(names)s. Name the leader on the "
        "page of the task.",
        "%(n)d tasks are given without a leader, since no heads of their units are entered: %(names)s. Name the "
        "leaders on the pages of the tasks.",
        len(unled),
    )
    more = " …" if len(unled) > _MOST_NAMED else ""
    messages.warning(request, said % {"n": len(unled), "names": names + more})
