"""The filters of the board as its page shows them: what may be chosen, counts that lead to rows, what is in use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cchc.followups.addresses import shortened, with_filter
from cchc.followups.queries.tasks import Counts, TaskSearch
from cchc.followups.states import DONE_CLAIMED, TASK
from cchc.followups.subjects import known_subjects
from cchc.interface.errors import current_language
from cchc.interface.shapes import Count, Link


def board_filters(request: HttpRequest, asked: TaskSearch, counts: Counts) -> dict[str, Any]:
    """`tabs` (whose tasks), `counted`, `states` and `sources` to choose from, `active` filters in use; whether anything
    narrows the list, and the address of the same list `with_closed` tasks.
    """
    return {
        "tabs": _tabs(request, asked),
        "counted": _counted(request, asked, counts),
        "states": state_choices(),
        "sources": subject_kinds(),
        "active": _active(request, asked),
        "is_search": _is_search(asked),
        "with_closed": with_filter(request, trang_thai="all"),
    }


def subject_kinds() -> list[tuple[str, str]]:
    """What tasks may belong to, to choose from, in the reader's language."""
    language = current_language()
    return [(label, one.name.in_language(language)) for label, one in known_subjects().items()]


def tab_names() -> dict[str, str]:
    """Whose tasks may be asked for."""
    return {"": _("All in scope"), "do": _("Mine to do"), "follow": _("Mine to follow")}


def timing_names() -> dict[str, str]:
    """How tasks may stand in time."""
    return {"overdue": _("Overdue"), "soon": _("Due soon"), "unheard": _("Not reported")}


def state_choices() -> list[tuple[str, str]]:
    """The states that may be asked for, in the reader's language."""
    language = current_language()
    every = [(state.id, state.name.in_language(language)) for state in TASK.states]
    return [("open", _("All that are open")), ("all", _("All, closed ones too")), *every]


def _is_search(asked: TaskSearch) -> bool:
    """A tab and the choice between open and all are views of the whole, no search in it."""
    dated = (asked.timing, asked.start, asked.end)
    narrowing = (asked.text, asked.under, *dated, asked.source, asked.subject, asked.leader)
    return asked.state not in {"open", "all"} or any(narrowing)


def _tabs(request: HttpRequest, asked: TaskSearch) -> list[Link]:
    return [Link(name, with_filter(request, cua_toi=key), asked.mine == key) for key, name in tab_names().items()]


def _counted(request: HttpRequest, asked: TaskSearch, counts: Counts) -> list[Count]:
    """Pressing the one in use takes it away."""
    timings = {
        "overdue": ("overdue", counts.overdue),
        "soon": ("soon", counts.soon),
        "unheard": ("paused", counts.unheard),
    }
    names = timing_names()
    listed = [
        Count(status, number, Link(names[key], _toggled(request, asked, han=key), asked.timing == key))
        for key, (status, number) in timings.items()
    ]
    waits = asked.state == DONE_CLAIMED
    waiting = with_filter(request, trang_thai="" if waits else DONE_CLAIMED, han="")
    return [*listed, Count("neutral", counts.waiting, Link(_("To be verified"), waiting, waits))]


def _toggled(request: HttpRequest, asked: TaskSearch, han: str) -> str:
    """Timings are about what runs: a chosen state would hide rows that were counted."""
    return with_filter(request, han="" if asked.timing == han else han, trang_thai="")


def _active(request: HttpRequest, asked: TaskSearch) -> list[Link]:
    """Filters that have no control of their own on the page."""
    found = []
    if asked.subject is not None:
        found.append(Link(_("One directive"), with_filter(request, van_ban="")))
    if asked.leader is not None:
        found.append(Link(_("Of one leader"), with_filter(request, lanh_dao="")))
    if asked.group is not None:
        found.append(Link(shortened(asked.group.name), with_filter(request, nhom="")))
    if asked.alone:
        found.append(Link(_("Without units under it"), with_filter(request, rieng="")))
    if asked.timing:
        found.append(Link(timing_names()[asked.timing], with_filter(request, han="")))
    return found
