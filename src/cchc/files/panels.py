"""A part of the page of a file that follows a right of its own: who changed what."""

from __future__ import annotations

from collections.abc import Mapping

from cchc.files.models import StoredFile
from cchc.interface.histories.showing import last_change
from cchc.interface.hosting.panels import panel
from cchc.interface.together import Reads
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


@panel("files.history_of_file", "files.file", LocalText("Ai đã sửa gì", "Who changed what"),
       "interface/parts/last_change.html")  # fmt: skip
def history_of_file(viewer: Viewer, file: StoredFile) -> Reads[Mapping[str, object]] | None:
    """The last change and the way to all of them, for auditors and administrators over the unit."""
    return last_change(viewer, file)
