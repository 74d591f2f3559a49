"""Halves of a day on which a unit is visited, and where that is unless another place is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

HALVES: Final[Mapping[str, LocalText]] = {
    "": LocalText("cả ngày", "whole day"),
    "morning": LocalText("buổi sáng", "morning"),
    "afternoon": LocalText("buổi chiều", "afternoon"),
}
AT_THE_OFFICE: Final = LocalText("trụ sở của đơn vị", "the unit's office")
"""Where a unit is visited unless another place is named."""
