"""The Vietnamese catalogue of the screens: `python -m tools.translations update|check`.

Babel reads Python and templates and writes .po and .mo; GNU gettext is not needed. English is the text in the source.
Texts of libraries that have no good Vietnamese there stand in `foreign_messages.yaml`.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "cchc"
PO = SOURCE / "interface" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
FOREIGN = Path(__file__).with_name("foreign_messages.yaml")
Identity = str | tuple[str, ...]
# Name of the function → which argument is what, as Babel wants it.
KEYWORDS: dict[str, Any] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Dates of writing would only make two people's catalogues differ.
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
_HEADER = "# Vietnamese catalogue of cchc, made by `python -m tools.translations update`. By hand: only msgstr."


def extracted() -> Catalog:
    """A catalogue of every text in Python and templates, without translations."""
    catalog = Catalog(
        locale="vi",
        project="cchc",
        version="1",
        fuzzy=False,
        header_comment=_HEADER,
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        last_translator="the cchc authors",
        language_team="Vietnamese",
        msgid_bugs_address="README.md",
    )
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.*")]):
        name = path.relative_to(ROOT).as_posix()
        for identity, context in _texts(path):
            catalog.add(identity, locations=[(name, 0)], context=context)
    for module, identity in foreign():
        catalog.add(identity, locations=[(module, 0)])
    return catalog


def foreign() -> list[tuple[str, Identity]]:
    """The texts of libraries that we translate, each with the module it stands in."""
    listed = yaml.safe_load(FOREIGN.read_text(encoding="utf-8"))
    return [
        (part["module"], text if isinstance(text, str) else tuple(text)) for part in listed for text in part["texts"]
    ]


def gone() -> list[str]:
    """Which of them their library does not say any more, or says in other words."""
    listed, said = foreign(), {}
    for module in dict.fromkeys(module for module, _ in listed):
        spec = find_spec(module)
        source = Path(spec.origin).read_text(encoding="utf-8") if spec and spec.origin else ""
        said[module] = {identity for identity, _ in _calls(source)}
    return [f"{module} does not say: {identity!r}" for module, identity in listed if identity not in said[module]]


def _texts(path: Path) -> Iterator[tuple[Identity, str | None]]:
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        for python in (content, *_in_f_strings(content)):
            yield from _calls(python)
        return
    # A template becomes Python calls amid filling, each on one line; its indentation would be no valid Python.
    for line in templatize(content, origin=str(path)).splitlines():
        yield from _calls(line.strip())


def _in_f_strings(python: str) -> Iterator[str]:
    """What is said amid f-strings: one token, into which Babel does not look (before Python 3.12)."""
    for text in (node for node in ast.walk(ast.parse(python)) if isinstance(node, ast.JoinedStr)):
        for call in (node for node in ast.walk(text) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS:
                yield ast.unparse(call)


def _calls(python: str) -> Iterator[tuple[Identity, str | None]]:
    file = io.BytesIO(python.encode())
    for _, identity, _, context in extract("python", file, KEYWORDS, options={"encoding": "utf-8"}):
        yield identity, context


def translated() -> Catalog:
    """The catalogue as it lies in the repository; empty when there is none."""
    if not PO.exists():
        return Catalog(locale="vi")
    with PO.open("rb") as file:
        return read_po(file, locale="vi")


def merged() -> Catalog:
    """The texts of the source with the translations we have; nothing obsolete, nothing guessed."""
    known, wanted = translated(), extracted()
    for message in wanted:
        if message.id and (old := known.get(message.id, message.context)) and not old.fuzzy:
            message.string = old.string
    return wanted


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue as .po: by text, files without line numbers."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, sort_output=True, include_lineno=False, width=120)
    return buffer.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalogue as .mo, as Django reads it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def problems() -> list[str]:
    """What is missing, uncertain or stale; empty when the catalogue is complete."""
    found = gone()
    for message in translated():
        if message.id and (message.fuzzy or not _is_translated(message)):
            found.append(f"not translated: {message.id!r}")
        found.extend(f"{message.id!r}: {error}" for error in message.check())
    if not PO.exists() or PO.read_bytes() != po_bytes(merged()):
        found.append(f"{PO.relative_to(ROOT)} differs from the texts in the source")
    if not MO.exists() or MO.read_bytes() != mo_bytes(translated()):
        found.append(f"{MO.relative_to(ROOT)} is not made from the .po")
    return found


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings)


def update() -> None:
    """Write .po and .mo anew."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po_bytes(merged()))
    MO.write_bytes(mo_bytes(translated()))


def main(arguments: list[str]) -> int:
    """Exit code 0 when the catalogue is complete."""
    if arguments not in (["update"], ["check"]):
        print("Usage: python -m tools.translations update|check", file=sys.stderr)
        return 2
    if not settings.configured:
        settings.configure(USE_I18N=True)
    if arguments == ["update"]:
        update()
    found = problems()
    for problem in found:
        print(problem)
    if found:
        print("Next: python -m tools.translations update, then fill empty msgstr and run it again.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
