"""Parts of pages: at a file who changed it, at a unit the decisions and documents that are cited for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cchc.files.attached import attached, listed
from cchc.files.citations import UNIT
from cchc.files.models import Citation, StoredFile
from cchc.interface.histories.showing import last_change
from cchc.interface.hosting.panels import panel
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_change_unit
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


@panel("files.history_of_file", "files.file", LocalText("Ai đã sửa gì", "Who changed what"),
       "interface/parts/last_change.html")  # fmt: skip
def history_of_file(viewer: Viewer, file: StoredFile) -> Reads[Mapping[str, object]] | None:
    """The last change and the way to all of them, for auditors and administrators over the unit."""
    return last_change(viewer, file)


@panel("files.of_unit", "organizations.unit", LocalText("Tệp của đơn vị", "Files of the unit"),
       "files/parts/attached.html")  # fmt: skip
def of_unit(viewer: Viewer, unit: Unit) -> Reads[Mapping[str, object] | None]:
    """What is cited for it, and the ways to add to that for its administrators."""
    subject, may_change = (UNIT, str(unit.pk)), may_change_unit(viewer, unit)

    def shown(found: Sequence[Citation]) -> Mapping[str, object] | None:
        files = attached(found, subject, may_change=may_change)
        return {"attached": files} if files else None

    return made_of(listed(viewer, subject), shown)
