"""Who is told of what becomes of a unit's sheet, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.timezone import localtime

from cchc.assessments import notice_kinds as kinds
from cchc.assessments.models import Sheet
from cchc.assessments.permissions import FILLERS, HEAD
from cchc.audit.actors import Actor
from cchc.notices.actions import Telling, tell
from cchc.organizations.models import RoleGrant


def tell_handed_back(sheet: Sheet, reason: str, actor: Actor, now: datetime) -> None:
    """Those who fill it in: they may write again, and why."""
    said = {**_named(sheet), "text": reason, "by": actor.name}
    people = _holders(sheet, FILLERS, actor, now)
    tell(actor=actor, now=now, tellings=[Telling(kinds.HANDED_BACK, one, sheet, said) for one in people])


def tell_complete(sheet: Sheet, actor: Actor, now: datetime) -> None:
    """The head of the unit: nothing is missing, the sheet may be locked and submitted."""
    said = {**_named(sheet), "by": actor.name}
    people = _holders(sheet, (HEAD,), actor, now)
    tell(actor=actor, now=now, tellings=[Telling(kinds.COMPLETE, one, sheet, said) for one in people])


def _named(sheet: Sheet) -> dict[str, object]:
    return {"unit": sheet.name, "round": f"{sheet.round.title} {sheet.round.year}"}


def _holders(sheet: Sheet, held: Collection[str], actor: Actor, now: datetime) -> list[int]:
    """Who holds one of these roles over the very unit today; not who has just acted."""
    grants = RoleGrant.objects.on(localtime(now).date()).filter(unit=sheet.unit_id, role__in=held)
    others = grants.exclude(official__code=actor.identity).order_by("official_id")
    return list(dict.fromkeys(others.values_list("official_id", flat=True)))
