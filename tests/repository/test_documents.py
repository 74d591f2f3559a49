"""Decisions are numbered without gaps; demands are all there; the generated page would be written as it is."""

import ast
import re

from tests.support import requirements, rooms
from tools import generate_docs

DECISIONS = rooms.ROOT / "docs" / "decisions"


def test_decisions_are_numbered_from_one_without_gap_or_twin():
    names = sorted(path.name for path in DECISIONS.glob("*.md"))
    assert [name for name in names if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name)] == []
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_every_demand_is_listed_once():
    numbers = [number for chapter in generate_docs.demands() for number in chapter["demands"]]
    assert numbers == list(range(requirements.FIRST, requirements.LAST + 1))


def test_every_mark_names_a_demand():
    assert [number for number in generate_docs.marks() if not requirements.FIRST <= number <= requirements.LAST] == []


def test_marks_are_found_on_files_classes_functions_and_cases():
    tree = ast.parse(
        "pytestmark = pytest.mark.requirement(1)\n"
        "@pytest.mark.requirement(2, 3)\n"
        "class TestA:\n"
        "    @pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.requirement(4))])\n"
        "    def test_b(self, x): ...\n"
    )
    assert list(generate_docs._marks_in(tree, "t.py")) == [
        (1, "t.py"),
        (4, "t.py::TestA::test_b"),
        (2, "t.py::TestA"),
        (3, "t.py::TestA"),
    ]
