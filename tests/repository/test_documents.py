"""Decisions are numbered without gaps; demands are all there; the generated page would be written as it is."""

import ast
import re
from collections.abc import Iterator

import click
import pytest

from cchc.cli.main import cchc
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


def commands(group: click.Group, above: str = "cchc") -> Iterator[tuple[str, frozenset[str]]]:
    """Each command by its path, with what stands below it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        below = frozenset(command.list_commands(context)) if isinstance(command, click.Group) else frozenset()
        yield f"{above} {name}", below


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_a_stranger_finds_every_command_and_setting_in_the_readme(name):
    text = (rooms.ROOT / name).read_text(encoding="utf-8")
    told = [cell.replace("\\|", "|") for cell in re.findall(r"^\| (`cchc .*?) \| ", text, re.MULTILINE)]
    for path, below in commands(cchc):
        rows = [part for cell in told for part in re.findall(r"`([^`]+)`", cell) if f"{part} ".startswith(f"{path} ")]
        assert rows, f"{path} is not in the table"
        named = {word for row in rows for word in row.removeprefix(path).split(" ")[1:2] for word in word.split("|")}
        assert below <= named or not below, f"{path}: {sorted(below - named)} missing"
    of_itself = {"CCHC_DEMO"}  # set by `cchc demo` alone
    settings = "".join(path.read_text(encoding="utf-8") for path in rooms.ROOT.glob("src/cchc/config/*.py"))
    assert (
        sorted({one for one in re.findall(r'"(CCHC_[A-Z_]+)"', settings) if f"`{one}`" not in text} - of_itself) == []
    )
