"""A part of this room's own gallery, as any room would contribute one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc.interface.hosting.panels import panel
from cchc.records.text import LocalText


@panel(
    "interface.sample", "interface.gallery",
    LocalText("Phần do phân hệ khác góp", "A part of another room"), "interface/parts/sample_panel.html",
)  # fmt: skip
def sample(viewer: Any, subject: Any) -> Mapping[str, object]:
    """Always there: the gallery is public."""
    return {}
