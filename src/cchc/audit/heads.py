"""The signed head: the chain's last number and hash, kept where nobody who owns the database can reach it.

A chain alone cannot show that its end was cut off or that all of it was written anew; a head exported earlier can.
The file is JSON: `{"sequence", "hash", "at", "public_key", "signature"}`. The Ed25519 signature covers the text
`cchc-audit-head` and a line feed, followed by the canonical JSON of the other four, in UTF-8; `public_key` and
`signature` are hexadecimal.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from cchc.audit.canonical import dump, moment_text
from cchc.audit.verification import Head
from cchc.records.errors import refuse, unreadable

_PURPOSE: Final = b"cchc-audit-head\n"
_MOST_BYTES: Final = 10_000
_LARGEST: Final = 2**63 - 1
_SHAPES: Final = {
    "hash": r"[0-9a-f]{64}",
    "at": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
    "public_key": r"[0-9a-f]{64}",
    "signature": r"[0-9a-f]{128}",
}


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head, the moment of its signing (as `moment_text`), and who signed it."""

    sequence: int
    hash: str
    at: str
    public_key: str
    signature: str

    @property
    def head(self) -> Head:
        """What the signature vouches for."""
        return Head(self.sequence, self.hash)

    def to_json(self) -> bytes:
        """The file, ready to be stored or printed."""
        return (json.dumps(asdict(self), indent=2) + "\n").encode("ascii")


def sign_head(head: Head, key: Ed25519PrivateKey, at: datetime) -> SignedHead:
    """The head as the holder of `key` saw it at `at`."""
    public_key = public_text(key.public_key())
    unsigned = {"sequence": head.sequence, "hash": head.hash, "at": moment_text(at), "public_key": public_key}
    return SignedHead(head.sequence, head.hash, moment_text(at), public_key, key.sign(_signed_bytes(unsigned)).hex())


def read_head(content: bytes, trusted_key: str) -> SignedHead:
    """The head in a file. `trusted_key` is the hexadecimal public key that must have signed it.

    Raises `Unreadable` (`audit.head_unreadable`) when it is no such file, `DomainError` when somebody else signed it
    (`audit.head_of_other_key`) or the signature does not fit (`audit.head_forged`).
    """
    signed = _parse(content)
    if signed.public_key != trusted_key:
        raise refuse("audit.head_of_other_key", key=signed.public_key[:16], trusted=trusted_key[:16])
    unsigned = asdict(signed)
    signature = unsigned.pop("signature")
    try:
        _public_key(trusted_key).verify(bytes.fromhex(signature), _signed_bytes(unsigned))
    except InvalidSignature as error:
        raise refuse("audit.head_forged") from error
    return signed


def public_text(key: Ed25519PublicKey) -> str:
    """The public key as 64 hexadecimal digits."""
    return key.public_bytes_raw().hex()


def read_public_key(text: str) -> str:
    """64 hexadecimal digits. Raises `audit.not_a_key`."""
    stripped = text.strip().lower()
    if not re.fullmatch(_SHAPES["public_key"], stripped):
        raise unreadable("audit.not_a_key")
    return stripped


def _public_key(text: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))


def _signed_bytes(unsigned: dict[str, Any]) -> bytes:
    return _PURPOSE + dump(unsigned).encode()


def _parse(content: bytes) -> SignedHead:
    if len(content) > _MOST_BYTES:
        raise unreadable("audit.head_unreadable")
    try:
        fields = json.loads(content, object_pairs_hook=_without_duplicates)
    except (ValueError, RecursionError) as error:
        raise unreadable("audit.head_unreadable") from error
    if not isinstance(fields, dict) or fields.keys() != {"sequence", *_SHAPES}:
        raise unreadable("audit.head_unreadable")
    if type(fields["sequence"]) is not int or not 0 <= fields["sequence"] <= _LARGEST:
        raise unreadable("audit.head_unreadable")
    for name, shape in _SHAPES.items():
        if not isinstance(fields[name], str) or not re.fullmatch(shape, fields[name], re.ASCII):
            raise unreadable("audit.head_unreadable")
    return SignedHead(**fields)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a key appears twice")
    return fields
