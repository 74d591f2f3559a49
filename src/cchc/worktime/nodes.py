"""Text nodes for `reading` out of what was not YAML (cells, properties, plain trees), and trees by path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc.records.errors import Place
from cchc.records.text import INVISIBLE, nfc
from cchc.records.yaml_text import Entries, Items, Node, Scalar


def text_node(text: str, place: Place) -> Scalar:
    """The text as a YAML file may hold it: NFC, lines ended by LF, without what nobody sees (pasted from web pages)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return Scalar(INVISIBLE.sub("", nfc(lines)), place)


def nested(values: Mapping[str, Node], place: Place) -> Entries:
    """A mapping from its parts by dotted path: `{"name.vi": a, "on": b}` → `{name: {vi: a}, on: b}`."""
    entries: dict[str, Node] = {}
    below: dict[str, dict[str, Node]] = {}
    for path, node in values.items():
        head, _, rest = path.partition(".")
        if rest:
            below.setdefault(head, {})[rest] = node
        else:
            entries[head] = node
    entries |= {head: nested(parts, next(iter(parts.values())).place) for head, parts in below.items()}
    return Entries(entries, {key: node.place for key, node in entries.items()}, place)


def node_of(tree: Any, place: Place) -> Node:
    """Plain text, lists and mappings as nodes that all stand at `place`. Anything else becomes its text."""
    match tree:
        case Mapping():
            entries = {str(key): node_of(value, place) for key, value in tree.items()}
            return Entries(entries, dict.fromkeys(entries, place), place)
        case list():
            return Items(tuple(node_of(value, place) for value in tree), place)
        case None:
            return Scalar(None, place)
        case _:
            return text_node(str(tree), place)


def by_path(tree: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """The texts and lists of a tree by dotted path: `{"name": {"vi": …}}` → `{"name.vi": …}`."""
    found: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            found |= by_path(value, f"{above}{key}.")
        else:
            found[f"{above}{key}"] = value
    return found
