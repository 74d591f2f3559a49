"""Typed records back to plain text, lists and mappings: what YAML, XLSX and the hash are made of."""

from __future__ import annotations

from typing import Any

from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText


class Plain(str):
    """Text that needs no quotes in YAML: a number, a day, `true`."""

    __slots__ = ()


def local_text_tree(text: LocalText) -> dict[str, str]:
    """`{vi, en}`, English only where it is written."""
    return {"vi": text.vi} | ({"en": text.en} if text.en else {})


def source_tree(source: Source) -> dict[str, str]:
    """The parts of a source that are known."""
    parts = {
        "document": source.document,
        "on": Plain(source.on.isoformat()) if source.on else None,
        "article": source.article,
        "url": source.url,
    }
    return {key: value for key, value in parts.items() if value}


def verification_tree(verification: Verification) -> Any:
    """`true`, or `{no: why}`."""
    return Plain("true") if verification.verified else {"no": verification.doubt or ""}


def validity_tree(validity: Validity) -> dict[str, str]:
    """`{from, to}`, `to` only when it ends."""
    tree: dict[str, str] = {"from": Plain(validity.start.isoformat())}
    return tree | ({"to": Plain(validity.end.isoformat())} if validity.end else {})
