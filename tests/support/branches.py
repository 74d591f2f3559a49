"""Which ways templates went: of every `{% if %}` the branch taken, of every `{% for %}` with `{% empty %}` which."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.template import Context
from django.template.base import Node, VariableDoesNotExist
from django.template.defaulttags import ForNode, IfNode
from django.template.loader import get_template
from django.test.signals import template_rendered

NONE = -1


@dataclass(slots=True)
class Ways:
    """Names of templates rendered, and the branches taken at each node of them."""

    rendered: set[str] = field(default_factory=set)
    taken: dict[int, set[int]] = field(default_factory=dict)

    def note(self, node: Node, branch: int) -> None:
        """Remember one branch."""
        self.taken.setdefault(id(node), set()).add(branch)

    def missed(self, name: str) -> Iterator[str]:
        """The branches of a template that were never taken, in words."""
        nodes = get_template(name).template.nodelist  # type: ignore[attr-defined]
        for node in nodes.get_nodes_by_type(IfNode):
            for branch in sorted(_branches(node) - self.taken.get(id(node), set())):
                yield f"{name}:{node.token.lineno}: {_said(node, branch)}"
        for node in nodes.get_nodes_by_type(ForNode):
            if node.nodelist_empty:
                for branch in sorted({0, NONE} - self.taken.get(id(node), set())):
                    yield f"{name}:{node.token.lineno}: {node.sequence} is {'empty' if branch == NONE else 'not empty'}"


@contextmanager
def watched_ways() -> Iterator[Ways]:
    """What is rendered inside."""
    ways, render_for = Ways(), ForNode.render

    def branch_of(node: IfNode, context: Context) -> int:
        for branch, (condition, _nodes) in enumerate(node.conditions_nodelists):
            try:
                if condition is None or condition.eval(context):
                    return branch
            except VariableDoesNotExist:
                continue
        return NONE

    def at_if(node: IfNode, context: Context) -> Any:
        branch = branch_of(node, context)
        ways.note(node, branch)
        return "" if branch == NONE else node.conditions_nodelists[branch][1].render(context)

    def at_for(node: ForNode, context: Context) -> Any:
        ways.note(node, 0 if node.sequence.resolve(context, ignore_failures=True) else NONE)
        return render_for(node, context)

    def at_template(sender: Any, template: Any, **_: Any) -> None:
        ways.rendered.add(template.name)

    template_rendered.connect(at_template)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(IfNode, "render", at_if)
        patch.setattr(ForNode, "render", at_for)
        yield ways
    template_rendered.disconnect(at_template)


def _branches(node: IfNode) -> set[int]:
    has_else = node.conditions_nodelists[-1][0] is None
    return set(range(len(node.conditions_nodelists))) | (set() if has_else else {NONE})


def _said(node: IfNode, branch: int) -> str:
    conditions = [
        getattr(condition, "text", repr(condition)) for condition, _ in node.conditions_nodelists if condition
    ]
    return f"neither {', '.join(conditions)}" if branch in {NONE, len(conditions)} else f"if {conditions[branch]}"
