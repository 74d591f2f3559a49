"""What ends by retention, and the seal of the log of disclosures."""

from __future__ import annotations

from datetime import datetime

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.privacy.audit_kinds import LOG_SEALED, RETENTION_CARRIED_OUT
from cchc.privacy.log import Seal, disclosure_log
from cchc.privacy.rules import Rule
from cchc.records.timelines import Dated

BATCH = 200


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
