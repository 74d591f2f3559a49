"""What this room shows on the desk: the index that was published last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc.interface.errors import current_language
from cchc.interface.hosting.panels import panel
from cchc.interface.together import Reads, made_of
from cchc.portal.figures import RoundFigures
from cchc.portal.queries import newest_rounds
from cchc.records.text import LocalText


@panel(
    "portal.newest_round",
    "interface.desk",
    LocalText("Kết quả đã công bố", "Published results"),
    "portal/parts/desk_panel.html",
)
def published(viewer: Any, subject: Any) -> Reads[Mapping[str, object] | None]:
    """The newest round. Nothing while none is published."""
    language = current_language()
    return made_of(newest_rounds()[:1], lambda newest: {"round": RoundFigures(newest[0], language)} if newest else None)
