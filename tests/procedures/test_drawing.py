"""Steps drawn, and as BPMN: read back, walked as an engine would, and laid out without one thing on another."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import given

from cchc.procedures.bpmn import BOUNDS, DRAWING, MODEL, POINTS, Words, bpmn_of
from cchc.procedures.drawing import HEIGHT, WIDTH, draw, wrapped
from cchc.procedures.graph import graph_of
from cchc.procedures.loading import load
from cchc.procedures.versions import Version
from tests.procedures.nets import webs
from tests.procedures.test_loading import SHIPPED

WORDS = Words(
    "Thủ tục <&>", "UBND", lambda step: step.role, lambda step: step.name.vi, lambda step: str(step.limit.amount)
)
NAMES = {"m": MODEL, "d": DRAWING, "b": BOUNDS, "p": POINTS}


def written(version: Version) -> ET.Element:
    return ET.fromstring(bpmn_of(version, "1.001193", WORDS))


def land() -> Version:
    return load(Path(SHIPPED))[1].versions.records[1].value


@given(webs())
def test_an_engine_begins_a_step_exactly_when_those_before_have_ended(web: Version) -> None:
    """Tokens: a place goes on when one has come over each way to it, and sends one over each way from it."""
    process = written(web).find("m:process", NAMES)
    assert process is not None
    flows = {
        one.get("id"): (one.get("sourceRef"), one.get("targetRef")) for one in process.findall("m:sequenceFlow", NAMES)
    }
    into = Counter(target for _, target in flows.values())
    tokens, done, waiting = Counter[str | None](), list[str](), ["start"]
    while waiting:
        place = waiting.pop()
        done.append(place)
        for source, target in flows.values():
            if source == place:
                tokens[target] += 1
                if tokens[target] == into[target]:
                    assert target is not None
                    waiting.append(target)
    assert sorted(one for one in done if one.startswith("step_")) == sorted(f"step_{step.id}" for step in web.steps)
    assert done.count("end") == done.count("start") == 1 and tokens == into
    for step in web.steps:
        assert all(done.index(f"step_{before}") < done.index(f"step_{step.id}") for before in step.after)


@given(webs())
def test_everything_has_its_place_and_every_way_its_ends(web: Version) -> None:
    root = written(web)
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    nodes = {node.id for node in graph_of(web).nodes}
    referred = [one.text for one in root.iter(f"{{{MODEL}}}flowNodeRef")]
    assert sorted(one or "" for one in referred) == sorted(nodes)
    shapes = {one.get("bpmnElement"): one.find("b:Bounds", NAMES) for one in root.iter(f"{{{DRAWING}}}BPMNShape")}
    assert nodes < shapes.keys()
    boxes = {name: tuple(int(bounds.get(key, "")) for key in ("x", "y", "width", "height"))
             for name, bounds in shapes.items() if bounds is not None}  # fmt: skip
    for (_, (x, y, width, height)), (_, (left, top, across, down)) in combinations(
        ((name, box) for name, box in boxes.items() if name in nodes), 2
    ):
        assert x + width <= left or left + across <= x or y + height <= top or top + down <= y
    pool = boxes["pool_process_1_001193"]
    for name, (x, y, width, height) in boxes.items():
        assert pool[0] <= x and x + width <= pool[0] + pool[2] and pool[1] <= y and y + height <= pool[1] + pool[3], (
            name
        )
    for edge in root.iter(f"{{{DRAWING}}}BPMNEdge"):
        points = [(int(one.get("x", "")), int(one.get("y", ""))) for one in edge.findall("p:waypoint", NAMES)]
        flow = next(one for one in root.iter(f"{{{MODEL}}}sequenceFlow") if one.get("id") == edge.get("bpmnElement"))
        for (x, y), end in ((points[0], "sourceRef"), (points[-1], "targetRef")):
            left, top, width, height = boxes[flow.get(end)]
            assert left <= x <= left + width and top <= y <= top + height


def test_what_people_typed_stands_in_it_and_parts_are_in_the_order_of_the_standard() -> None:
    root = written(land())
    assert [one.tag.rpartition("}")[2] for one in root] == ["collaboration", "process", "BPMNDiagram"]
    process = root.find("m:process", NAMES)
    assert process is not None and process.get("name") == "Thủ tục <&>"
    kinds = Counter(one.tag.rpartition("}")[2] for one in process)
    assert kinds["userTask"] == 5 and kinds["parallelGateway"] == 2 and kinds["startEvent"] == kinds["endEvent"] == 1
    task = process.find("m:userTask", NAMES)
    assert task is not None
    assert [one.tag.rpartition("}")[2] for one in task] == ["documentation", "incoming", "outgoing"]


@given(webs())
def test_no_box_lies_on_another_and_no_line_runs_through_one(web: Version) -> None:
    drawn = draw(web, {step.id: (step.name.vi, "1 giờ") for step in web.steps})
    assert len(drawn.boxes) == len(web.steps)
    for one, other in combinations(drawn.boxes, 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
    assert all(box.x >= 0 and box.x + WIDTH <= drawn.width and box.y + HEIGHT <= drawn.height for box in drawn.boxes)
    ways = sum(len(step.after) for step in web.steps)
    assert len(drawn.paths) == ways + len(web.first) + sum(not web.following(step.id) for step in web.steps)
    for path in drawn.paths:
        for (x, y), (to_x, to_y) in segments(path):
            for box in drawn.boxes:
                within_x = (min(x, to_x) < box.x + WIDTH and box.x < max(x, to_x)) or box.x < x == to_x < box.x + WIDTH
                within_y = (
                    min(y, to_y) < box.y + HEIGHT and box.y < max(y, to_y)
                ) or box.y < y == to_y < box.y + HEIGHT
                assert not (within_x and within_y), (path, box)


def crosses(start: int, end: int, edge: int, size: int) -> bool:
    """Whether a line from one to the other has a point strictly between two edges."""
    return edge < start < edge + size if start == end else min(start, end) < edge + size and edge < max(start, end)


def segments(path: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The straight parts of a path of `M`, `V` and `H`."""
    words = path.replace("M", " M ").replace("V", " V ").replace("H", " H ").split()
    x, y = int(words[1]), int(words[2])
    found = []
    for kind, number in zip(words[3::2], words[4::2], strict=True):
        to = (x, int(number)) if kind == "V" else (int(number), y)
        found.append(((x, y), to))
        x, y = to
    return found


def test_a_long_name_ends_in_a_mark() -> None:
    assert wrapped("Tiếp nhận") == ("Tiếp nhận",)
    assert wrapped("Thẩm tra hồ sơ, kiểm tra thực địa") == ("Thẩm tra hồ sơ, kiểm tra", "thực địa")
    first, second = wrapped("Thẩm tra hồ sơ, kiểm tra thực địa, lấy ý kiến các cơ quan có liên quan")
    assert second.endswith("…") and max(len(first), len(second)) <= 26
    assert wrapped("x" * 60)[0].endswith("…")
