"""Compiled difficulties as their page shows them, and as a workbook: filters, counts that lead to rows, the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cchc.followups.addresses import with_filter
from cchc.followups.models import Difficulty, DifficultyKind
from cchc.followups.queries.difficulties import ANSWERED, WAITING, DifficultyCounts, DifficultySearch
from cchc.followups.sheets import Row
from cchc.followups.subjects import known_subjects, subject_links
from cchc.followups.task_sheets import subject_names
from cchc.interface.errors import current_language
from cchc.interface.shapes import Count, Link
from cchc.organizations.shown import named_as
from cchc.tables.writing import Column, SheetToWrite

_STATUSES: Final = {"difficulty": "paused", "proposal": "neutral", "advantage": "ok"}

Shown = tuple[Difficulty, str, Link | None]
"""A line, the kind of what its task belongs to, and the way there."""


def difficulty_filters(request: HttpRequest, asked: DifficultySearch, counts: DifficultyCounts) -> dict[str, Any]:
    """`tabs` (whose tasks), `counted`, what may be chosen, and whether anything narrows the list."""
    language = current_language()
    return {
        "tabs": [
            Link(_("All in scope"), with_filter(request, cua_toi=""), not asked.mine),
            Link(_("Mine to follow"), with_filter(request, cua_toi="follow"), asked.mine),
        ],
        "counted": _counted(request, asked, counts),
        "kinds": DifficultyKind.choices,
        "states": list(state_names().items()),
        "sources": [
            (label, one.name.in_language(language)) for label, one in known_subjects().items() if one.answering is None
        ],
        "is_search": replace(asked, mine=False) != DifficultySearch(),
    }


def state_names() -> Mapping[str, str]:
    """What may be asked of the state, in the reader's language."""
    return {WAITING: _("Not answered yet"), ANSWERED: _("Answered")}


def shown_difficulties(found: Sequence[Difficulty]) -> list[Shown]:
    """In the order given. One query for each kind of subject."""
    tasks, language = [one.task for one in found], current_language()
    links, kinds = subject_links(tasks), known_subjects()
    return [
        (
            one,
            kinds[one.task.subject_type].name.in_language(language) if one.task.subject_type in kinds else "",
            links.get((one.task.subject_type, one.task.subject_id)),
        )
        for one in found
    ]


def difficulties_table(found: Sequence[Difficulty], lines_above: tuple[str, ...]) -> SheetToWrite:
    """A difficulty, proposal or advantage in a row, with its answer."""
    columns = (
        Column(_("Serial number"), 6, "number"), Column(_("Kind"), 20), Column(_("Content"), 60),
        Column(_("Unit"), 34), Column(_("Task"), 44), Column(_("Belongs to"), 34), Column(_("Raised on"), 12, "date"),
        Column(_("Raised by"), 40), Column(_("State"), 16), Column(_("Answer"), 50),
        Column(_("Answered on"), 12, "date"), Column(_("Answered by"), 40),
    )  # fmt: skip
    return SheetToWrite(_("Difficulties and proposals"), columns, _rows(found), lines_above, frozen_columns=3)


def people_in(found: Sequence[Difficulty]) -> set[str]:
    """The codes of all who raised or answered something."""
    return {person.code for one in found for person in (one.raised_by, one.answered_by) if person is not None}


def _counted(request: HttpRequest, asked: DifficultySearch, counts: DifficultyCounts) -> list[Count]:
    """Pressing the one in use takes it away."""
    of_states = [
        Count(status, number, _toggle(request, "trang_thai", key, asked.state, state_names()[key]))
        for key, status, number in ((WAITING, "soon", counts.waiting), (ANSWERED, "ok", counts.answered))
    ]
    of_kinds = [
        Count(_STATUSES[kind], getattr(counts, kind), _toggle(request, "loai", kind, asked.kind, str(name)))
        for kind, name in DifficultyKind.choices
    ]
    return [*of_states, *of_kinds]


def _toggle(request: HttpRequest, name: str, key: str, chosen: str, said: str) -> Link:
    return Link(said, with_filter(request, **{name: "" if chosen == key else key}), chosen == key)


def _rows(found: Sequence[Difficulty]) -> Iterator[Row]:
    subjects = subject_names([one.task for one in found])
    for number, one in enumerate(found, 1):
        task, answered = one.task, one.answered_at
        yield (
            number, one.get_kind_display(), one.text, one.owner_name or "", task.what,
            subjects.get((task.subject_type, task.subject_id), ""), localtime(one.raised_at).date(),
            named_as(one.raised_by, one.raised_as), _state(one), one.answer,
            localtime(answered).date() if answered else None,
            named_as(one.answered_by, one.answered_as),
        )  # fmt: skip


def _state(one: Difficulty) -> str:
    """Nobody owes an advantage an answer."""
    return state_names()[ANSWERED if one.answered_at else WAITING] if one.answered_at or one.waits else "–"
