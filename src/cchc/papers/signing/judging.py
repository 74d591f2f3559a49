"""Signatures of a PDF as pyHanko sees them. No network: revocation counts only where the file itself proves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Final

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from cchc.papers.signing.reports import Coverage, SignatureReport, Trust
from cchc.records.errors import refuse

MOST: Final = 50  # signatures of one file
_LATER: Final = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)


def judge(content: bytes, roots: Sequence[bytes], moment: datetime) -> tuple[SignatureReport, ...]:
    """A report for every signature, in the order in which they were made.

    `roots` are certificates in DER form. Certificates are judged as of `moment`. Raises `papers.signatures_too_many`,
    and whatever the library does for a file that is no PDF.
    """
    signatures = PdfFileReader(BytesIO(content), strict=False).embedded_regular_signatures
    if len(signatures) > MOST:
        raise refuse("papers.signatures_too_many", limit=MOST)
    trusted = [x509.Certificate.load(root) for root in roots]
    fields = frozenset(signature.field_name for signature in signatures)
    return tuple(_report(signature, trusted, moment, fields) for signature in signatures)


def _report(
    signature: EmbeddedPdfSignature, roots: list[x509.Certificate], moment: datetime, fields: frozenset[str]
) -> SignatureReport:
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)
    status = validate_pdf_signature(signature, signer_validation_context=context, ts_validation_context=context)
    subject, issuer = status.signing_cert.subject.native, status.signing_cert.issuer.native
    stamp = status.timestamp_validity
    return SignatureReport(
        field=signature.field_name,
        signer=_text(subject.get("common_name")),
        organization=_text(subject.get("organization_name")),
        issuer=_text(issuer.get("common_name")) or _text(issuer.get("organization_name")),
        signed_at=status.signer_reported_dt,
        stamped_at=stamp.timestamp if stamp is not None and stamp.valid and stamp.trusted else None,
        is_whole=_is_whole(status, fields),
        covers=_coverage(status),
        trust=_trust(status, moment),
    )


def _coverage(status: PdfSignatureStatus) -> Coverage:
    match status.coverage:
        case SignatureCoverageLevel.ENTIRE_FILE:
            return "whole"
        case SignatureCoverageLevel.ENTIRE_REVISION:
            return "before_later_changes"
        case _:
            return "part"


def _trust(status: PdfSignatureStatus, moment: datetime) -> Trust:
    if status.revoked:
        return "revoked"
    if status.trusted:
        return "trusted"
    if status.trust_problem_indic == AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND:
        return "unknown_root"
    if status.signing_cert.not_valid_before > moment:
        return "not_yet_valid"
    return "expired" if status.signing_cert.not_valid_after < moment else "unknown_root"


def _is_whole(status: PdfSignatureStatus, fields: frozenset[str]) -> bool:
    """Nothing covered was changed, and what came later is signatures and proofs alone, no value of a form."""
    if not (status.intact and status.valid and status.docmdp_ok is not False):
        return False
    changed: set[str] = getattr(status.diff_result, "changed_form_fields", set())
    return status.modification_level in _LATER and changed <= fields


def _text(value: object) -> str:
    """A part of a name; some certificates hold several."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
