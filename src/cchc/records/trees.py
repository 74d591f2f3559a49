"""Records that all rules share back to plain text and mappings: what YAML, spreadsheets and hashes are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText

DOUBT: Final = "verified.no"
DOUBT_EN: Final = "verified.no.en"
"""Where tables keep why something is not verified, in Vietnamese and in English: columns of their own, so that a table
without the second one says the same as a plain `{no: why}`.
"""
T = TypeVar("T")


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


def from_columns(values: Mapping[str, T]) -> dict[str, T]:
    """Parts by columns of a table, by their paths in a tree: a doubt with its English is a text in two languages."""
    return {f"{DOUBT}.vi" if path == DOUBT and DOUBT_EN in values else path: value for path, value in values.items()}


def to_columns(values: Mapping[str, T]) -> dict[str, T]:
    """`from_columns` undone, wherever in the tree the doubt stands."""
    return {path.removesuffix(".vi") if path.endswith(f"{DOUBT}.vi") else path: value for path, value in values.items()}


def verification_tree(verification: Verification) -> Any:
    """`true`, or `{no: why}`, in both languages `{no: {vi, en}}`."""
    if verification.verified:
        return Plain("true")
    doubt = LocalText(verification.doubt or "", verification.doubt_en)
    return {"no": local_text_tree(doubt) if doubt.en else doubt.vi}


def validity_tree(validity: Validity) -> dict[str, str]:
    """`{from, to}`, `to` only when it ends."""
    tree: dict[str, str] = {"from": Plain(validity.start.isoformat())}
    return tree | ({"to": Plain(validity.end.isoformat())} if validity.end else {})
