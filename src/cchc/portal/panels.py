"""What this room shows on the desk: the index that was published last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc.interface.errors import current_language
from cchc.interface.hosting.panels import panel
from cchc.portal.figures import RoundFigures
from cchc.portal.queries import newest_round
from cchc.records.text import LocalText


@panel(
    "portal.newest_round",
    "interface.desk",
    LocalText("Kết quả đã công bố", "Published results"),
    "portal/parts/desk_panel.html",
)
def published(viewer: Any, subject: Any) -> Mapping[str, object] | None:
    """The newest round; one query. Nothing while none is published."""
    newest = newest_round()
    return None if newest is None else {"round": RoundFigures(newest, current_language())}
