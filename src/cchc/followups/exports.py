"""Lists of this room that are taken along, however long: the board, who was not heard, difficulties, directives."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cchc.followups.actions.urging import note_table_taken
from cchc.followups.addresses import asked_difficulties, asked_missing, asked_tasks, asked_words, require_clear
from cchc.followups.difficulty_lists import difficulties_table, people_in
from cchc.followups.fields import narrowed_to_directive
from cchc.followups.filters_said import difficulties_said, missing_said, tasks_said, unit_said
from cchc.followups.permissions import may_see_tasks
from cchc.followups.queries import difficulties, directives, missing, tasks
from cchc.followups.sheets import directive_table, list_table
from cchc.followups.task_sheets import board_table, lines_above, missing_table, subject_names
from cchc.interface.day_filters import asked_days
from cchc.interface.paging import is_key
from cchc.organizations.exporting import ExportKind, Taken, Wanted
from cchc.organizations.narrowing import narrowed_to
from cchc.records.search import fold
from cchc.records.text import LocalText

DIRECTIVE: Final = "van-ban"
_CHUNK: Final = 500
_LONGEST_NAME: Final = 60


def _board(asking: HttpRequest) -> Wanted:
    """It names leaders, so it is written down who took it."""
    narrowing, now, viewer = require_clear(narrowed_to(asking)), timezone.now(), asking.viewer
    asked = asked_tasks(asking, narrowing.unit, require_clear(asked_days(asking)))

    def read() -> Taken:
        found = tasks.tasks_to_take(viewer, asked, now)
        leaders = {task.leader.code for task in found if task.leader}
        one = found[0] if found else None  # all are of the leader and of the subject that are asked for
        said = tasks_said(
            asked, unit_said(narrowing.unit, viewer.day), one.leader.name if one and one.leader else "",
            "".join(subject_names([one]).values()) if one and asked.subject else "",
        )  # fmt: skip
        return Taken([board_table(found, said, now)], len(leaders), leaders)

    return Wanted("nhiem-vu.xlsx", tasks.find_tasks(viewer, asked, now).count, read)


def _missing(asking: HttpRequest) -> Wanted:
    """It names leaders too."""
    narrowing, now, viewer = require_clear(narrowed_to(asking)), timezone.now(), asking.viewer
    asked = asked_missing(asking, narrowing.unit)

    def read() -> Taken:
        found = missing.missing(viewer, asked, now)
        leaders = {row.official for row in found if row.official}
        said = missing_said(asked, unit_said(narrowing.unit, viewer.day))
        return Taken([missing_table(found, said, now)], len(leaders), leaders)

    return Wanted("chua-bao-cao.xlsx", lambda: missing.missing_count(viewer, asked, now), read)


def _difficulties(asking: HttpRequest) -> Wanted:
    """It says who raised and answered, so it is written down who took it."""
    narrowing, of = require_clear(narrowed_to(asking)), require_clear(narrowed_to_directive(asking))
    asked = asked_difficulties(asking, narrowing.unit, of.found, require_clear(asked_days(asking)))
    found = difficulties.find_difficulties(asking.viewer, asked)

    def read() -> Taken:
        listed = list(found)
        people = people_in(listed)
        said = difficulties_said(asked, unit_said(narrowing.unit, asking.viewer.day))
        above = lines_above(_("Difficulties, proposals, advantages"), said, timezone.now())
        return Taken([difficulties_table(listed, above)], len(people), people)

    return Wanted("kho-khan-de-xuat.xlsx", found.count, read)


def _directives(asking: HttpRequest) -> Wanted:
    found = directives.find_directives(asking.viewer, asked_words(asking))
    return Wanted("van-ban-chi-dao.xlsx", found.count, lambda: Taken([list_table(found.iterator(chunk_size=_CHUNK))]))


def _followed(asking: HttpRequest) -> Wanted:
    """The follow-up table of a directive; the history of the directive says who took it."""
    number, viewer = asking.GET.get(DIRECTIVE, ""), asking.viewer
    directive = directives.get_directive(viewer, int(number) if is_key(number) else 0)

    def read() -> Taken:
        found = directives.followed(viewer, directive)
        note = partial(note_table_taken, directive=directive, tasks=len(found.tasks))
        return Taken(directive_table(found, timezone.now()), note=note)

    # letters that every system takes: `2624-ubnd-tthcc`
    name = re.sub(r"[^a-z0-9]+", "-", fold(directive.number)).strip("-")[:_LONGEST_NAME]
    return Wanted(f"theo-doi-{name}.xlsx", lambda: directives.number_followed(viewer, directive), read)


board = ExportKind("followups.board", LocalText("Danh sách nhiệm vụ", "List of tasks"), may_see_tasks, _board)
not_heard = ExportKind(
    "followups.missing", LocalText("Danh sách chưa báo cáo", "List of those not heard"), may_see_tasks, _missing
)
raised = ExportKind(
    "followups.difficulties", LocalText("Khó khăn, đề xuất, thuận lợi", "Difficulties, proposals, advantages"),
    may_see_tasks, _difficulties,
)  # fmt: skip
issued = ExportKind(
    "followups.directives", LocalText("Danh sách văn bản chỉ đạo", "List of directives"), may_see_tasks, _directives
)
followed = ExportKind(
    "followups.directive", LocalText("Bảng theo dõi văn bản chỉ đạo", "Follow-up table of a directive"), may_see_tasks,
    _followed,
)  # fmt: skip
