"""`cchc audit`: verify the chain, sign its head, make the key."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc.cli.output import counting, write_json
from cchc.cli.session import json_option, language_option
from cchc.config import boot
from cchc.records.errors import Message, refuse, unreadable
from cchc.records.text import Language
from cchc.records.words import say

if TYPE_CHECKING:
    from cchc.audit.heads import SignedHead
    from cchc.audit.verification import ChainReport

_MOST_BYTES = 10_000


@click.group(epilog="Example: cchc audit verify --head archive/head-2026-11-23.json")
def command() -> None:
    """Verify the audit chain (chuỗi nhật ký), sign its head."""


@command.command(epilog="Example: cchc audit verify --head archive/head-2026-11-23.json --json")
@click.option("--head", "head_file", type=click.Path(path_type=Path), help="A signed head (đầu chuỗi) kept elsewhere.")
@click.option("--key", metavar="HEX", help="Public key that must have signed it. Default: that of this installation.")
@json_option
@language_option
@click.pass_context
def verify(ctx: click.Context, head_file: Path | None, key: str | None, as_json: bool, language: Language) -> None:
    """Walk the chain (chuỗi nhật ký); report damage.

    Editing, deletion, insertion and reordering are found; so are missing triggers.
    Only with a signed head can a cut end or a complete rewrite be seen.

    Exit code 0 when the chain is whole, 1 when it is damaged or the head was not signed by the trusted key, 2 when
    the head file or the key cannot be read.
    """
    _set_up()
    from cchc.audit.queries import verify_chain
    from cchc.audit.triggers import missing_triggers

    signed = _read_head(head_file, key) if head_file else None
    with counting("") as progress:
        report = verify_chain(signed, progress)
    missing = missing_triggers()
    if as_json:
        write_json(as_document(report, missing, language))
    else:
        _print_report(report, signed, missing, language)
    ctx.exit(0 if report.is_valid and not missing else 1)


@command.command(epilog="Example: cchc audit head --out head-2026-11-23.json")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File to write; must not exist.")
@language_option
def head(out: Path, language: Language) -> None:
    """Sign the head (đầu chuỗi) into a file.

    Keep the file away from the database: later it shows whether the chain lost its end or was written anew.
    """
    _set_up()
    from cchc.audit.queries import export_head

    signed = export_head(now=datetime.now(UTC))
    try:
        with out.open("xb") as file:
            file.write(signed.to_json())
    except OSError as error:
        raise refuse("audit.file_not_written", path=out) from error
    _say("audit.head_written", language, sequence=signed.sequence, path=out)


@command.command(epilog="Example: cchc audit key")
@language_option
def key(language: Language) -> None:
    """Make the key (khóa ký) that signs heads.

    Shows its public half, to be kept elsewhere. A key that exists is never replaced.
    """
    boot.setup()
    from cchc.audit.keys import create_key, key_file

    path = key_file()
    _say("audit.key_made", language, path=path, key=create_key(path))


def as_document(report: ChainReport, missing: tuple[str, ...], language: Language) -> dict[str, Any]:
    """The report in the shape of `--json`."""
    return {
        "valid": report.is_valid and not missing,
        "events": report.events,
        "redacted": report.redacted,
        "head": report.head and {"sequence": report.head.sequence, "hash": report.head.hash},
        "signed_head": report.signed and {"sequence": report.signed.sequence, "hash": report.signed.hash},
        "damages": [
            {
                "code": d.code,
                "first": d.first,
                "last": d.last,
                "text": _words(d.code, language, first=d.first, last=d.last),
            }
            for d in report.damages
        ],
        "counts": dict(report.counts),
        "missing_triggers": list(missing),
    }


def _print_report(report: ChainReport, signed: SignedHead | None, missing: tuple[str, ...], language: Language) -> None:
    for damage in report.damages:
        _say(damage.code, language, first=damage.first, last=damage.last)
    if unlisted := report.unlisted():
        _say("audit.more_damages", language, count=unlisted)
    for name in missing:
        _say("audit.trigger_missing", language, name=name)
    if report.is_valid and not missing:
        _say("audit.chain_valid", language, events=report.events, redacted=report.redacted)
    else:
        found = sum(report.counts.values()) + len(missing)
        _say("audit.chain_invalid", language, events=report.events, found=found)
    if signed is None:
        _say("audit.no_signed_head", language)
    elif not any(code.startswith("audit.signed_") for code in report.counts):
        _say("audit.matches_signed_head", language, at=signed.at, sequence=signed.sequence)


def _read_head(path: Path, key: str | None) -> SignedHead:
    from cchc.audit.heads import public_text, read_head, read_public_key
    from cchc.audit.keys import key_file, load_key

    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise unreadable("audit.file_unreadable", path=path) from error
    trusted = read_public_key(key) if key else public_text(load_key(key_file()).public_key())
    return read_head(content, trusted)


def _set_up() -> None:
    """Start Django; refuse a database without the chain's tables."""
    boot.setup()
    from cchc.audit.triggers import is_migrated

    if not is_migrated():
        raise unreadable("audit.not_set_up")


def _say(code: str, language: Language, **params: object) -> None:
    click.echo(_words(code, language, **params))


def _words(code: str, language: Language, **params: object) -> str:
    return say(Message(code, params), language)
