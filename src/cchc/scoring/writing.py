"""A criteria set written back: as plain tree, as YAML, and as the hash that identifies its content."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import yaml

from cchc.records.trees import Plain, local_text_tree, source_tree, validity_tree, verification_tree
from cchc.records.yaml_writing import TextDumper
from cchc.scoring.criteria import CriteriaSet, Criterion, Group
from cchc.scoring.rules.answers import options_tree
from cchc.scoring.rules.base import Input, plain


def set_tree(made: CriteriaSet) -> dict[str, Any]:
    """The set as text, lists and mappings in the order of the format; defaults are left out."""
    index = {"cap": plain(made.index_cap)} if made.index_cap is not None else {}
    if made.index_decimals != 2:
        index = {"decimals": Plain(made.index_decimals)} | index
    tree: dict[str, Any] = {
        "id": made.id,
        "title": local_text_tree(made.title),
        "applies_to": list(made.applies_to),
        "valid": validity_tree(made.validity),
        "source": source_tree(made.source),
        "verified": verification_tree(made.verification),
        "total": plain(made.total),
        "points_decimals": None if made.points_decimals is None else Plain(made.points_decimals),
        "index": index,
        "ties": {"order": list(made.tie_order)} if made.tie_order else None,
        "bands": {"on": made.bands_on, "steps": [_band_tree(band) for band in made.bands]},
        "class_caps": [{"when": cap.when.text, "at_most": cap.at_most} for cap in made.class_caps],
        "bonus_cap": None if made.bonus_cap is None else plain(made.bonus_cap),
        "penalty_cap": None if made.penalty_cap is None else plain(made.penalty_cap),
        "fields": [_node_tree(group) for group in made.fields],
    }
    return _present(tree)


def set_hash(made: CriteriaSet) -> str:
    """SHA-256 of the typed content as canonical JSON: comments, key order and the spelling of numbers do not count."""
    canonical = json.dumps(set_tree(made), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def to_yaml(made: CriteriaSet) -> str:
    """The set as a YAML file that loads to the same content."""
    return yaml.dump(
        set_tree(made), Dumper=TextDumper, allow_unicode=True, sort_keys=False, width=120, default_flow_style=False
    )


def _present(tree: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in tree.items() if value not in (None, [], {})}


def _band_tree(band: Any) -> dict[str, Any]:
    return {"id": band.id, "from": plain(band.start), "name": local_text_tree(band.name)}


def _node_tree(node: Group | Criterion) -> dict[str, Any]:
    if isinstance(node, Criterion):
        return _criterion_tree(node)
    return _present(
        {
            "code": node.code,
            "title": local_text_tree(node.title),
            "max": None if node.max is None else plain(node.max),
            "criteria": [_node_tree(child) for child in node.children],
        }
    )


def _criterion_tree(leaf: Criterion) -> dict[str, Any]:
    return _present(
        {
            "code": leaf.code,
            "title": local_text_tree(leaf.title),
            "max": plain(leaf.max) if leaf.has_maximum else None,
            "inputs": {item.name: _input_tree(item) for item in leaf.declared},
            "rule": {"kind": leaf.rule.kind} | leaf.rule.tree(),
            "not_applicable": None if leaf.not_applicable == "never" else leaf.not_applicable,
            "scored_by": None if leaf.scored_by_unit else leaf.scored_by,
            "combine": None if leaf.combine == "replace" else leaf.combine,
            "evidence": [local_text_tree(text) for text in leaf.evidence],
            "source": source_tree(leaf.source) if leaf.source else None,
            "verified": verification_tree(leaf.verification) if leaf.verification else None,
        }
    )


def _input_tree(item: Input) -> dict[str, Any]:
    unit = {"unit": local_text_tree(item.unit)} if item.unit else {}
    options = {"options": options_tree(item.options)} if item.options else {}
    return {"label": local_text_tree(item.label), "kind": item.kind} | unit | options
