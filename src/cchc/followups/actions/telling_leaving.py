"""Who hears that somebody goes who leads open tasks: who may name another leader, and the head of the unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from cchc.audit.actors import Actor
from cchc.followups import notice_kinds as kinds
from cchc.followups.addresses import shortened
from cchc.followups.models import Task
from cchc.followups.queries.tasks import followed_by
from cchc.followups.subjects import answering_of
from cchc.notices.actions import Telling, tell
from cchc.organizations.models import Official
from cchc.organizations.queries.people import DAY, heads_of
from cchc.organizations.queries.units import named
from cchc.records.text import LocalText

_MOST_NAMED: Final = 10


def tell_leaving(leader: Official, since: date, tasks: Sequence[Task], actor: Actor, now: datetime) -> None:
    """From `since` on the official leads these open tasks no more: the heads of their owners are told, and who gave
    each; one notice for each unit, but not to who did it.
    """
    heads = heads_of({task.owner_id for task in tasks}, since)
    told: dict[tuple[int, int], list[Task]] = defaultdict(list)
    for task in tasks:
        for person in _concerned(task, heads.get(task.owner_id), since):
            if person != leader and person.code != actor.identity:
                told[person.pk, task.owner_id].append(task)
    units = {one.unit_id: one for one in named([task.owner for task in tasks], since)}
    tellings = []
    for (recipient, owner), of in told.items():
        placed = units.get(owner)
        name = LocalText(placed.name_vi, placed.name_en or None) if placed else LocalText(of[0].owner.code)
        said = {
            "leader": leader.name, "owner": name, "last_day": since - DAY, "number": len(of), "tasks": _named(of),
            "by": actor.name,
        }  # fmt: skip
        tellings.append(Telling(kinds.LEADER_LEAVES, recipient, leader, said))
    tell(actor=actor, now=now, tellings=tellings)


def _concerned(task: Task, head: Official | None, day: date) -> Iterator[Official]:
    """The head of the owner; who gave the task or follows it by name. Who answers what was asked of the unit the head
    alone names.
    """
    people = [head] if answering_of(task) is not None else [head, followed_by(task, day)]
    yield from {person.pk: person for person in people if person is not None}.values()


def _named(tasks: Sequence[Task]) -> LocalText:
    """The first by their deadlines, and how many more."""
    first = "; ".join(shortened(task.what, 80) for task in tasks[:_MOST_NAMED])
    more = len(tasks) - _MOST_NAMED
    return (
        LocalText(first, first)
        if more <= 0
        else LocalText(f"{first}; và {more} nhiệm vụ khác", f"{first}; and {more} more")
    )
