"""Directives that are picked by number or words of the title."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from cchc.followups.addresses import shortened
from cchc.followups.models import Directive
from cchc.followups.queries.directives import find_directives
from cchc.followups.states import IN_FORCE
from cchc.interface.hosting.picking import Choice, pick_kind
from cchc.organizations.viewers import Viewer
from cchc.records.dates import format_date
from cchc.records.text import LocalText

_VALUE: Final = re.compile(r"#([0-9]{1,18})")


def known_directives(viewer: Viewer, keys: Collection[str]) -> Sequence[Choice]:
    """By `#12`, which nobody types. One query."""
    numbers = [int(found.group(1)) for key in keys if (found := _VALUE.fullmatch(key))]
    return [_choice(one) for one in find_directives(viewer, "").filter(pk__in=numbers)]


@pick_kind("followups.directive", LocalText("văn bản chỉ đạo", "directive"), known=known_directives, tells_value=False)
def directives(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """Those in force that the viewer sees, the newest first. One query."""
    return [_choice(one) for one in find_directives(viewer, text).filter(state=IN_FORCE)[:most]]


def _choice(one: Directive) -> Choice:
    return Choice(f"#{one.pk}", one.number, f"{format_date(one.issued_on)} · {shortened(one.title, 120)}")
