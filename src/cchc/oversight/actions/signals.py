"""Questions to the record are answered."""

from __future__ import annotations

from datetime import datetime

from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.organizations.doers import done_by
from cchc.oversight.audit_kinds import SIGNAL_ANSWERED
from cchc.oversight.models import KeptSignal, SignalAnswer


@action
def answer_signal(*, actor: Actor, now: datetime, signal: KeptSignal, text: str) -> SignalAnswer:
    """What is said to a question, beside what was said before."""
    asked = {"source": signal.source, "code": signal.dossier.code, "kind": signal.kind, "at": signal.at}
    answer = SignalAnswer.objects.create(**asked, text=text, answered_at=now, **done_by(actor, "answered"))
    said = {"code": answer.code, "kind": answer.kind, "at": answer.at.isoformat(), "text": text}
    record(SIGNAL_ANSWERED, answer, after=said)
    return answer
