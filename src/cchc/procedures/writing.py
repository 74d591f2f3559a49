"""Procedures as YAML that reads back to the same records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Final

import yaml

from cchc.procedures.versions import CatalogueEntry, Component, Fee, ProcedureStep, Version
from cchc.records.timelines import Dated
from cchc.records.trees import Plain, local_text_tree, source_tree, validity_tree, verification_tree
from cchc.records.yaml_writing import TextDumper
from cchc.worktime.limits import Limit

_ENDLESS: Final = 1_000_000


def version_text(version: Version) -> str:
    """The version alone, as it is kept: what `loading.read_version` reads. The same for equal versions."""
    return _written(version_tree(version))


def catalogue_text(entries: Iterable[CatalogueEntry]) -> str:
    """A whole file, as `loading.read` reads it."""
    return _written({"procedures": [_entry_tree(one) for one in entries]})


def version_tree(version: Version) -> dict[str, Any]:
    """The keys of a version, those that say nothing left out."""
    tree = {
        "limit": None if version.limit is None else _limit(version.limit),
        "mechanism": version.mechanism,
        "online": version.online,
        "not_full_because": None if version.not_full_because is None else local_text_tree(version.not_full_because),
        "portal": version.portal,
        "on_supplement": version.on_supplement,
        "extensions": Plain(version.extensions),
        "result": local_text_tree(version.result),
        "steps": [_step(step) for step in version.steps],
        "components": [_component(one) for one in version.components],
        "fees": [_fee(fee) for fee in version.fees],
        "bases": list(version.bases),
    }
    return {key: value for key, value in tree.items() if value}


def _entry_tree(entry: CatalogueEntry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "name": local_text_tree(entry.name),
        "field": local_text_tree(entry.field),
        "level": entry.level,
        "authority": local_text_tree(entry.authority),
        "versions": [_dated_tree(dated) for dated in entry.versions.records],
    }


def _dated_tree(dated: Dated[Version]) -> dict[str, Any]:
    head = {
        "valid": validity_tree(dated.validity),
        "source": source_tree(dated.source),
        "verified": verification_tree(dated.verification),
    }
    return head | version_tree(dated.value)


def _step(step: ProcedureStep) -> dict[str, Any]:
    tree = {
        "id": step.id,
        "name": local_text_tree(step.name),
        "role": step.role,
        "limit": _limit(step.limit),
        "after": list(step.after),
    }
    return tree | ({} if step.agency is None else {"agency": local_text_tree(step.agency)})


def _component(one: Component) -> dict[str, Any]:
    counts = {kind.name: getattr(one, kind.name) for kind in fields(one) if kind.name not in {"id", "name"}}
    named: dict[str, Any] = {"id": one.id, "name": local_text_tree(one.name)}
    return named | {kind: Plain(number) for kind, number in counts.items() if number}


def _fee(fee: Fee) -> dict[str, Any]:
    return {"name": local_text_tree(fee.name), "amount": Plain(fee.amount), "payment": fee.payment}


def _limit(limit: Limit) -> dict[str, Any]:
    return {limit.unit: Plain(limit.amount)}


def _written(tree: Any) -> str:
    return yaml.dump(tree, Dumper=TextDumper, allow_unicode=True, sort_keys=False, width=_ENDLESS)
