"""Who is told of a case: whom it is about (of a unit its head) when asked, concluded or withdrawn; who opened it when
something was explained. In the same transaction.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from cchc.audit.actors import Actor
from cchc.dossiers.actions.telling import end_of
from cchc.notices.actions import Telling, tell
from cchc.organizations.queries.people import heads_of
from cchc.oversight import notice_kinds as kinds
from cchc.oversight.consequences import measure_named
from cchc.oversight.models import ResponsibilityCase


def tell_asked(case: ResponsibilityCase, actor: Actor, now: datetime) -> None:
    """That an explanation is asked for, until when."""
    assert case.due_at is not None  # it was just asked for
    said = {"number": case.pk, "question": case.question, "due_at": end_of(case.due_at)}
    _tell(kinds.CASE_ASKED, _concerned(case, now), case, said, actor, now, due_at=case.due_at)


def tell_explained(case: ResponsibilityCase, actor: Actor, now: datetime) -> None:
    """That whom it is about explained."""
    _tell(kinds.CASE_EXPLAINED, case.opened_by_id, case, {"number": case.pk, "by": case.name}, actor, now)


def tell_concluded(case: ResponsibilityCase, actor: Actor, now: datetime) -> None:
    """What was concluded, and the measure."""
    said = {"number": case.pk, "measure": measure_named(case.measure), "conclusion": case.conclusion}
    _tell(kinds.CASE_CONCLUDED, _concerned(case, now), case, said, actor, now)


def tell_withdrawn(case: ResponsibilityCase, reason: str, actor: Actor, now: datetime) -> None:
    """That it is withdrawn, and why."""
    _tell(kinds.CASE_WITHDRAWN, _concerned(case, now), case, {"number": case.pk, "reason": reason}, actor, now)


def _concerned(case: ResponsibilityCase, now: datetime) -> int | None:
    """Of a unit its head; nobody where no head is known."""
    if case.official_id is not None:
        return case.official_id
    head = heads_of([case.unit_id], localdate(now)).get(case.unit_id)
    return None if head is None else head.pk


def _tell(
    kind: str, recipient: int | None, case: ResponsibilityCase, said: dict[str, object], actor: Actor, now: datetime,
    **more: datetime,
) -> None:  # fmt: skip
    if recipient is not None:
        tell(actor=actor, now=now, tellings=[Telling(kind, recipient, case, said, **more)])
