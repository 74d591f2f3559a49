"""Having the audit chain checked, and keeping what was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.audit.verification import ChainReport
from cchc.interface.actions import request_job
from cchc.interface.models import Job
from cchc.organizations.audit_kinds import CHAIN_CHECKED

CHECK_JOB: Final = "organizations.check_chain"
_CHAIN: Final = ("audit.AuditHead", "1")


@action
def ask_chain_check(*, actor: Actor, now: datetime) -> Job:
    """Ask for a walk over the whole chain."""
    return request_job(actor=actor, now=now, kind=CHECK_JOB)


@action
def keep_chain_check(
    *, actor: Actor, now: datetime, report: ChainReport, missing_triggers: Sequence[str]
) -> dict[str, int]:
    """What a walk found becomes an event of the chain: until when it was whole, or what is damaged from where to where.

    Answers how many events were read and how many damages found.
    """
    damages = sum(report.counts.values()) + len(missing_triggers)
    found = [f"{damage.code} {damage.first} {damage.last}" for damage in report.damages]
    found += [f"audit.trigger_missing {name}" for name in missing_triggers]
    record(
        CHAIN_CHECKED,
        _CHAIN,
        after={"events": report.events, "redacted": report.redacted, "damages": damages, "found": found},
    )
    return {"events": report.events, "damages": damages}
