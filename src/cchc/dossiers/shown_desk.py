"""The tabs of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from cchc.dossiers.queries.desk import ALL, AT_WORK, MINE, QUEUE, READY, DeskSearch
from cchc.interface.shapes import Link


def desk_tabs(asked: DeskSearch, counts: Mapping[str, int]) -> list[Link]:
    """Each list with how many are in it; what is sought stays."""
    names = {
        MINE: _("Mine"),
        QUEUE: _("Queue"),
        AT_WORK: _("All at work"),
        READY: _("To be handed over"),
        ALL: _("All dossiers"),
    }
    more = {"tim": asked.text} if asked.text else {}
    return [
        Link(
            f"{name} {counts[which]}" if which in counts else name,
            f"?{urlencode({'xem': which, **more})}",
            current=which == asked.which,
        )
        for which, name in names.items()
    ]
