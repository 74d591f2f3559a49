"""Who is told of what becomes of a request for approval, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from cchc.audit.actors import Actor
from cchc.notices.actions import Telling, tell
from cchc.organizations.models import Official
from cchc.papers import notice_kinds as kinds
from cchc.papers.models import ApprovalRequest
from cchc.papers.states import VERDICTS


def tell_decided(asked: ApprovalRequest, actor: Actor, now: datetime) -> None:
    """Who asked, and who drafted the paper."""
    people = {asked.asked_by_id, asked.paper.drafted_by_id} - {None}
    more = {"verdict": VERDICTS[asked.verdict], "text": asked.words or None}
    paper = asked.paper
    said = {"number": paper.full_number, "title": paper.title, "by": actor.name, **more}
    tell(actor=actor, now=now, tellings=[Telling(kinds.DECIDED, one, paper, said) for one in sorted(people)])


def tell_taken_back(asked: ApprovalRequest, actor: Actor, now: datetime) -> None:
    """Who asked, where somebody else took the request back, or ended the paper; also a deputy in their name."""
    paper = asked.paper
    said = {"number": paper.full_number, "title": paper.title, "text": asked.words, "by": actor.name}
    others = Official.objects.filter(pk=asked.asked_by_id).exclude(code=actor.identity).order_by("pk")
    tell(actor=actor, now=now, tellings=[Telling(kinds.TAKEN_BACK, one.pk, paper, said) for one in others])
