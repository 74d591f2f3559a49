from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from cchc.audit.heads import public_text, read_head, read_public_key, sign_head
from cchc.audit.keys import create_key, key_file, load_key
from cchc.audit.verification import Head
from cchc.records.errors import DomainError, Unreadable
from tests.audit.notes import NOON

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TRUSTED = public_text(KEY.public_key())
SIGNED = sign_head(Head(7, "ab" * 32), KEY, NOON)
CONTENT = SIGNED.to_json()


def code_of(content: bytes, trusted: str = TRUSTED) -> str:
    with pytest.raises(DomainError) as caught:
        read_head(content, trusted)
    return caught.value.code


@pytest.mark.requirement(125)
def test_a_signed_head_is_read_back() -> None:
    assert read_head(CONTENT, TRUSTED) == SIGNED
    assert SIGNED.head == Head(7, "ab" * 32)
    assert SIGNED.at == "2026-11-23T05:00:00.000000Z"


def test_a_third_party_can_check_the_signature_from_the_docstring() -> None:
    fields = json.loads(CONTENT)
    signature = bytes.fromhex(fields.pop("signature"))
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(fields["public_key"]))
    key.verify(signature, b"cchc-audit-head\n" + text.encode())


def changed(**fields: object) -> bytes:
    return json.dumps({**json.loads(CONTENT), **fields}).encode()


@pytest.mark.parametrize(
    "fields",
    [{"sequence": 6}, {"hash": "ac" * 32}, {"at": "2026-11-24T05:00:00.000000Z"}, {"signature": "00" * 64}],
)
def test_a_changed_head_is_forged(fields: dict[str, object]) -> None:
    assert code_of(changed(**fields)) == "audit.head_forged"


def test_a_head_signed_by_somebody_else_is_not_trusted() -> None:
    other = sign_head(Head(7, "ab" * 32), Ed25519PrivateKey.generate(), NOON).to_json()
    assert code_of(other) == "audit.head_of_other_key"
    assert code_of(changed(public_key="00" * 32)) == "audit.head_of_other_key"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 9_000, b" " * 20_000, CONTENT + b"x",
        changed(extra=1), changed(sequence="7"), changed(sequence=True), changed(sequence=-1), changed(sequence=2**63),
        changed(sequence=7.0), changed(hash="AB" * 32), changed(hash="ab"), changed(hash=None),
        changed(at="2026-11-23"), changed(public_key="xy" * 32), changed(signature="00"),
        CONTENT.replace(b'"sequence": 7', b'"sequence": 6, "sequence": 7'),
        CONTENT.replace(b'"sequence": 7,', b""),
        CONTENT.replace(b'"sequence": 7', b'"sequence": ' + b"7" * 5_000),
    ],
    ids=range(23),
)  # fmt: skip
def test_what_is_no_head_is_unreadable(content: bytes) -> None:
    assert code_of(content) == "audit.head_unreadable"


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_no_content_is_a_crash(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_head(content, TRUSTED)


@given(st.integers(0, len(CONTENT) - 1), st.integers(0, 255))
def test_no_changed_byte_goes_unseen(place: int, byte: int) -> None:
    content = CONTENT[:place] + bytes([byte]) + CONTENT[place + 1 :]
    try:
        assert read_head(content, TRUSTED) == SIGNED  # white space
    except DomainError:
        assert content != CONTENT


@pytest.mark.parametrize("text", ["", "ab", "xy" * 32, TRUSTED + "0"])
def test_a_public_key_has_64_digits(text: str) -> None:
    with pytest.raises(Unreadable):
        read_public_key(text)
    assert read_public_key(f" {TRUSTED.upper()}\n") == TRUSTED


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "audit-ed25519"
    public = create_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert public_text(load_key(path).public_key()) == public
    with pytest.raises(DomainError) as caught:
        create_key(path)
    assert caught.value.code == "audit.key_exists"
    assert public_text(load_key(path).public_key()) == public


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    create_key(path)
    path.chmod(0o640)
    with pytest.raises(Unreadable) as caught:
        load_key(path)
    assert caught.value.code == "audit.key_open"


def other_kind_of_key() -> bytes:
    return generate_private_key(SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def locked_key() -> bytes:
    lock = serialization.BestAvailableEncryption(b"password")
    return KEY.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


@pytest.mark.parametrize("content", [b"", b"nonsense", other_kind_of_key(), locked_key()])
def test_what_is_no_key_is_unreadable(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        load_key(path)
    assert caught.value.code == "audit.not_a_key"


def test_a_missing_key_has_a_next_step(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        load_key(tmp_path / "none")
    assert caught.value.code == "audit.key_missing"


def test_the_key_lies_where_the_settings_say(settings, tmp_path: Path) -> None:
    settings.AUDIT_KEY_FILE = None
    assert key_file() == Path(settings.CCHC_DATA) / "keys" / "audit-ed25519"
    settings.AUDIT_KEY_FILE = str(tmp_path / "key")
    assert key_file() == tmp_path / "key"
