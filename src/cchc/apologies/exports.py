"""The list of this room that is taken along, however long: apologies as they are narrowed."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate

from cchc.apologies.addresses import Asked, asked_list
from cchc.apologies.permissions import may_see_apologies
from cchc.apologies.sheets import apologies_table
from cchc.apologies.shown import LetterLine, Line
from cchc.apologies.shown_list import Lists, all_lines, counted_lines, lists_of
from cchc.followups.addresses import require_clear
from cchc.organizations.exporting import ExportKind, Taken, Wanted
from cchc.organizations.narrowing import narrowed_to
from cchc.records.text import LocalText


def wanted_lines(asking: HttpRequest) -> Sequence[Line | LetterLine]:
    """All of the list that the address asks for. Raises what `narrowed_to` says of an unclear unit."""
    lists, asked = _asked(asking)
    return all_lines(lists, asked)


def _apologies(asking: HttpRequest) -> Wanted:
    """It names owners of dossiers, so it is written down who took it."""
    lists, asked = _asked(asking)

    def read() -> Taken:
        lines = all_lines(lists, asked)
        return Taken([apologies_table(lines)], len(lines))

    return Wanted("van-ban-xin-loi.xlsx", lambda: counted_lines(lists, asked), read)


def _asked(asking: HttpRequest) -> tuple[Lists, Asked]:
    now, narrowing = timezone.now(), require_clear(narrowed_to(asking))
    return lists_of(asking.viewer, narrowing.unit, now), asked_list(asking, localdate(now))


apologies = ExportKind(
    "apologies.list", LocalText("Danh sách văn bản xin lỗi", "List of apologies"), may_see_apologies, _apologies
)
