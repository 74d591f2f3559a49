"""Every table of the product leaves events, or is written by one module alone."""

from __future__ import annotations

import ast
from pathlib import Path

from django.apps import apps
from django.db.models import Model

from cchc.audit.models import Guarded, Recorded
from tests.support import rooms


def ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("cchc.")]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(rooms.SOURCE.parent).with_suffix("").parts)


def writers() -> dict[str, set[str]]:
    """Modules by the model on which they call `writable()`."""
    found: dict[str, set[str]] = {}
    for path in rooms.python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "writable":
                found.setdefault(ast.unparse(node.value), set()).add(module_of(path))
    return found


def test_every_model_is_recorded_or_guarded():
    assert [model._meta.label for model in ours() if not issubclass(model, Recorded | Guarded)] == []


def test_guarded_tables_are_written_by_the_module_they_name():
    guarded = {model.__name__: model.writer for model in ours() if issubclass(model, Guarded)}
    assert guarded.keys() >= {"AuditHead", "JobLease", "ScheduleMark"}
    assert writers() == {name: {writer} for name, writer in guarded.items()}
