"""Sample texts that ship with the rooms, in `paper_examples.yaml` beside their vocabularies: what a province may begin
its own templates with. They are samples and say that nobody compared them with the law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from django.apps import apps

from cchc.papers.composing import Texts
from cchc.records.schema import Fields, as_items, as_text, reading
from cchc.records.yaml_text import Node, read_yaml

_FILE: Final = "paper_examples.yaml"
_TEXTS: Final = ("summary", "addressees", "text", "recipients")


@dataclass(frozen=True, slots=True)
class Example:
    """The text of one kind of paper about the things of a vocabulary; `source` says what it was written from."""

    code: str
    kind: str
    vocabulary: str
    name: str
    source: str
    texts: Texts


@cache
def known_examples() -> Mapping[str, Example]:
    """Every sample text by its code, in the order of the rooms. Raises `ValueError` for a code that stands twice."""
    found: dict[str, Example] = {}
    for room in apps.get_app_configs():
        file = resources.files(room.name) / _FILE if room.name.startswith("cchc.") else None
        if file is not None and file.is_file():
            for example in read_examples(file.read_bytes(), f"{room.name.replace('.', '/')}/{_FILE}"):
                if example.code in found:
                    raise ValueError(f"two sample texts are called {example.code}")
                found[example.code] = example
    return MappingProxyType(found)


def read_examples(content: bytes, file: str) -> list[Example]:
    """Raises what `records` refuses, with its place."""
    with reading(read_yaml(content, file)) as fields:
        return [_read(node) for node in as_items(fields.need("examples"))]


def _read(node: Node) -> Example:
    with reading(node) as fields:
        named = {name: as_text(fields.need(name)) for name in ("code", "kind", "vocabulary", "name", "source")}
        return Example(**named, texts=_texts(fields))


def _texts(fields: Fields) -> Texts:
    return Texts(**{name: fields.maybe(name, as_text) or "" for name in _TEXTS})
