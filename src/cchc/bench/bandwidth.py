"""How fast this machine moves memory: the floor under everything that reads and writes arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

_COPIED_BYTES: Final = 128_000_000


def make_copy() -> tuple[Callable[[], object], int]:
    """Something to time that copies one large array onto another, and the bytes it reads and writes."""
    source = np.ones(_COPIED_BYTES // 8, dtype=np.int64)
    target = np.empty_like(source)
    target[:] = 0  # the pages are there before anything is timed
    return lambda: np.copyto(target, source), 2 * _COPIED_BYTES
