"""What the search finds in this room: dossiers in the viewer's scope."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode

from cchc.dossiers.addresses import to_dossier
from cchc.dossiers.models import Dossier
from cchc.dossiers.permissions import may_see_dossiers
from cchc.dossiers.queries.desk import ALL, newest
from cchc.dossiers.searching import sought
from cchc.dossiers.shown_words import state_name
from cchc.interface.hosting.search import Hit, Row, Source, rows_of, search_kind
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


@search_kind("dossiers.dossiers", LocalText("Hồ sơ", "Dossiers"))
def dossiers(viewer: Viewer, text: str, most: int) -> Source | None:
    """By code, owner, number or procedure, the newest first."""
    if not may_see_dossiers(viewer):
        return None
    columns = {"a": F("code"), "b": F("state"), "c": F("procedure_version__procedure__name_vi")}
    rows = rows_of(newest(viewer, sought(text).in_words, None, most), most, **columns)
    return Source(rows, _hits, f"{reverse('dossiers:desk')}?{urlencode({'xem': ALL, 'tim': text})}")


def _hits(rows: Sequence[Row]) -> list[Hit]:
    newest = sorted(rows, key=lambda row: row.key, reverse=True)
    return [Hit(row.a, to_dossier(Dossier(pk=row.key)), f"{row.c}, {state_name(row.b)}") for row in newest]
