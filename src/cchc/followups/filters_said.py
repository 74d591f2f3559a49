"""What narrows a list, in words: a line each above the table in its workbook, so that a part never looks like all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from cchc.followups.boards import state_choices, subject_kinds, tab_names, timing_names
from cchc.followups.difficulty_lists import state_names
from cchc.followups.models import DifficultyKind
from cchc.followups.queries.difficulties import DifficultySearch
from cchc.followups.queries.directives import unit_name
from cchc.followups.queries.missing import MissingSearch
from cchc.followups.queries.tasks import TaskSearch
from cchc.followups.task_sheets import missing_kinds
from cchc.interface.errors import current_language
from cchc.organizations.models import Unit
from cchc.records.dates import format_date


def tasks_said(asked: TaskSearch, unit: str, leader: str, subject: str) -> list[str]:
    """Of the board: `unit`, `leader` and `subject` are their names; empty where no task of theirs is found."""
    of_unit = _("Unit, without units under it") if asked.alone else _("Unit with all under it")
    return _lines(
        (of_unit, unit),
        (_("Whose tasks"), tab_names()[asked.mine] if asked.mine else ""),
        (_("State"), "" if asked.state == "all" else dict(state_choices())[asked.state]),
        (_("How they stand"), timing_names().get(asked.timing, "")),
        (_("Words of the task"), asked.text),
        *_days((_("Due from"), asked.start), (_("Due until"), asked.end)),
        (_("Tasks of"), dict(subject_kinds()).get(asked.source, "")),
        (_("Belongs to"), asked.group.name if asked.group else ""),
        (_("Belongs to"), (subject or _("One directive")) if asked.subject else ""),
        (_("Leader"), (leader or _("Of one leader")) if asked.leader is not None else ""),
    )


def unit_said(unit: Unit | None, day: date) -> str:
    """What a list is narrowed to, in words; empty for everything in scope."""
    return "" if unit is None else unit_name(unit, day) or unit.code


def missing_said(asked: MissingSearch, unit: str) -> list[str]:
    """Of the missing list; `unit` is its name."""
    kind = missing_kinds().get(asked.kind, "")
    return _lines((_("Unit with all under it"), unit), (_("What is missing"), kind))


def difficulties_said(asked: DifficultySearch, unit: str) -> list[str]:
    """Of compiled difficulties; `unit` is its name."""
    return _lines(
        (_("Unit with all under it"), unit),
        (_("Directive"), asked.directive.number if asked.directive else ""),
        (_("Whose tasks"), tab_names()["follow"] if asked.mine else ""),
        (_("Words of what was raised or answered"), asked.text),
        (_("Kind"), str(dict(DifficultyKind.choices).get(asked.kind, ""))),
        (_("State"), state_names().get(asked.state, "")),
        (_("Raised at tasks of"), dict(subject_kinds()).get(asked.source, "")),
        *_days((_("Raised from"), asked.start), (_("Raised until"), asked.end)),
    )


def _days(*named: tuple[str, date | None]) -> Iterable[tuple[str, str]]:
    return [(name, format_date(day, current_language())) for name, day in named if day is not None]


def _lines(*named: tuple[str, str]) -> list[str]:
    return [f"{name}: {said}" for name, said in named if said]
