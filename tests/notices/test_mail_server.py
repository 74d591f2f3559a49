"""The mail server of the installation: how it is named, and that nothing secret goes to it in the open."""

from __future__ import annotations

import base64
import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import environ
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured

from cchc.config.mail import mail_server
from cchc.notices.carriers import AWAY, SENT, MailServer
from tests.notices.room import mail_trap

SECRET = "lua-chin-tren-nuong"


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "cchc <cchc@tinh.example>"
    message.set_content("x")
    return message


def configured(monkeypatch, **variables: str):
    for name, value in variables.items():
        monkeypatch.setenv(f"CCHC_SMTP_{name}", value)
    return mail_server(environ.Env())


def test_without_a_host_there_is_no_mail_server(monkeypatch) -> None:
    assert configured(monkeypatch) is None


def test_it_is_named_by_the_environment_and_the_password_lies_in_a_file(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(f"{SECRET}\n", encoding="utf-8")
    given = configured(monkeypatch, HOST="thu.tinh.example", USER="cchc", PASSWORD_FILE=str(tmp_path / "password"))
    assert given == {
        "host": "thu.tinh.example", "port": 587, "security": "starttls", "user": "cchc", "password": SECRET,
    }  # fmt: skip
    assert configured(monkeypatch, SECURITY="tls", PORT="4650")["port"] == 4650


@pytest.mark.requirement(62)
@pytest.mark.parametrize(
    ("variables", "what"),
    [
        ({"SECURITY": "ssl"}, "one of"),
        ({"SECURITY": "none", "USER": "cchc"}, "stays secret"),
        ({"USER": "người-gửi"}, "ASCII"),
    ],
)
def test_what_would_be_unsafe_stops_the_start(monkeypatch, variables, what) -> None:
    with pytest.raises(ImproperlyConfigured, match=what):
        configured(monkeypatch, HOST="thu.tinh.example", **variables)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """For 127.0.0.1, signed by itself; with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "thu")]), datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path / "server.pem"
    path.write_bytes(secret + signed.public_bytes(pem))
    return path


def carried_over_tls(certificate: Path):
    """What becomes of a mail with a user and a password, and what the server heard."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with mail_trap(tls=tls) as trap:
        server = MailServer(trap.settings | {"security": "tls", "user": "cchc", "password": "lua-chin"})
        result = server.carry("delivery-1", "hoa@tinh.example", mail())
        server.close()
    return result, trap.heard


def test_over_tls_it_signs_in_and_sends(certificate: Path, monkeypatch) -> None:
    trusting = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
    result, heard = carried_over_tls(certificate)
    assert result == SENT
    (sign_in,) = (line for line in heard if line.startswith("AUTH PLAIN "))
    assert base64.b64decode(sign_in.split()[2]).decode() == "\0cchc\0lua-chin"


@pytest.mark.requirement(62)
def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(certificate: Path) -> None:
    assert carried_over_tls(certificate) == (AWAY, [])


@pytest.mark.requirement(62)
def test_a_server_that_does_not_encrypt_gets_neither_password_nor_mail() -> None:
    with mail_trap() as trap:
        server = MailServer(trap.settings | {"security": "starttls", "user": "cchc", "password": SECRET})
        assert server.carry("delivery-1", "hoa@tinh.example", mail()) == AWAY
    assert {line.split()[0].upper() for line in trap.heard if line} <= {"EHLO", "QUIT"}
    assert trap.texts == []
