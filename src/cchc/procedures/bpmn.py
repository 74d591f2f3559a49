"""The steps of a version as a BPMN 2.0 document with its drawing: one pool, a lane for each role or body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from cchc.procedures.graph import END, START, Graph, Node, graph_of, last_steps
from cchc.procedures.versions import ProcedureStep, Version

MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DRAWING: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS: Final = "http://www.omg.org/spec/DD/20100524/DC"
POINTS: Final = "http://www.omg.org/spec/DD/20100524/DI"
_OURS: Final = "urn:cchc:procedures"
_TAGS: Final = {
    "start": "startEvent", "step": "userTask", "fork": "parallelGateway", "join": "parallelGateway", "end": "endEvent",
}  # fmt: skip
_SIZES: Final = {"start": (36, 36), "step": (140, 80), "fork": (50, 50), "join": (50, 50), "end": (36, 36)}
_COLUMN, _ROW, _LEFT, _MARGIN = 200, 120, 60, 20
for _prefix, _uri in (("bpmn", MODEL), ("bpmndi", DRAWING), ("dc", BOUNDS), ("di", POINTS)):
    register_namespace(_prefix, _uri)


@dataclass(frozen=True, slots=True)
class Words:
    """What the document says: who holds a step, and how long it takes; the name of procedure and pool."""

    title: str
    pool: str
    holder: Callable[[ProcedureStep], str]
    name: Callable[[ProcedureStep], str]
    limit: Callable[[ProcedureStep], str]


@dataclass(frozen=True, slots=True)
class _Box:
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


def bpmn_of(version: Version, code: str, words: Words) -> bytes:
    """The document, UTF-8. Every step is a user task in the lane of whoever holds it, with its limit as documentation;
    forks and joins are parallel gateways. Readers find positions for everything.
    """
    graph, lanes = graph_of(version), _lanes(version, words)
    boxes, heights = _placed(graph, lanes)
    id_ = f"process_{code.replace('.', '_')}"
    root = Element(_m("definitions"), {"id": f"definitions_{id_}", "targetNamespace": _OURS, "exporter": "cchc"})
    pool = SubElement(root, _m("collaboration"), {"id": f"collaboration_{id_}"})
    SubElement(pool, _m("participant"), {"id": f"pool_{id_}", "name": words.pool, "processRef": id_})
    process = SubElement(root, _m("process"), {"id": id_, "name": words.title, "isExecutable": "false"})
    _write_lanes(process, graph, lanes)
    _write_nodes(process, graph, words)
    for number, flow in enumerate(graph.flows):
        given = {"id": _flow(number), "sourceRef": flow.source, "targetRef": flow.target}
        SubElement(process, _m("sequenceFlow"), given)
    _draw(root, id_, graph, boxes, heights)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _lanes(version: Version, words: Words) -> Mapping[str, str]:
    """By step, start and end: the lane in which it stands."""
    held = {step.id: words.holder(step) for step in version.steps}
    return {**held, START: held[version.first[0].id], END: held[last_steps(version)[-1].id]}


def _placed(graph: Graph, lanes: Mapping[str, str]) -> tuple[Mapping[str, _Box], Mapping[str, tuple[int, int]]]:
    """Columns by layer, a row in its lane for each place of one column; the top and height of each lane."""
    rows, rank = Counter[tuple[str, int]](), dict[str, int]()
    for node in graph.nodes:
        at = (lanes[node.of], node.layer)
        rank[node.id] = rows[at]
        rows[at] += 1
    heights, top = dict[str, tuple[int, int]](), _MARGIN
    for name in dict.fromkeys(lanes[node.of] for node in graph.nodes):
        height = _ROW * max(count for (lane, _), count in rows.items() if lane == name)
        heights[name], top = (top, height), top + height
    return {node.id: _box(node, heights[lanes[node.of]][0], rank[node.id]) for node in graph.nodes}, heights


def _box(node: Node, top: int, rank: int) -> _Box:
    width, height = _SIZES[node.kind]
    x = _LEFT + _MARGIN + node.layer * _COLUMN + (_COLUMN - width) // 2
    return _Box(x, top + rank * _ROW + (_ROW - height) // 2, width, height)


def _write_lanes(process: Element, graph: Graph, lanes: Mapping[str, str]) -> None:
    lane_set = SubElement(process, _m("laneSet"), {"id": "lanes"})
    for number, name in enumerate(dict.fromkeys(lanes[node.of] for node in graph.nodes)):
        lane = SubElement(lane_set, _m("lane"), {"id": f"lane_{number}", "name": name})
        for node in graph.nodes:
            if lanes[node.of] == name:
                SubElement(lane, _m("flowNodeRef")).text = node.id


def _write_nodes(process: Element, graph: Graph, words: Words) -> None:
    for node in graph.nodes:
        name = {} if node.step is None else {"name": words.name(node.step)}
        made = SubElement(process, _m(_TAGS[node.kind]), {"id": node.id, **name})
        if node.step is not None:
            SubElement(made, _m("documentation")).text = words.limit(node.step)
        for way, end in (("incoming", "target"), ("outgoing", "source")):
            for number, flow in enumerate(graph.flows):
                if getattr(flow, end) == node.id:
                    SubElement(made, _m(way)).text = _flow(number)


def _draw(
    root: Element, id_: str, graph: Graph, boxes: Mapping[str, _Box], lanes: Mapping[str, tuple[int, int]]
) -> None:
    diagram = SubElement(root, f"{{{DRAWING}}}BPMNDiagram", {"id": f"diagram_{id_}"})
    plane = SubElement(
        diagram, f"{{{DRAWING}}}BPMNPlane", {"id": f"plane_{id_}", "bpmnElement": f"collaboration_{id_}"}
    )
    width = _COLUMN * (1 + max(node.layer for node in graph.nodes)) + _LEFT
    _shape(plane, f"pool_{id_}", _Box(_MARGIN, _MARGIN, width, sum(height for _, height in lanes.values())), "true")
    for number, (top, height) in enumerate(lanes.values()):
        _shape(plane, f"lane_{number}", _Box(_MARGIN + 30, top, width - 30, height), "true")
    for node in graph.nodes:
        _shape(plane, node.id, boxes[node.id])
    for number, flow in enumerate(graph.flows):
        edge = SubElement(plane, f"{{{DRAWING}}}BPMNEdge", {"id": f"{_flow(number)}_di", "bpmnElement": _flow(number)})
        for x, y in _ways(boxes[flow.source], boxes[flow.target]):
            SubElement(edge, f"{{{POINTS}}}waypoint", {"x": str(x), "y": str(y)})


def _shape(plane: Element, id_: str, box: _Box, horizontal: str = "") -> None:
    given = {"id": f"{id_}_di", "bpmnElement": id_} | ({"isHorizontal": horizontal} if horizontal else {})
    shape = SubElement(plane, f"{{{DRAWING}}}BPMNShape", given)
    bounds = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    SubElement(shape, f"{{{BOUNDS}}}Bounds", {name: str(value) for name, value in bounds.items()})


def _ways(source: _Box, target: _Box) -> Sequence[tuple[int, int]]:
    """From the right side to the left one, with a step half way where they stand on different heights."""
    start, end = (source.x + source.width, source.middle), (target.x, target.middle)
    if start[1] == end[1]:
        return (start, end)
    half = (start[0] + end[0]) // 2
    return (start, (half, start[1]), (half, end[1]), end)


def _flow(number: int) -> str:
    return f"flow_{number}"


def _m(name: str) -> str:
    return f"{{{MODEL}}}{name}"
