"""The desk as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cchc.interface.errors import current_language
from cchc.interface.hosting.desk import SOON_MINUTES, Desk, DeskChoice, DeskItem, DeskKind, Urgency
from cchc.interface.shapes import Link
from cchc.interface.templatetags.figures import day, until

_WORDS: Final[Mapping[Urgency, str | Promise]] = {
    Urgency.OVERDUE: gettext_lazy("Overdue"),
    Urgency.TODAY: gettext_lazy("Today"),
    Urgency.SOON: gettext_lazy("Due soon"),
    Urgency.OTHER: gettext_lazy("Other work"),
    Urgency.WAITING: gettext_lazy("Waiting"),
}
_CHIPS: Final[Mapping[Urgency, str]] = {
    Urgency.OVERDUE: "overdue",
    Urgency.TODAY: "soon",
    Urgency.SOON: "soon",
    Urgency.OTHER: "neutral",
    Urgency.WAITING: "paused",
}


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One line with the words around it. `when` is empty where working minutes tell it, or nothing is due."""

    item: DeskItem
    kind: str
    chip: str
    words: str
    when: str
    iso: str

    @property
    def has_minutes(self) -> bool:
        """Whether the working time left is known, so that a countdown says it."""
        return self.item.minutes is not None and isinstance(self.item.due, datetime)


def shown_desk(desk: Desk, chosen: DeskChoice, path: str) -> dict[str, Any]:
    """What the template needs: `items`, `found`, `urgencies` and `kinds` as links with their counts, `lists` where more
    is found than shown.
    """
    language = current_language()
    return {
        "items": [_shown(kind, item) for kind, item in desk.items],
        "found": desk.found,
        "all": desk.all,
        "soon": SOON_MINUTES,
        "is_filtered": chosen != DeskChoice(),
        "urgencies": [
            Link(_counted(_("Everything"), desk.all), _to(path, chosen.kind, ""), not chosen.urgency),
            *(
                Link(
                    _counted(_WORDS[urgency], number),
                    _to(path, chosen.kind, urgency),
                    chosen.urgency == urgency,
                    _CHIPS[urgency],
                )
                for urgency, number in desk.counts.items()
            ),
        ],
        "kinds": [
            (kind.code, _counted(kind.name.in_language(language), number), kind.code == chosen.kind)
            for kind, number in desk.kinds
        ],
        "lists": [Link(kind.name.in_language(language), address) for kind, address in desk.lists],
        "urgency": chosen.urgency,
    }


def _shown(kind: DeskKind, item: DeskItem) -> ShownItem:
    return ShownItem(
        item=item,
        kind=kind.name.in_language(current_language()),
        chip=_CHIPS[item.urgency],
        words=item.words or str(_WORDS[item.urgency]),
        when=_when(item.due),
        iso="" if item.due is None else item.due.isoformat(),
    )


def _when(due: datetime | date | None) -> str:
    if due is None:
        return ""
    return until(due) if isinstance(due, datetime) else day(due)


def _counted(name: str | Promise, number: int) -> str:
    return f"{name} {number}"


def _to(path: str, kind: str, urgency: str) -> str:
    query = urlencode([(name, value) for name, value in (("loai", kind), ("han", urgency)) if value])
    return f"{path}?{query}" if query else path
