"""Sample data for the gallery of components: every state once. Samples, not facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def examples(query: Mapping[str, str]) -> dict[str, Any]:
    """The context of the gallery page."""
    return {}
