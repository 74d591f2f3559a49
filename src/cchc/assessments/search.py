"""What the search finds in this room: rounds and sheets in the viewer's scope."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F

from cchc.assessments.addresses import to_round, to_sheet
from cchc.assessments.models import Round, Sheet
from cchc.assessments.permissions import may_see_rounds
from cchc.assessments.queries.rounds import RoundSearch, find_rounds
from cchc.assessments.queries.waiting import search_sheets
from cchc.followups.addresses import shortened
from cchc.interface.hosting.search import Hit, Row, Source, rows_of, search_kind
from cchc.organizations.addresses import list_address
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_LONGEST = 120


@search_kind("assessments.rounds", LocalText("Đợt chấm điểm", "Scoring rounds"))
def rounds(viewer: Viewer, text: str, most: int) -> Source | None:
    """By words of the title, the newest first."""
    if not may_see_rounds(viewer):
        return None
    columns = {"a": F("title"), "b": F("year"), "c": name_on(viewer.day, "organizer")}
    rows = rows_of(find_rounds(viewer, RoundSearch(text)), most, **columns)
    return Source(rows, _rounds, list_address("assessments:rounds", text))


@search_kind("assessments.sheets", LocalText("Bản chấm điểm", "Scoring sheets"))
def sheets(viewer: Viewer, text: str, most: int) -> Source | None:
    """By words of the unit's name, the newest first."""
    if not may_see_rounds(viewer):
        return None
    columns = {"a": F("name"), "b": F("round__title"), "c": F("round__year")}
    return Source(rows_of(search_sheets(viewer, text), most, **columns), _sheets)


def _newest_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.key, reverse=True)


def _rounds(rows: Sequence[Row]) -> list[Hit]:
    return [
        Hit(shortened(f"{row.a} {row.b}", _LONGEST), to_round(Round(pk=row.key)), row.c) for row in _newest_first(rows)
    ]


def _sheets(rows: Sequence[Row]) -> list[Hit]:
    return [
        Hit(shortened(row.a, _LONGEST), to_sheet(Sheet(pk=row.key)), f"{shortened(row.b)} {row.c}")
        for row in _newest_first(rows)
    ]
