"""Seals of the log of disclosures, as the audit chain has them."""

from __future__ import annotations

from cchc.audit.canonical import read_canonical
from cchc.audit.models import AuditEvent
from cchc.privacy.audit_kinds import LOG_SEALED
from cchc.privacy.log import LogReport, Seal, disclosure_log


def seals() -> list[Seal]:
    """Every seal that the audit chain holds, the oldest first."""
    events = AuditEvent.objects.filter(kind=LOG_SEALED, payload__body__isnull=False).order_by("sequence")
    found = (read_canonical(body)["after"] for body in events.values_list("payload__body", flat=True).iterator())
    return [Seal(one["number"], one["hash"]) for one in found]


def verify_log() -> LogReport:
    """Walk the log and compare it with the seals in the audit chain."""
    return disclosure_log().verify(seals())
