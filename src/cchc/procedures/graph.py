"""The steps of a version as a net: where it begins, forks, joins again and ends. Drawings and BPMN are made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from cchc.procedures.versions import ProcedureStep, Version

NodeKind = Literal["start", "step", "fork", "join", "end"]
START: Final = "start"
END: Final = "end"


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the net; `layer` counts from the start along the longest way. Forks and joins belong to `of`, the step
    behind or before which they stand, or to start and end.
    """

    id: str
    kind: NodeKind
    layer: int
    of: str
    step: ProcedureStep | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """One place leads to another."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Graph:
    """All places in an order in which each stands behind those that lead to it, and what leads where."""

    nodes: Sequence[Node]
    flows: Sequence[Flow]


def graph_of(version: Version) -> Graph:
    """Where several steps begin at once the way forks, where a step waits for several it joins; every fork and join is
    a place of its own, at which all ways are taken.
    """
    flows = list(_flows(version))
    layers: dict[str, int] = {}
    nodes = []
    for id_, kind, of in _places(version):
        layers[id_] = max((layers[one.source] + 1 for one in flows if one.target == id_), default=0)
        nodes.append(Node(id_, kind, layers[id_], of, version.by_id.get(of) if kind == "step" else None))
    return Graph(nodes, flows)


def step_node(id_: str) -> str:
    """The place of a step: no id of ours begins so."""
    return f"step_{id_}"


def last_steps(version: Version) -> tuple[ProcedureStep, ...]:
    """The steps for which no other waits."""
    return tuple(step for step in version.steps if not version.following(step.id))


def _places(version: Version) -> Iterator[tuple[str, NodeKind, str]]:
    yield START, "start", START
    if len(version.first) > 1:
        yield _fork(START), "fork", START
    for step in version.steps:
        if len(step.after) > 1:
            yield _join(step.id), "join", step.id
        yield step_node(step.id), "step", step.id
        if len(version.following(step.id)) > 1:
            yield _fork(step.id), "fork", step.id
    if len(last_steps(version)) > 1:
        yield _join(END), "join", END
    yield END, "end", END


def _flows(version: Version) -> Iterator[Flow]:
    if len(version.first) > 1:
        yield Flow(START, _fork(START))
    for step in version.first:
        yield Flow(_fork(START) if len(version.first) > 1 else START, step_node(step.id))
    for step in version.steps:
        for before in step.after:
            yield Flow(_out_of(version, before), _join(step.id) if len(step.after) > 1 else step_node(step.id))
        if len(step.after) > 1:
            yield Flow(_join(step.id), step_node(step.id))
        if len(version.following(step.id)) > 1:
            yield Flow(step_node(step.id), _fork(step.id))
    last = last_steps(version)
    for step in last:
        yield Flow(step_node(step.id), _join(END) if len(last) > 1 else END)
    if len(last) > 1:
        yield Flow(_join(END), END)


def _out_of(version: Version, id_: str) -> str:
    return _fork(id_) if len(version.following(id_)) > 1 else step_node(id_)


def _fork(of: str) -> str:
    return f"fork_{of}"


def _join(of: str) -> str:
    return f"join_{of}"
