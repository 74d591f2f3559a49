"""When another calendar is chosen for a unit, or the choice is taken back, open dossiers follow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cchc.audit.followers import Follower, Happened
from cchc.dossiers.jobs import OF_UNIT
from cchc.dossiers.queries.recounting import open_under
from cchc.interface.actions import request_job
from cchc.organizations.audit_kinds import CALENDAR_CHOSEN
from cchc.organizations.models import Unit


def ask_to_recount(events: Sequence[Happened]) -> None:
    """A job for each unit with open dossiers, its own or below, asked for by whoever chose."""
    facts = [event.after or event.before or {} for event in events]
    for unit in Unit.objects.filter(pk__in={fact["unit_id"] for fact in facts}).order_by("pk"):
        if open_under(unit, events[0].at).exists():
            given = {"unit": unit.pk, "with_renewed": False}
            request_job(actor=events[0].actor, now=events[0].at, kind=OF_UNIT, parameters=given)


FOLLOWERS: Final[Mapping[str, Follower]] = {CALENDAR_CHOSEN: ask_to_recount}
