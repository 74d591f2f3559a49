"""Files and functions stay small: 400 lines a file, 600 a test file, 60 a function."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("src", "tests", "tools")
SUFFIXES = (".py", ".html", ".css", ".js", ".sh")
SET_ASIDE = frozenset({"vendor", "migrations", "__pycache__"})
FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES = 400, 600, 60


def too_long(root: Path = ROOT) -> Iterator[str]:
    """One line for each file or function over its limit."""
    for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*")):
        if path.suffix not in SUFFIXES or SET_ASIDE & set(path.parts):
            continue
        name, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        limit = TEST_FILE_LINES if name.startswith("tests/") else FILE_LINES
        if (lines := len(text.splitlines())) > limit:
            yield f"{name}: {lines} lines, at most {limit}"
        if path.suffix == ".py":
            yield from (f"{name}:{place}" for place in _long_functions(text))


def _long_functions(python: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(python)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{node.lineno}: {node.name} has {lines} lines, at most {FUNCTION_LINES}"


def main() -> int:
    """Exit code 0 when everything is small enough."""
    found = list(too_long())
    for line in found:
        print(line)
    if found:
        print("Next: find the idea that makes it two; a file past its limit becomes a folder with one file per noun.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
