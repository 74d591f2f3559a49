"""What the search finds in this room: papers issued, and drafts that the viewer may see."""

from __future__ import annotations

from django.urls import reverse

from cchc.interface.errors import current_language
from cchc.interface.hosting.search import Found, Hit, search_kind
from cchc.interface.templatetags.figures import day
from cchc.organizations.addresses import list_address
from cchc.organizations.viewers import Viewer
from cchc.papers.models import Paper
from cchc.papers.permissions import may_see_papers
from cchc.papers.queries.papers import PaperSearch, search_papers
from cchc.papers.states import PAPER
from cchc.records.text import LocalText


@search_kind("papers.papers", LocalText("Văn bản", "Papers"))
def papers(viewer: Viewer, text: str, most: int) -> Found:
    """By number or words of the summary, the newest first. One query."""
    if not may_see_papers(viewer):
        return Found()
    found = list(search_papers(viewer, PaperSearch(text))[: most + 1])
    hits = [Hit(_title(one), reverse("papers:paper", args=[one.pk]), _note(one)) for one in found[:most]]
    return Found(hits, list_address("papers:papers", text) if len(found) > most else "")


def _title(paper: Paper) -> str:
    return f"{paper.full_number} · {paper.title}" if paper.is_issued else paper.title


def _note(paper: Paper) -> str:
    issued_on = day(paper.issued_on) if paper.issued_on else ""
    state = PAPER.state(paper.state).name.in_language(current_language())
    return ", ".join(part for part in (paper.unit_name, state, issued_on) if part)
