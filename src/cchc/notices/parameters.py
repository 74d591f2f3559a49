"""The values of a notice as JSON and back: text, whole numbers, exact fractions and decimals, days, moments, and
names in two languages. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from cchc.audit.canonical import canonical_json, read_canonical
from cchc.records.text import LocalText

_LANGUAGES: Final = {"vi", "en"}


def to_json(values: Mapping[str, object]) -> dict[str, Any]:
    """What is stored. Raises `TypeError` for what has no exact form."""
    plain = {name: _plain(value) for name, value in values.items()}
    stored: dict[str, Any] = json.loads(canonical_json(plain))
    return stored


def from_json(stored: Mapping[str, Any]) -> dict[str, object]:
    """The values again."""
    values: dict[str, Any] = read_canonical(json.dumps(stored))
    return {name: _typed(value) for name, value in values.items()}


def _plain(value: object) -> object:
    return {"vi": value.vi, "en": value.en} if isinstance(value, LocalText) else value


def _typed(value: object) -> object:
    if isinstance(value, dict) and value.keys() == _LANGUAGES:
        return LocalText(value["vi"], value["en"])
    return value
