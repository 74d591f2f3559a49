"""Giving types to text nodes: strict, with a place for every refusal.

`reading(node)` opens a mapping; every key must be asked for, what is left over is an unknown key. A
`Collector` lets a loader report one problem per entry instead of stopping at the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import TypeVar

from cchc.records.dates import parse_date
from cchc.records.errors import DomainError, Place, Problem, problem, refuse
from cchc.records.numbers import parse_count, parse_number
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText
from cchc.records.yaml_text import Entries, Items, Node, Scalar

T = TypeVar("T")


class Collector:
    """Gathers problems over many entries; `check` raises them together."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def attempt(self, read: Callable[[], T]) -> T | None:
        """The result of `read`, or None after noting what it refused."""
        try:
            return read()
        except DomainError as error:
            self.problems.extend(error.problems)
            return None

    def check(self) -> None:
        """Raise one `DomainError` with all problems, if any."""
        if self.problems:
            raise DomainError(*self.problems)


class Fields:
    """The keys of one mapping, each taken once."""

    def __init__(self, node: Entries) -> None:
        self.place = node.place
        self._node = node
        self._asked: set[str] = set()

    def get(self, key: str) -> Node | None:
        """The node under `key`, or None when the key is missing or its value is absent."""
        self._asked.add(key)
        node = self._node.entries.get(key)
        return None if isinstance(node, Scalar) and node.text is None else node

    def need(self, key: str) -> Node:
        """The node under `key`. Raises `records.missing_key`."""
        node = self.get(key)
        if node is None:
            raise refuse("records.missing_key", self.place_of(key), key=key)
        return node

    def place_of(self, key: str) -> Place:
        """Where `key` stands, or the mapping's own place."""
        return self._node.key_places.get(key, self.place)

    def has(self, key: str) -> bool:
        """Whether the key is written with a value."""
        return self.get(key) is not None

    def maybe(self, key: str, read: Callable[[Node], T]) -> T | None:
        """`read` of the node under `key`, None when absent."""
        node = self.get(key)
        return None if node is None else read(node)

    def close(self) -> None:
        """Raise `records.unknown_key` for the keys nobody asked for."""
        unknown = [self._unknown(key) for key in self._node.entries if key not in self._asked]
        if unknown:
            raise DomainError(*unknown)

    def _unknown(self, key: str) -> Problem:
        """Names the key that was probably meant, else all that could stand here."""
        known = sorted(self._asked)
        near = get_close_matches(key, known, n=1) or known
        return problem("records.unknown_key", self.place_of(key), key=key, known=", ".join(near))


@contextmanager
def reading(node: Node) -> Iterator[Fields]:
    """Open a mapping for reading; leaving it refuses unknown keys."""
    fields = Fields(as_entries(node))
    yield fields
    fields.close()


def as_entries(node: Node) -> Entries:
    """A mapping. Raises `records.not_a_mapping`."""
    if not isinstance(node, Entries):
        raise refuse("records.not_a_mapping", node.place)
    return node


def as_items(node: Node) -> tuple[Node, ...]:
    """The members of a list. Raises `records.not_a_list`."""
    if not isinstance(node, Items):
        raise refuse("records.not_a_list", node.place)
    return node.items


def as_text(node: Node) -> str:
    """One non-empty text. Raises `records.not_text`."""
    if not isinstance(node, Scalar) or node.text is None or not node.text.strip():
        raise refuse("records.not_text", node.place)
    return node.text.strip()


def as_choice(node: Node, allowed: Sequence[str]) -> str:
    """One of the allowed words. Raises `records.not_one_of`."""
    text = as_text(node)
    if text not in allowed:
        raise refuse("records.not_one_of", node.place, text=text, allowed=", ".join(allowed))
    return text


def as_flag(node: Node) -> bool:
    """`true` or `false`."""
    return as_choice(node, ("true", "false")) == "true"


def as_number(node: Node) -> Fraction:
    """A number, `0,5` or `0.5`."""
    return placed(node, parse_number)


def as_count(node: Node) -> int:
    """A whole number of digits only."""
    return placed(node, parse_count)


def as_date(node: Node) -> date:
    """A day, ISO or dd/mm/yyyy."""
    return placed(node, parse_date)


def placed(node: Node, parse: Callable[[str], T]) -> T:
    """`parse` of the node's text; what it refuses is given the node's place."""
    with placing(node.place):
        return parse(as_text(node))


@contextmanager
def placing(place: Place) -> Iterator[None]:
    """What is refused inside without a place is given this one."""
    try:
        yield
    except DomainError as error:
        raise type(error)(*(Problem(p.message, p.place or place) for p in error.problems)) from error


def as_local_text(node: Node) -> LocalText:
    """`{vi: …, en: …}` with Vietnamese required, or a plain Vietnamese text."""
    if isinstance(node, Scalar):
        return LocalText(as_text(node))
    with reading(node) as fields:
        return LocalText(as_text(fields.need("vi")), fields.maybe("en", as_text))


def as_source(node: Node) -> Source:
    """`{document, on, article, url}`; the document is required."""
    with reading(node) as fields:
        return Source(
            as_text(fields.need("document")),
            fields.maybe("on", as_date),
            fields.maybe("article", as_text),
            fields.maybe("url", as_text),
        )


def as_verification(node: Node) -> Verification:
    """`true`, or `{no: "why"}`, or `{no: {vi: …, en: …}}`: a doubt is always explained.

    Raises `records.not_verified_without_reason`.
    """
    if isinstance(node, Scalar):
        if as_text(node) != "true":
            raise refuse("records.not_verified_without_reason", node.place)
        return Verification(True)
    with reading(node) as fields:
        doubt = as_local_text(fields.need("no"))
    return Verification(False, doubt.vi, doubt.en)


def as_validity(node: Node) -> Validity:
    """`{from, to}`, both days included; `to` absent means open. Raises `records.ends_before_start`."""
    with reading(node) as fields:
        start, end = as_date(fields.need("from")), fields.maybe("to", as_date)
    with placing(node.place):
        return Validity(start, end)
