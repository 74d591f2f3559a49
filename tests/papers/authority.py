"""A certificate authority for tests, made when first needed, and people who sign PDFs with its certificates."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any, TypeVar

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.factories.organizations import NOW

T = TypeVar("T")
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Holder:
    """Who holds a certificate, and the key to it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


def _issued(name: str, by: Holder | None, *, is_authority: bool, starts_at: datetime, ends_at: datetime) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    organization = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "UBND xã Mẫu")
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name), organization])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=not is_authority, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=is_authority, crl_sign=is_authority, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if by is None else by.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts_at)
        .not_valid_after(ends_at)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key if by is None else by.key, hashes.SHA256())
    )
    return Holder(certificate, key)


def root(name: str = "Gốc thử nghiệm") -> Holder:
    """An authority that nobody knows but the tests."""
    return _root(name)


@cache
def _root(name: str) -> Holder:
    return _issued(name, None, is_authority=True, starts_at=NOW - 9 * YEAR, ends_at=NOW + 9 * YEAR)


@cache
def signer(
    name: str = "Lê Thị Ẵng", by: str = "Gốc thử nghiệm", since: timedelta = -YEAR, until: timedelta = YEAR
) -> Holder:
    """A person with a certificate, valid from and until so long after the tests' now."""
    return _issued(name, root(by), is_authority=False, starts_at=NOW + since, ends_at=NOW + until)


def apart(work: Callable[..., T], *args: Any) -> T:
    """In a thread of its own: the library starts an event loop, and a running browser has one in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *args).result()


def sign(content: bytes, by: Holder, field: str = "KyTen") -> bytes:
    """The PDF with one more signature."""
    return apart(_sign, content, by, field)


def _sign(content: bytes, by: Holder, field: str) -> bytes:
    certificate = asn1_x509.Certificate.load(by.der)
    key = by.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    made = signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore(),
    )
    target = BytesIO()
    metadata = signers.PdfSignatureMetadata(field_name=field)
    signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), metadata, signer=made, output=target)
    return target.getvalue()
