"""Sample data for the gallery of components: every state once. Samples, not facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc.interface.gallery.basics import basics
from cchc.interface.gallery.comparing import comparing
from cchc.interface.gallery.hosting import hosting
from cchc.interface.gallery.picking import picking
from cchc.interface.gallery.working import working


def examples(query: Mapping[str, str]) -> dict[str, Any]:
    """The context of the gallery page; what the query may say stands at each part."""
    return {**basics(query), **comparing(), **working(query), **hosting(), **picking()}
