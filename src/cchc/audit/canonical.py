"""The one spelling of a value as JSON text, so that equal values have equal hashes. Pure.

UTF-8, no white space, keys ordered by code point, texts in NFC, no floats. What JSON has no type for becomes an
object with one key: `{"$decimal": "83.50"}`, `{"$fraction": "1/3"}`, `{"$date": "2026-11-23"}`,
`{"$datetime": "2026-11-23T02:42:00.000000Z"}` (always UTC), `{"$uuid": "…"}`. Other keys may not start with `$`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from cchc.records.errors import refuse
from cchc.records.text import nfc

_ENCODER: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical_json(value: object) -> str:
    """The canonical text of a value.

    Raises `TypeError` or `ValueError` for what has no exact spelling (floats, NaN, naive datetimes, other objects,
    keys that are not text), `audit.not_text` for text that is not Unicode (half a surrogate pair).
    """
    return dump(_plain(value))


def dump(plain: object) -> str:
    """The JSON text of plain parts exactly as they are: nothing is normalised."""
    text = _ENCODER.encode(plain)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise refuse("audit.not_text") from error
    return text


def read_canonical(text: str) -> Any:
    """The value behind a canonical text; lists for tuples."""
    return json.loads(text, object_hook=_untag)


def moment_text(moment: datetime) -> str:
    """`2026-11-23T02:42:00.000000Z`: UTC, always with microseconds. Raises `ValueError` for a naive datetime."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _plain(value: object) -> object:
    match value:
        case None | bool():
            return value
        case int():
            return int(value)  # enumerations too
        case str():
            return nfc(str.__str__(value))
        case list() | tuple():
            return [_plain(part) for part in value]
        case Mapping():
            return _plain_mapping(value)
        case Decimal() if value.is_finite():
            return {"$decimal": f"{value:f}"}
        case Fraction():
            return {"$fraction": f"{value.numerator}/{value.denominator}"}
        case datetime():
            return {"$datetime": moment_text(value)}
        case date():
            return {"$date": value.isoformat()}
        case UUID():
            return {"$uuid": str(value)}
    raise TypeError(f"{type(value).__name__} has no canonical form: {value!r}")


def _plain_mapping(mapping: Mapping[Any, object]) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, value in mapping.items():
        if not isinstance(key, str) or key.startswith("$"):
            raise TypeError(f"a key is text that does not start with $, not {key!r}")
        if nfc(key) in plain:
            raise ValueError(f"the key {key!r} appears twice")
        plain[nfc(key)] = _plain(value)
    return plain


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "$decimal": Decimal,
    "$fraction": Fraction,
    "$date": date.fromisoformat,
    "$datetime": datetime.fromisoformat,
    "$uuid": UUID,
}


def _untag(entries: dict[str, Any]) -> object:
    if len(entries) == 1:
        ((key, text),) = entries.items()
        if key in _READERS:
            return _READERS[key](text)
    return entries
