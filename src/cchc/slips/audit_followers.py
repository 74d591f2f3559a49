"""A dossier that is received is entered in its register in the same transaction; the room below knows of none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cchc.audit.followers import Follower, Happened
from cchc.dossiers.audit_kinds import OF_DOSSIERS
from cchc.dossiers.models import Dossier
from cchc.slips.actions.entering import enter


def enter_received(events: Sequence[Happened]) -> None:
    """Each under the next number of its unit and year, in their order."""
    for event in events:
        dossier = Dossier.objects.select_related("unit").get(pk=event.subject[1])
        enter(actor=event.actor, now=event.at, dossier=dossier)


FOLLOWERS: Final[Mapping[str, Follower]] = {OF_DOSSIERS["receive"]: enter_received}
