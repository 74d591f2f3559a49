"""What the search finds in this room: procedures by code, name and field."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F

from cchc.followups.addresses import shortened
from cchc.interface.hosting.search import Hit, Row, Source, rows_of, search_kind
from cchc.organizations.addresses import list_address
from cchc.organizations.viewers import Viewer
from cchc.procedures.addresses import to_procedure
from cchc.procedures.models import Procedure
from cchc.procedures.permissions import may_see_procedures
from cchc.procedures.queries.catalogue import with_words
from cchc.procedures.queries.scope import visible_procedures
from cchc.records.text import LocalText

_LONGEST = 120


@search_kind("procedures.procedures", LocalText("Thủ tục hành chính", "Administrative procedures"))
def procedures(viewer: Viewer, text: str, most: int) -> Source | None:
    """By their words, by code."""
    if not may_see_procedures(viewer):
        return None
    found = with_words(visible_procedures(viewer), text).order_by("code")
    columns = {"a": F("name_vi"), "b": F("code"), "c": F("field_vi")}
    return Source(rows_of(found, most, **columns), _hits, list_address("procedures:catalogue", text))


def _hits(rows: Sequence[Row]) -> list[Hit]:
    return [
        Hit(shortened(row.a, _LONGEST), to_procedure(Procedure(code=row.b)), f"{row.b}, {row.c}")
        for row in sorted(rows, key=lambda row: row.b)
    ]
