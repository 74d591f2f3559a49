"""Samples of what rooms contribute: panels, a history, hits of a search."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from cchc.interface.histories.showing import Change, ShownEvent
from cchc.interface.hosting.search import Hit
from cchc.interface.shapes import Link

_AT = datetime(2026, 11, 23, 2, 42, tzinfo=UTC)


def hosting() -> dict[str, Any]:
    """`history_events` in every state, `hits`."""
    return {
        "history_events": [
            _event(3, _("Posting given"), changes=[Change(_("Post"), _("Specialist"), _("Head of office"))],
                   about=[Change(_("Official"), "", "Nguyễn Thị Hoa")], reason=_("Decision on personnel")),
            _event(2, _("Delegation"), on_behalf_of="Trần Văn Dũng (CB-02)",
                   principal_capacity=_("Head of office, office of the province"),
                   changes=[Change(_("Until"), "", "30/11/2026")]),
            _event(4, _("Units reorganized"), capacity="", on_behalf_of="CB-03", changes=[
                Change(_("Units that go into it"), "", "", [Link("Xã Ẵng Mẫu", "#g-hosting"), Link("xa-cu")])]),
            _event(1, _("Official entered"), capacity="", erased_at=_AT, why_erased=_("Kept for ten years")),
        ],
        "hits": [Hit("Xã Ẵng Mẫu", "#g-hosting", _("Commune")), Hit("Lò Văn Ẵng", "#g-hosting", _("Specialist"))],
    }  # fmt: skip


def _event(sequence: int, kind: str, **more: Any) -> ShownEvent:
    given: dict[str, Any] = {
        "capacity": _("Specialist, office of the province"), "on_behalf_of": "", "principal_capacity": "", "reason": "",
        "changes": (), "about": (), "erased_at": None, "why_erased": "", **more,
    }  # fmt: skip
    return ShownEvent(sequence=sequence, at=_AT, kind=kind, who="Nguyễn Thị Hoa (CB-01)", **given)
