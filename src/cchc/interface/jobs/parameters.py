"""A job's parameters as JSON and back, by the types its function names: `str int bool date datetime`, `X | None`,
`tuple[X, ...]`. Pure.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

_PLAIN: Final = (str, int, bool)
_DATED: Final = (date, datetime)
Types = Mapping[str, Any]


def types_of(function: Callable[..., Any]) -> Types:
    """The types of a function's parameters behind the first one.

    Raises `TypeError` for parameters that are not keyword-only, or whose type cannot be kept.
    """
    hints = get_type_hints(function)
    _, *parameters = inspect.signature(function).parameters.values()
    for parameter in parameters:
        if parameter.kind is not parameter.KEYWORD_ONLY or not _can_be_kept(hints.get(parameter.name)):
            raise TypeError(f"{function.__qualname__}: {parameter} is no keyword-only parameter of a type that is kept")
    return {parameter.name: hints[parameter.name] for parameter in parameters}


def to_json(function: Callable[..., Any], given: Mapping[str, object]) -> dict[str, Any]:
    """What is stored. Raises `TypeError` for a parameter that is missing, unknown or of another type."""
    types = _types_of_given(function, given)
    return {name: _encode(value, types[name], name) for name, value in given.items()}


def from_json(function: Callable[..., Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """What the function is called with. Raises `TypeError` or `ValueError` when it takes other parameters by now."""
    types = _types_of_given(function, stored)
    return {name: _decode(value, types[name], name) for name, value in stored.items()}


def _types_of_given(function: Callable[..., Any], given: Mapping[str, object]) -> Types:
    inspect.signature(function).bind(None, **given)
    return types_of(function)


def _can_be_kept(wanted: Any) -> bool:
    if _is_optional(wanted):
        return _can_be_kept(_inner(wanted))
    if get_origin(wanted) is tuple:
        return get_args(wanted)[1:] == (...,) and _can_be_kept(_inner(wanted))
    return wanted in _PLAIN or wanted in _DATED


def _is_optional(wanted: Any) -> bool:
    return get_origin(wanted) is UnionType and len(get_args(wanted)) == 2 and NoneType in get_args(wanted)


def _inner(wanted: Any) -> Any:
    return next(one for one in get_args(wanted) if one is not NoneType)


def _encode(value: Any, wanted: Any, name: str) -> Any:
    if _is_optional(wanted):
        return None if value is None else _encode(value, _inner(wanted), name)
    if get_origin(wanted) is tuple and type(value) is tuple:
        return [_encode(one, _inner(wanted), name) for one in value]
    if type(value) is not wanted:  # True is no number, a moment no date
        raise TypeError(f"{name} is {wanted}, not {value!r}")
    if wanted is datetime:
        if value.utcoffset() is None:
            raise TypeError(f"{name} needs a time zone")
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if wanted is date else value


def _decode(value: Any, wanted: Any, name: str) -> Any:
    if _is_optional(wanted):
        return None if value is None else _decode(value, _inner(wanted), name)
    if get_origin(wanted) is tuple and type(value) is list:
        return tuple(_decode(one, _inner(wanted), name) for one in value)
    if wanted in _DATED and type(value) is str:
        return wanted.fromisoformat(value)
    if type(value) is not wanted:
        raise TypeError(f"{name} is {wanted}, not {value!r}")
    return value
