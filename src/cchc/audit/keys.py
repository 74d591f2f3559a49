"""The key that signs heads: a file of its own that the database's user cannot read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from cchc.audit.heads import public_text
from cchc.records.errors import refuse, unreadable

_OTHERS_MAY: Final = 0o077
_MOST_BYTES: Final = 10_000


def key_file() -> Path:
    """`AUDIT_KEY_FILE` of the settings, else `keys/audit-ed25519` among the data."""
    return Path(getattr(settings, "AUDIT_KEY_FILE", None) or Path(settings.CCHC_DATA) / "keys" / "audit-ed25519")


def create_key(path: Path) -> str:
    """Make a key (PEM, mode 0600) and give its public half. Raises `audit.key_exists`: a key is never replaced."""
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise refuse("audit.key_exists", path=path) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
    return public_text(key.public_key())


def load_key(path: Path) -> Ed25519PrivateKey:
    """The key in `path`. Raises `Unreadable`: `audit.key_missing`, `audit.key_open`, `audit.not_a_key`."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(_MOST_BYTES)
    except OSError as error:
        raise unreadable("audit.key_missing", path=path) from error
    if os.name == "posix" and mode & _OTHERS_MAY:
        raise unreadable("audit.key_open", path=path)
    try:
        key = serialization.load_pem_private_key(content, password=None)
    except (ValueError, TypeError) as error:
        raise unreadable("audit.not_a_key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise unreadable("audit.not_a_key")
    return key
