"""Who is told of what becomes of a request for approval, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.timezone import localdate

from cchc.audit.actors import Actor
from cchc.notices.actions import Telling, tell
from cchc.organizations.queries.people import heads_of
from cchc.papers import notice_kinds as kinds
from cchc.papers.models import ApprovalRequest
from cchc.papers.states import VERDICTS


def tell_asked(asked: ApprovalRequest, actor: Actor, now: datetime) -> None:
    """The head of the unit that is to decide; nobody where the head is not known."""
    heads = heads_of([asked.to_id], localdate(now))
    _tell(asked, kinds.ASKED, {head.pk for head in heads.values()}, {}, actor, now)


def tell_decided(asked: ApprovalRequest, actor: Actor, now: datetime) -> None:
    """Who asked, and who drafted the paper."""
    people = {asked.asked_by_id, asked.paper.drafted_by_id} - {None}
    more = {"verdict": VERDICTS[asked.verdict], "text": asked.words or None}
    _tell(asked, kinds.DECIDED, people, more, actor, now)


def _tell(
    asked: ApprovalRequest, kind: str, people: Collection[int], more: Mapping[str, object], actor: Actor, now: datetime
) -> None:
    paper = asked.paper
    said = {"number": paper.full_number, "title": paper.title, "by": actor.name, **more}
    tell(actor=actor, now=now, tellings=[Telling(kind, one, paper, said) for one in sorted(people)])
