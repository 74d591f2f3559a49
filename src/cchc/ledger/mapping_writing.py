"""A mapping as YAML, so that `mapping_reading.read_mapping` gives the same one again."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from fractions import Fraction
from typing import Any

from cchc.ledger.mapping import Constant, Limit, LogMapping


def mapping_text(mapping: LogMapping) -> str:
    """Every key that does not say what it would say by itself, in the order of the records."""
    lines = [
        f"{one.name}:{_written(value)}"
        for one in fields(LogMapping)
        if (value := getattr(mapping, one.name)) != one.default
    ]
    return "\n".join(lines) + "\n"


def _written(value: Any) -> str:
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return "".join(f"\n  {_quoted(pattern)}:{_written(one)}" for pattern, one in value)
    return f" {_flat(value)}"


def _flat(value: Any) -> str:
    match value:
        case Constant(text):
            return f"{{constant: {_quoted(text)}}}"
        case Limit(kind, amount):
            return f"{{{kind}: {amount}}}"
        case datetime():
            return value.isoformat(timespec="minutes")
        case Fraction():
            return _share(value)
        case frozenset() | tuple():
            return f"[{', '.join(_quoted(one) for one in sorted(value))}]"
    return _quoted(str(value))


def _share(value: Fraction) -> str:
    """As a decimal number, which shares of mappings are."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole, rest = divmod(int(value * 10**digits), 10**digits)
    return f"{whole}.{rest:0{digits}}" if digits else str(whole)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
