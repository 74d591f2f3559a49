"""On the desk the index that was published last; beside the result of a round scored here its public page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc.assessments.models import Round
from cchc.assessments.permissions import may_approve_result
from cchc.assessments.policies import may_become
from cchc.interface.errors import current_language
from cchc.interface.hosting.panels import panel
from cchc.interface.together import Reads, made_of
from cchc.organizations.viewers import Viewer
from cchc.portal.figures import RoundFigures
from cchc.portal.models import PublishedRound
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


@panel(
    "portal.of_result",
    "assessments.result",
    LocalText("Cổng công khai", "Public page"),
    "portal/parts/result_panel.html",
)
def of_result(viewer: Viewer, round_: Round) -> Reads[Mapping[str, object] | None]:
    """The public page of a round scored here, and the way to make it public. Nothing before a result is frozen."""
    found = PublishedRound.objects.filter(scored_in=round_, is_current=True)

    def shown(rows: list[PublishedRound]) -> Mapping[str, object] | None:
        if not round_.result_version:
            return None
        may = bool(may_approve_result(viewer, round_)) and bool(may_become(round_, "publish"))
        return {"round": round_, "published": rows[0] if rows else None, "may_publish": may}

    return made_of(found, shown)
