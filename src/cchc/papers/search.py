"""What the search finds in this room: papers issued, and drafts that the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F
from django.urls import reverse

from cchc.interface.errors import current_language
from cchc.interface.hosting.search import Hit, Row, Source, rows_of, search_kind
from cchc.interface.templatetags.figures import day
from cchc.organizations.addresses import list_address
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.papers.models import Paper
from cchc.papers.permissions import may_see_papers
from cchc.papers.queries.papers import PaperSearch, search_papers
from cchc.papers.states import PAPER
from cchc.records.text import LocalText


@search_kind("papers.papers", LocalText("Văn bản", "Papers"))
def papers(viewer: Viewer, text: str, most: int) -> Source | None:
    """By number or words of the summary, the newest first."""
    if not may_see_papers(viewer):
        return None
    columns = {"a": F("title"), "b": F("number"), "c": F("symbol"), "d": F("state"), "e": name_on(viewer.day)}
    rows = rows_of(search_papers(viewer, PaperSearch(text)), most, **columns, day=F("issued_on"))
    return Source(rows, _papers, list_address("papers:papers", text))


def _papers(rows: Sequence[Row]) -> list[Hit]:
    newest_first = sorted(rows, key=lambda row: row.key, reverse=True)
    return [Hit(_title(row), reverse("papers:paper", args=[row.key]), _note(row)) for row in newest_first]


def _title(row: Row) -> str:
    paper = Paper(title=row.a, number=int(row.b) if row.b else None, symbol=row.c, state=row.d)
    return f"{paper.full_number} · {paper.title}" if paper.is_issued else paper.title


def _note(row: Row) -> str:
    issued_on = day(row.day) if row.day else ""
    state = PAPER.state(row.d).name.in_language(current_language())
    return ", ".join(part for part in (row.e, state, issued_on) if part)
