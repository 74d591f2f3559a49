"""The codes that Python names, found in its syntax tree: for comparing them with the sentences in words.yaml."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support import rooms

REFUSALS = ("problem", "refuse", "unreadable")
MAKERS = (*REFUSALS, "Message")
SHAPE = re.compile(r"([a-z]+)\.[a-z0-9_]+")


@dataclass(frozen=True)
class Use:
    """One call that makes a message. `params` is None when the call hands on parameters it did not name itself."""

    code: str
    place: str
    is_refusal: bool
    params: frozenset[str] | None


def uses() -> Iterator[Use]:
    """Every `problem("…")`, `refuse("…")`, `unreadable("…")` and `Message("…")` with a literal code."""
    for path in rooms.python_files():
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and (name := _called(node)) in MAKERS and node.args:
                for code in _literals(node.args[0]):
                    place = f"{path.relative_to(rooms.ROOT)}:{node.lineno}"
                    yield Use(code, place, name in REFUSALS, _params(node, name))


def mentioned() -> Iterator[re.Pattern[str]]:
    """A pattern for every text in Python, and in templates, that is a code or builds one from `f"room.…{x}"`."""
    for path in rooms.python_files():
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SHAPE.fullmatch(node.value):
                yield re.compile(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr) and (pattern := _pattern(node)):
                yield pattern
    for path in rooms.templates().values():
        for quoted in re.findall(r"""["']([a-z]+\.[a-z0-9_]+)["']""", path.read_text(encoding="utf-8")):
            yield re.compile(re.escape(quoted))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _params(node: ast.Call, name: str) -> frozenset[str] | None:
    if name != "Message":
        keys = [keyword.arg for keyword in node.keywords]
        return None if None in keys else frozenset(key for key in keys if key)
    handed = node.args[1] if len(node.args) > 1 else next((k.value for k in node.keywords if k.arg == "params"), None)
    if handed is None:
        return frozenset()
    if not isinstance(handed, ast.Dict) or not all(isinstance(key, ast.Constant) for key in handed.keys):
        return None
    return frozenset(str(key.value) for key in handed.keys if isinstance(key, ast.Constant))


def _pattern(node: ast.JoinedStr) -> re.Pattern[str] | None:
    first = node.values[0] if node.values else None
    if not (isinstance(first, ast.Constant) and re.match(r"[a-z]+\.", str(first.value))):
        return None
    parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]+" for part in node.values)
    return re.compile("".join(parts))
