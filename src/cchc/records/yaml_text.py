"""YAML read as text: nothing is guessed, everything keeps its line.

YAML's own types would turn `on` into true, `1.10` into 1.1 and `15:00` into 900. Here every scalar stays
the text it is, and the schema gives it its type. Anchors, tags, duplicate keys and control characters are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from cchc.records.errors import Place, refuse, unreadable
from cchc.records.text import nfc

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ABSENT: Final = frozenset({"", "~", "null", "Null", "NULL"})
_MAX_DEPTH: Final = 40
MAX_CHARACTERS: Final = 20_000_000


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
    text = _decode(content, file)
    if len(text) > MAX_CHARACTERS:
        raise unreadable("records.yaml_too_large", Place(file), limit=MAX_CHARACTERS)
    try:
        return _Builder(yaml.parse(text, Loader=_LOADER), file).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1 if mark else None)
        raise unreadable("records.yaml_syntax", place, detail=error.problem or "") from error
    except yaml.YAMLError as error:
        place = Place(file, text.count("\n", 0, getattr(error, "position", 0) or 0) + 1)
        raise unreadable("records.control_character", place) from error


def _decode(content: str | bytes, file: str) -> str:
    if isinstance(content, str):
        return content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise unreadable("records.not_utf8", Place(file, line)) from error


class _Builder:
    """Turns the parser's events into nodes, refusing what the format does not allow."""

    def __init__(self, events: Iterator[Any], file: str) -> None:
        self._events = events
        self._file = file

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
        if any(ord(c) < 32 and c not in "\n\t" or ord(c) == 127 for c in text):
            raise refuse("records.control_character", place)
        plain = event.style is None
        return Scalar(None if plain and text in _ABSENT else text, place)

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


def _looks_like_half_a_number(event: Any, key: str, value: Node) -> bool:
    """`{points: 0,5}` is read by YAML as `points: 0` and an empty key `5`: a comma number in disguise."""
    return event.style is None and key.isdigit() and isinstance(value, Scalar) and value.text is None
