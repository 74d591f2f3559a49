"""A calendar as a YAML file that reads back to the same content: one line for each exceptional day."""

from __future__ import annotations

from typing import Any, Final

import yaml

from cchc.records.trees import Plain
from cchc.records.yaml_writing import TextDumper
from cchc.worktime.rules import CalendarRules
from cchc.worktime.writing import rules_tree

_ENDLESS: Final = 1_000_000


def to_yaml(rules: CalendarRules) -> str:
    """The calendar alone, without the one it extends. Comments are not kept: they are not part of a calendar."""
    tree = rules_tree(rules)
    for key in tree.keys() - {"weeks", "exceptions"}:
        tree[key] = _in_line(tree[key])
    tree["weeks"] = [{key: _in_line(value) for key, value in week.items()} for week in tree.get("weeks", [])]
    tree["exceptions"] = [_in_line(exception) for exception in tree.get("exceptions", [])]
    present = {key: value for key, value in tree.items() if value}
    return yaml.dump(present, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_ENDLESS)


class _InLine(dict[Any, Any]):
    """A mapping written as `{…}`."""


class _ListInLine(list[Any]):
    """A list written as `[…]`."""


def _in_line(value: Any) -> Any:
    """Keys stand bare as people write them: our reader takes `on` and `no` for the words they are."""
    match value:
        case dict():
            return _InLine((Plain(key), _in_line(part)) for key, part in value.items())
        case list():
            return _ListInLine(map(_in_line, value))
        case _:
            return value


class _Dumper(TextDumper):
    """Members of a list stand indented below its key; some mappings and lists stand in one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _write_mapping(dumper: yaml.SafeDumper, mapping: _InLine) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", mapping, flow_style=True)


def _write_list(dumper: yaml.SafeDumper, items: _ListInLine) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


_Dumper.add_representer(_InLine, _write_mapping)
_Dumper.add_representer(_ListInLine, _write_list)
