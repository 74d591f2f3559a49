"""docs/personal-data.md: every personal or sensitive field, why it is kept and by which law; the rest counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from cchc.audit.fields import EVERY_FIELD, PERSONAL_CLASSES, Field, Purpose

SOURCE = Path(__file__).resolve().parents[1] / "src" / "cchc"
_OPENING = """# Personal data

Made by `python -m tools.generate_docs write` from the rooms' `classification.py`; do not edit. Every field of
every table has a class there: public, internal, personal, sensitive or secret, and
`tests/repository/test_classification.py` refuses a field without one. Events in the audit chain that hold
personal fields are marked, so that retention finds them; secret fields never come in.

"""


def classified() -> Iterator[tuple[str, str, Field]]:
    """Table, name of the field and what it is, of all rooms."""
    for path in sorted(SOURCE.glob("*/classification.py")):
        tables: Mapping[str, Mapping[str, Field]] = import_module(f"cchc.{path.parent.name}.classification").FIELDS
        for table, fields in tables.items():
            yield from ((table, name, field) for name, field in fields.items())


def personal_data_page() -> str:
    """The page."""
    found = list(classified())
    counts = Counter(field.kind.value for _, _, field in found)
    parts = [
        _OPENING,
        ", ".join(f"{counts[kind]} {kind}" for kind in sorted(counts)),
        " fields and tables of libraries.\n",
    ]
    by_purpose: dict[Purpose, list[tuple[str, str, Field]]] = {}
    for table, name, field in found:
        if field.kind in PERSONAL_CLASSES and field.purpose is not None:
            by_purpose.setdefault(field.purpose, []).append((table, name, field))
    for purpose, fields in by_purpose.items():
        parts.append(_chapter(purpose, fields))
    return "".join([*parts, _logged_pages(), _retention()])


def _chapter(purpose: Purpose, fields: list[tuple[str, str, Field]]) -> str:
    source, verification = purpose.source, purpose.verification
    basis = f"{source.document}, {source.article}" if source.article else source.document
    checked = "checked" if verification.verified else f"[unverified] {verification.doubt_in('en')}"
    rows = "\n".join(
        f"| {table} | {_shown(name)} | {field.name.vi} ({field.name.en}) | {field.kind} |"
        for table, name, field in fields
    )
    return (
        f"\n## {purpose.text.vi} ({purpose.text.en})\n\nLegal basis: {basis}; {checked}.\n\n"
        f"| table | field | what it is | class |\n|---|---|---|---|\n{rows}\n"
    )


_PAGES = """
## Who saw it: pages that are logged (`disclosures.py` of the rooms)

Each look and each download is written into the log of disclosures before the answer leaves, with who, on whose
behalf, when, which object or how many people. An official reads at `/can-bo/…/ai-da-xem/` who saw the own data.

| page | on screen | way | object |
|---|---|---|---|
"""


def _logged_pages() -> str:
    disclosed: dict[str, Any] = {}
    silent: Counter[str] = Counter()
    for path in sorted(SOURCE.glob("*/disclosures.py")):
        if path.parent.name == "cli":
            continue  # a command of that name
        module = import_module(f"cchc.{path.parent.name}.disclosures")
        disclosed |= module.DISCLOSES
        for why, routes in module.SILENT.items():
            silent[f"{why.why.vi} ({why.why.en})"] += len(routes)
    rows = "".join(
        f"| `{route}` | {one.name.vi} ({one.name.en}) | {one.way} | {one.subject_type or 'any'} |\n"
        for route, one in sorted(disclosed.items())
    )
    reasons = "".join(f"- {count} pages: {why}\n" for why, count in sorted(silent.items()))
    return f"{_PAGES}{rows}\nNot logged:\n\n{reasons}"


_KEPT = """
## How long it is kept (`privacy/rules.yaml`)

The rules that ship. An installation decides its own (`CCHC_RETENTION_RULES`) and sees them with counts at
`/thoi-han-luu-giu/` and by `cchc retention list`. What belongs to something open (a running job, a cited file, an open
task of an official who left) is held until it is closed.

| what | kept for | since | then | source |
|---|---|---|---|---|
"""


def _retention() -> str:
    text = (SOURCE / "privacy" / "rules.yaml").read_text(encoding="utf-8")
    rules = yaml.load(text, Loader=yaml.BaseLoader)["rules"]  # noqa: S506 - all texts, as our own reader has them
    rows = ""
    for rule in rules:
        ((unit, number),) = rule["keep"].items()
        checked = "checked" if rule["verified"] == "true" else f"[unverified] {rule['verified']['no']['en']}"
        kept = f"{number} {unit.removesuffix('s') if number == '1' else unit}"
        source = f"{rule['source']['document']}; {checked}"
        rows += f"| `{rule['what']}` | {kept} | {rule['since']} | {rule['then']} | {source} |\n"
    return _KEPT + rows


def _shown(name: str) -> str:
    return "all" if name == EVERY_FIELD else f"`{name}`"
