"""Who is told that a frozen round is opened again, in the same transaction."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.assessments.models import Round
from cchc.assessments.notice_kinds import REOPENED
from cchc.assessments.permissions import APPRAISER, AUTHORITY, HEAD
from cchc.assessments.phases import SEATS
from cchc.assessments.queries.charges import duties_of
from cchc.assessments.queries.council import members_of
from cchc.audit.actors import Actor
from cchc.notices.actions import Telling, tell
from cchc.organizations.models import RoleGrant


def tell_reopened(round_: Round, reason: str, actor: Actor, now: datetime) -> None:
    """The council and the approving authority, the appraisers, and the heads of all units of the round, each once; not
    who has just opened it.
    """
    said = {"round": f"{round_.title} {round_.year}", "text": reason, "by": actor.name}
    people = _concerned(round_, localtime(now).date())
    others = sorted(key for key, code in people.items() if code != actor.identity)
    tell(actor=actor, now=now, tellings=[Telling(REOPENED, one, round_, said) for one in others])


def _concerned(round_: Round, day: date) -> dict[int, str]:
    """By key the codes of those whom it concerns today."""
    sitting = {one.pk: one.code for one in members_of(round_, day, (*SEATS, AUTHORITY))}
    appraising = {
        one.official_id: one.official.code
        for one in duties_of(round_, day)
        if one.duty == APPRAISER and one.starts_on <= day
    }
    scored = round_.sheets.order_by().values("unit")
    grants = RoleGrant.objects.on(day).filter(unit__in=scored, role=HEAD).order_by("official_id")
    return sitting | appraising | dict(grants.values_list("official_id", "official__code"))
