"""YAML read as text: nothing is guessed, everything keeps its line.

YAML's own types would turn `on` into true, `1.10` into 1.1 and `15:00` into 900. Here every scalar stays
the text it is, and the schema gives it its type. Anchors, tags, duplicate keys and invisible characters are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from cchc.records.errors import Place, refuse, unreadable
from cchc.records.text import INVISIBLE, nfc

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ABSENT: Final = frozenset({"", "~", "null", "Null", "NULL"})
_MAX_DEPTH: Final = 40
_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
_BARE_DIGITS: Final = re.compile(r"[0-9]+")
MAX_CHARACTERS: Final = 20_000_000
MAX_NODES: Final = 3_000_000


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written (NFC), or None when absent (plain `null`, `~` or nothing)."""

    text: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping in written order; `key_places` tells where each key stands."""

    entries: dict[str, Node]
    key_places: dict[str, Place]
    place: Place


Node = Scalar | Items | Entries


def read_yaml(content: str | bytes, file: str) -> Node:
    """The one document in `content`. Raises `Unreadable` for syntax, `DomainError` for what is refused."""
    text = _decode(content, file).removeprefix("\ufeff")
    if len(text) > MAX_CHARACTERS:
        raise unreadable("records.yaml_too_large", Place(file), limit=MAX_CHARACTERS)
    if hidden := INVISIBLE.search(text):
        raise unreadable("records.control_character", Place(file, _line_at(text, hidden.start())))
    try:
        return _Builder(yaml.parse(text, Loader=_LOADER), file).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1 if mark else None)
        raise unreadable("records.yaml_syntax", place, detail=error.problem or "") from error
    except (ValueError, OverflowError) as error:  # PyYAML's own parser on an escape beyond Unicode: no line is known
        raise unreadable("records.yaml_syntax", Place(file), detail=str(error)) from error


def _decode(content: str | bytes, file: str) -> str:
    if isinstance(content, str):
        return content
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        readable = content[: error.start].decode("utf-8")
        raise unreadable("records.not_utf8", Place(file, _line_at(readable, len(readable)))) from error


def _line_at(text: str, position: int) -> int:
    """The line, from 1, on which the character at `position` (from 0) stands."""
    return sum(1 for _ in _LINE_BREAK.finditer(text, 0, position)) + 1


class _Builder:
    """Turns the parser's events into nodes, refusing what the format does not allow."""

    def __init__(self, events: Iterator[Any], file: str) -> None:
        self._events = events
        self._file = file
        self._nodes = 0

    def document(self) -> Node:
        next(self._events)  # stream start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise unreadable("records.yaml_empty", Place(self._file))
        node = self._node(next(self._events), 0)
        next(self._events)  # document end
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise refuse("records.yaml_several_documents", self._place(after))
        return node

    def _place(self, event: Any) -> Place:
        return Place(self._file, event.start_mark.line + 1)

    def _node(self, event: Any, depth: int) -> Node:
        place = self._place(event)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise unreadable("records.yaml_too_many_values", place, limit=MAX_NODES)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise refuse("records.yaml_anchor", place)
        if event.tag is not None:
            raise refuse("records.yaml_tag", place, tag=event.tag)
        if depth > _MAX_DEPTH:
            raise refuse("records.yaml_too_deep", place, limit=_MAX_DEPTH)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self._until(yaml.SequenceEndEvent, depth)), place)
        return self._mapping(event, place, depth)

    def _until(self, end: type[Any], depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), end):
            yield self._node(event, depth + 1)

    def _scalar(self, event: Any, place: Place) -> Scalar:
        text = nfc(event.value)
        if "\r" in text or INVISIBLE.search(text):  # written as an escape, such as "\0"
            raise refuse("records.control_character", place)
        return Scalar(None if _is_plain(event) and text in _ABSENT else text, place)

    def _mapping(self, event: Any, place: Place, depth: int) -> Entries:
        entries: dict[str, Node] = {}
        key_places: dict[str, Place] = {}
        while not isinstance(key_event := next(self._events), yaml.MappingEndEvent):
            key = self._node(key_event, depth + 1)
            if not isinstance(key, Scalar) or key.text is None:
                raise refuse("records.yaml_key_not_text", key.place)
            if key.text in entries:
                raise refuse("records.yaml_duplicate_key", key.place, key=key.text)
            value = self._node(next(self._events), depth + 1)
            if event.flow_style and _looks_like_half_a_number(key_event, key.text, value):
                raise refuse("records.yaml_comma_number", key.place, digits=key.text)
            entries[key.text], key_places[key.text] = value, key.place
        return Entries(entries, key_places, place)


def _is_plain(event: Any) -> bool:
    """Whether a scalar is written without quotes: libyaml says "" where PyYAML's own parser says None."""
    return not event.style


def _looks_like_half_a_number(event: Any, key: str, value: Node) -> bool:
    """`{points: 0,5}` is read by YAML as `points: 0` and an empty key `5`: a comma number in disguise."""
    bare = _is_plain(event) and _BARE_DIGITS.fullmatch(key) is not None
    return bare and isinstance(value, Scalar) and value.text is None
