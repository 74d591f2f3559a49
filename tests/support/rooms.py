"""The rooms and their order, as the import contract in pyproject.toml states them."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "cchc"
PURE = ("records", "tables", "worktime", "ledger", "metrics", "scoring", "documents")


@cache
def _contracts() -> list[dict[str, Any]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return contracts


@cache
def height() -> Mapping[str, int]:
    """How high each room stands: a room may lean on lower ones only."""
    layers = reversed(_contracts()[0]["layers"])
    return {room: level for level, layer in enumerate(layers) for room in re.findall(r"\w+", layer)}


def may_lean_on(room: str, other: str) -> bool:
    """Whether `room` may refer to `other`: itself or a lower one."""
    return room == other or height()[other] < height()[room]


def contracted_pure_rooms() -> set[str]:
    """The rooms that the second contract keeps free of Django."""
    return {name.removeprefix("cchc.") for name in _contracts()[1]["source_modules"]}


def rooms_here() -> tuple[str, ...]:
    """The rooms that exist."""
    return tuple(sorted(path.parent.name for path in SOURCE.glob("*/__init__.py")))


def python_files() -> Iterator[Path]:
    """Every Python file of the product."""
    yield from sorted(SOURCE.rglob("*.py"))


def templates() -> Mapping[str, Path]:
    """Every template by the name it is asked for."""
    found = {}
    for folder in sorted(SOURCE.glob("*/templates")):
        found.update({path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()})
    return found


def room_of(path: Path) -> str:
    """The room a file of the product lies in."""
    return path.relative_to(SOURCE).parts[0]


def repository_files() -> Iterator[Path]:
    """Every file that is, or would be, in the repository, vendored ones apart."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if name and path.is_file() and "vendor" not in path.parts:
            yield path
