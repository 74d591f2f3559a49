"""A part of the page of a paper: who changed it last."""

from __future__ import annotations

from collections.abc import Mapping

from cchc.interface.histories.showing import last_change
from cchc.interface.hosting.panels import panel
from cchc.interface.together import Reads
from cchc.organizations.viewers import Viewer
from cchc.papers.models import Paper
from cchc.records.text import LocalText


@panel("papers.history_of_paper", "papers.paper", LocalText("Ai đã sửa gì", "Who changed what"),
       "interface/parts/last_change.html")  # fmt: skip
def history_of_paper(viewer: Viewer, paper: Paper) -> Reads[Mapping[str, object]] | None:
    """The last change and the way to all of them, for the readers of the paper."""
    return last_change(viewer, paper)
