"""Dated records known by a name: definitions, signals, thresholds. Several of one name follow one another in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol, TypeVar

from cchc.records.errors import refuse
from cchc.records.schema import Collector, Fields, as_items
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import Node


class Named(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str:
        """The name by which figures and signals refer to it."""


T = TypeVar("T", bound=Named)
Records = Mapping[str, Timeline[T]]


def read_named(node: Node, read: Callable[[Fields], T]) -> Records[T]:
    """A list of records by id, in written order. Raises every problem found, with its line."""
    collector = Collector()
    by_id: dict[str, list[Dated[T]]] = {}
    for item in as_items(node):
        record = collector.attempt(lambda item=item: as_dated(item, read))  # type: ignore[misc]
        if record is not None:
            by_id.setdefault(record.value.id, []).append(record)
    collector.check()
    return MappingProxyType({id: Timeline(id, records) for id, records in by_id.items()})


def known(records: Records[T], id: str) -> Timeline[T]:
    """The records of that name. Raises `ledger.unknown_name` with the names there are."""
    if id not in records:
        raise refuse("ledger.unknown_name", name=id, known=tuple(records))
    return records[id]
