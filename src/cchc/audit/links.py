"""How one event is hashed and tied to the one before it. Pure; all a third party needs to check a chain offline.

**Header.** The event's fields as canonical JSON (`cchc.audit.canonical`; the texts exactly as stored):

    {"actor":{"identity":…,"kind":…,"on_behalf_of":…},"at":"2026-11-23T02:42:00.000000Z","format":1,"kind":…,
     "payload_hash":…,"personal":false,"previous_hash":…,"request":…,"sequence":1,"subject":{"id":…,"type":…}}

without the line break; an absent text is `""`. The event's hash is the SHA-256 of these UTF-8 bytes, written as 64
lower-case hexadecimal digits. `sequence` counts 1, 2, 3 … without gaps; `previous_hash` is the hash of the event
before, for the first one 64 zeros.

**Payload.** `body` is the canonical JSON of `{"actor_name":…,"after":…,"before":…,"reason":…}`, with what else is known
of who acted: `"actor_capacity":{"post":…,"unit":…}`, and of the person acted for `"principal_name"` and
`"principal_capacity"`; `salt` is 64 random lower-case hexadecimal digits. `payload_hash` is the SHA-256 of the salt's
64 characters followed by the body, in UTF-8. The header holds only this hash, so salt and body may be erased and the
chain still closes; without the salt nobody can guess the erased body from its hash.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cchc.audit.canonical import dump

GENESIS: Final = "0" * 64
_FORMAT: Final = 1
_SALT_LENGTH: Final = 64


@dataclass(frozen=True, slots=True)
class Header:
    """What the chain holds of one event; `at` as `moment_text`, absent texts empty."""

    sequence: int
    at: str
    kind: str
    actor_kind: str
    actor_identity: str
    on_behalf_of: str
    subject_type: str
    subject_id: str
    request: str
    personal: bool
    payload_hash: str
    previous_hash: str

    def hash(self) -> str:
        """The event's hash as the module describes it."""
        actor = {"kind": self.actor_kind, "identity": self.actor_identity, "on_behalf_of": self.on_behalf_of}
        fields = {
            "format": _FORMAT,
            "sequence": self.sequence,
            "at": self.at,
            "kind": self.kind,
            "actor": actor,
            "subject": {"type": self.subject_type, "id": self.subject_id},
            "request": self.request,
            "personal": self.personal,
            "payload_hash": self.payload_hash,
            "previous_hash": self.previous_hash,
        }
        return sha256(dump(fields).encode()).hexdigest()


def new_salt() -> str:
    """64 random hexadecimal digits."""
    return secrets.token_hex(_SALT_LENGTH // 2)


def hash_payload(salt: str, body: str) -> str:
    """The payload's hash. Raises `ValueError` for a salt of another length: where it ends must be certain."""
    if len(salt) != _SALT_LENGTH:
        raise ValueError(f"a salt has {_SALT_LENGTH} characters")
    return sha256((salt + body).encode()).hexdigest()
