"""What can be picked in the gallery: three samples, two of one name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from cchc.interface.hosting.picking import Choice, pick_kind
from cchc.records.search import fold
from cchc.records.text import LocalText

_SAMPLES: Final = (
    Choice("xa-mau-mot", "Xã Mẫu Một", "Xã, tỉnh Mẫu"),
    Choice("xa-mau-hai", "Xã Mẫu Hai", "Xã, tỉnh Mẫu"),
    Choice("van-phong-mot", "Văn phòng", "Xã Mẫu Một"),
    Choice("van-phong-hai", "Văn phòng", "Xã Mẫu Hai"),
)


def known_samples(viewer: Any, values: Collection[str]) -> Sequence[Choice]:
    """By their codes."""
    return [one for one in _SAMPLES if one.value in values]


@pick_kind("interface.sample", LocalText("đơn vị mẫu", "sample unit"), known=known_samples, is_sample=True)
def samples(viewer: Any, text: str, most: int) -> Sequence[Choice]:
    """By words of their names."""
    return [one for one in _SAMPLES if all(word in fold(one.title) for word in fold(text).split())][:most]
