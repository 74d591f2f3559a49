"""What ends by retention, at night or when somebody asks for it; the seal of the log of disclosures."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.interface.actions import request_job
from cchc.interface.models import Job, JobState
from cchc.privacy.audit_kinds import LOG_SEALED, RETENTION_ASKED, RETENTION_CARRIED_OUT
from cchc.privacy.log import Seal, disclosure_log
from cchc.privacy.rules import Rule
from cchc.records.errors import refuse
from cchc.records.timelines import Dated

BATCH: Final = 200
RETENTION_JOB: Final = "privacy.retention"


@action
def ask_retention(*, actor: Actor, now: datetime, due: int, reason: str) -> Job:
    """Have what is past its time ended now and not only at night. `due` is how much the asker saw; why stands in the
    chain. Raises `privacy.no_reason`, `privacy.retention_under_way`.
    """
    if not reason.strip():
        raise refuse("privacy.no_reason")
    if Job.objects.filter(kind=RETENTION_JOB, state=JobState.OPEN.value).exists():
        raise refuse("privacy.retention_under_way")
    record(RETENTION_ASKED, ("privacy.RetentionRule", "all"), after={"count": due}, reason=reason.strip())
    return request_job(actor=actor, now=now, kind=RETENTION_JOB)


@action
def carry_out(*, actor: Actor, now: datetime, rule: Dated[Rule], before: datetime) -> int:
    """End at most `BATCH` of what the rule says is past its time; how many. What was done becomes an event.

    What lies in files of its own (mails in the outbox, the log of disclosures) is gone even when the database then
    refuses: it was past its time all the same, and the next run records what is left.
    """
    kept = rule.value.kept
    count = kept.dispose(actor=actor, now=now, before=before, most=BATCH)
    if not count:
        nothing_changed()
        return 0
    done = {"count": count, "before": before, "keep": rule.value.keep.said().vi, "ending": kept.ending}
    record(
        RETENTION_CARRIED_OUT,
        ("privacy.RetentionRule", kept.code),
        after=done | {"source": rule.source.document},
    )
    return count


@action
def seal_log(*, actor: Actor, now: datetime) -> Seal:
    """Put the last line of the log of disclosures into the audit chain: nobody can write the log anew unseen."""
    seal = disclosure_log().head()
    record(LOG_SEALED, ("privacy.DisclosureLog", "1"), after={"number": seal.number, "hash": seal.hash})
    return seal
