"""Pages made from the code: `python -m tools.generate_docs write|check`.

docs/requirements.md: each demand with the tests that are marked as showing it.
docs/states.md: what may become of a thing, of every room that has modules `states`, `states_…`.
docs/personal-data.md: what is kept about people, why, by which law.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from cchc.records.states import StateTable, mermaid
from tools.personal_data import personal_data_page

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
DEMANDS = ROOT / "docs" / "requirements.yaml"

_OPENING = """# Requirements coverage

Made by `python -m tools.generate_docs write` from `docs/requirements.yaml` and the marks
`@pytest.mark.requirement(NUMBER)` of the tests; do not edit.

{shown} of {all} demands are shown by at least one test.
"""


def demands() -> list[dict[str, Any]]:
    """The chapters of docs/requirements.yaml: `title`, and `demands` by number."""
    chapters: list[dict[str, Any]] = yaml.safe_load(DEMANDS.read_text(encoding="utf-8"))
    return chapters


def marks() -> Mapping[int, list[str]]:
    """For each demand the tests marked with it, as `tests/room/test_x.py::test_y`, in order."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for number, owner in _marks_in(tree, path.relative_to(ROOT).as_posix()):
            if owner not in found[number]:
                found[number].append(owner)
    return found


def _marks_in(node: ast.AST, owner: str) -> Iterator[tuple[int, str]]:
    """Every `….requirement(57, …)` below `node`, with the innermost test, class or file it stands in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _marks_in(child, f"{owner}::{child.name}")
        elif isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute) and child.func.attr == "requirement":
            yield from ((number, owner) for argument in child.args if (number := _number(argument)) is not None)
        else:
            yield from _marks_in(child, owner)


def _number(node: ast.expr) -> int | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, int) else None


def requirements_page() -> str:
    """docs/requirements.md."""
    chapters, found = demands(), marks()
    every = [number for chapter in chapters for number in chapter["demands"]]
    parts = [_OPENING.format(shown=sum(number in found for number in every), all=len(every))]
    for chapter in chapters:
        parts.append(f"## {chapter['title']}\n\n| number | demand | tests that show it |\n|---|---|---|")
        parts.extend(_row(number, demand, found.get(number, [])) for number, demand in chapter["demands"].items())
        parts[-1] += "\n"
    return "\n".join(parts).rstrip() + "\n"


def _row(number: int, demand: str, tests: list[str]) -> str:
    shown = "<br>".join(f"[{test.partition('::')[2] or test}](../{test.partition('::')[0]})" for test in tests)
    return f"| R{number} | {demand} | {shown or '–'} |"


_STATES_OPENING = """# States

Made by `python -m tools.generate_docs write` from the tables in the rooms' modules `states`, `states_…`; do not edit.
"""


def state_tables() -> Iterator[tuple[str, StateTable]]:
    """Every table of states, with the room it is of. A module without one is left alone: it may need Django."""
    for path in sorted((ROOT / "src" / "cchc").glob("*/states*.py")):
        if StateTable.__name__ not in path.read_text(encoding="utf-8"):
            continue
        module = import_module(f"cchc.{path.parent.name}.{path.stem}")
        yield from ((path.parent.name, table) for table in vars(module).values() if isinstance(table, StateTable))


def states_page() -> str:
    """docs/states.md."""
    return "\n".join([_STATES_OPENING, *(_state_chapter(room, table) for room, table in state_tables())])


def _state_chapter(room: str, table: StateTable) -> str:
    rows = "\n".join(
        f"| {step.id} | {step.name.vi} | {', '.join(step.sources)} | {step.target or 'stays'} "
        f"| {table.who[step.who].en} | {table.effects[step.effect].en} |"
        for step in table.steps
    )
    return (
        f"## {table.title.vi} · {table.title.en} (`{room}`)\n\n```mermaid\n{mermaid(table)}\n```\n\n"
        f"| step | on screen | from | to | who | effect |\n|---|---|---|---|---|---|\n{rows}\n"
    )


PAGES: Mapping[str, Callable[[], str]] = {
    "docs/requirements.md": requirements_page,
    "docs/states.md": states_page,
    "docs/personal-data.md": personal_data_page,
}


def main(arguments: list[str]) -> int:
    """Exit code 0 when all pages are written, or fresh."""
    if arguments not in (["write"], ["check"]):
        print("Usage: python -m tools.generate_docs write|check", file=sys.stderr)
        return 2
    stale = [name for name, page in PAGES.items() if _content(ROOT / name) != page()]
    if arguments == ["write"]:
        for name in stale:
            (ROOT / name).write_text(PAGES[name](), encoding="utf-8")
        return 0
    for name in stale:
        print(f"{name} is stale. Next: python -m tools.generate_docs write")
    return 1 if stale else 0


def _content(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
