"""The root certificates that this installation trusts: files in `CCHC_TRUST_ROOTS`, none as it comes.

Which roots sign for Vietnamese bodies is for each installation to find out and to put there: the product ships none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from cchc.records.errors import Place, refuse

_SUFFIXES: Final = frozenset({".pem", ".crt", ".cer", ".der"})
_PEM: Final = b"-----BEGIN"


def trusted_roots() -> list[bytes]:
    """Their DER form. Raises `papers.not_a_certificate` with the file's name."""
    folder = Path(settings.CCHC_TRUST_ROOTS)
    if not folder.is_dir():
        return []
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)
    return [root for path in files for root in _read(path)]


def _read(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    try:
        is_text = content.lstrip().startswith(_PEM)
        found = x509.load_pem_x509_certificates(content) if is_text else [x509.load_der_x509_certificate(content)]
    except ValueError as error:
        raise refuse("papers.not_a_certificate", Place(file=path.name), file=path.name) from error
    yield from (certificate.public_bytes(Encoding.DER) for certificate in found)
