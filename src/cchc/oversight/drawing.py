"""A random share that anybody draws again: by a seed that is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

_WHOLE = 100


def drawn(keys: Sequence[int], percent: int, seed: str) -> list[int]:
    """So many per cent of the keys, rounded up, in the order in which they are drawn. The same keys and seed draw the
    same ones, in whatever order the keys come.
    """
    number = -(-len(keys) * percent // _WHOLE)
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())[:number]
