"""Who is told of a task where nobody answers for it by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Final

from django.db.models import Q

from cchc.followups.models import Difficulty, Task
from cchc.followups.queries.leading import carried
from cchc.organizations.models import Official, Posting, RoleGrant, Unit
from cchc.organizations.queries.people import heads_of, workplaces
from cchc.organizations.queries.units import ways
from cchc.papers.models import ApprovalRequest
from cchc.papers.queries.approvals import makers_of
from cchc.papers.rights import ISSUERS

_APPROVAL: Final = ApprovalRequest._meta.label
_DIFFICULTY: Final = Difficulty._meta.label
_CHARGED: Final = ("reform_officer", "procedure_control_officer")
_HEAD: Final = ("unit_head",)

Told = Mapping[int, tuple[int, ...]]
_Fits = Callable[[Task, Official], bool]


def recipients_of(tasks: Collection[Task], day: date) -> Told:
    """By task's key the keys of who is told: the leader; else those of `deciders_at`. Without tasks of which nobody is
    told. No query where all are led.
    """
    named: dict[int, tuple[int, ...]] = {task.pk: (task.leader_id,) for task in tasks if task.leader_id is not None}
    return {**named, **deciders_at([task for task in tasks if task.pk not in named], day)}


def deciders_at(tasks: Collection[Task], day: date) -> Told:
    """The same, whoever leads the tasks: the head of the owner, else those who decide for that very unit by a role over
    it. Of the approval of a paper whoever made it is told only as the head, where nobody else may decide. One query, a
    few more where a head is not known or a paper is laid.
    """
    if not tasks:
        return {}
    heads = heads_of({task.owner_id for task in tasks}, day)
    laid = [task for task in tasks if task.subject_type == _APPROVAL]
    holders = _holders({task.owner_id for task in tasks if task in laid or task.owner_id not in heads}, day)
    may_decide = _deciding(laid, [*heads.values(), *(one for of in holders.values() for _, one in of)], day)
    found: dict[int, tuple[int, ...]] = {}
    for task in tasks:
        head, roles = heads.get(task.owner_id), ISSUERS if task.subject_type == _APPROVAL else _HEAD
        if head is not None and may_decide(task, head):
            found[task.pk] = (head.pk,)
            continue
        others = [one.pk for role, one in holders.get(task.owner_id, ()) if role in roles and may_decide(task, one)]
        if people := others or ([head.pk] if head is not None else []):
            found[task.pk] = tuple(dict.fromkeys(people))
    return found


def asked_by(task: Task) -> int | None:
    """The key of who asked for what the task is to answer or decide; None for other tasks. One query for those."""
    if task.subject_type == _APPROVAL:
        asked = ApprovalRequest.objects.filter(pk=task.subject_id).values_list("asked_by", flat=True)
    elif task.subject_type == _DIFFICULTY:
        asked = Difficulty.objects.filter(pk=task.subject_id).values_list("raised_by", flat=True)
    else:
        return None
    return asked.order_by("pk").first()


def answering_for(units: Collection[int], day: date) -> Told:
    """By unit's key the keys of its head and of those who are charged with what it has to acknowledge and post: reform
    and procedure-control officers who may do so for it (`permissions.may_acknowledge`), each once. Of a unit that is
    gone those of what carries it on. Without units of which nobody is known. The same few queries for any number.
    """
    carrying, heads = carried(units, day), heads_of(units, day)
    charged = _charged({key for of in carrying.values() for key in of}, day)
    found = {
        unit: [*([heads[unit].pk] if unit in heads else []), *(one for key in sorted(of) for one in charged[key])]
        for unit, of in carrying.items()
    }
    return {unit: tuple(dict.fromkeys(people)) for unit, people in found.items() if people}


def headless(units: Collection[Unit], day: date) -> list[Unit]:
    """Those of which no head is known on that day, in the order given."""
    heads = heads_of([unit.pk for unit in units], day) if units else {}
    return [unit for unit in units if unit.pk not in heads]


def _charged(units: Collection[int], day: date) -> Mapping[int, list[int]]:
    """By unit's key who works in it or under it, and is an officer over that unit."""
    above = ways(units, day)
    over_more = Q(covers_subtree=True, unit__in={key for of in above.values() for key in of})
    held = RoleGrant.objects.on(day).filter(Q(unit__in=units) | over_more, role__in=_CHARGED)
    grants = list(held.order_by("official__sort_key", "official_id", "pk"))
    works = set(workplaces({one.official_id for one in grants}, day))
    return {
        unit: [
            one.official_id
            for one in grants
            if (one.official_id, unit) in works
            and (one.unit_id == unit or (one.covers_subtree and one.unit_id in above[unit]))
        ]
        for unit in units
    }


def _holders(units: Collection[int], day: date) -> Mapping[int, list[tuple[str, Official]]]:
    """By unit's key who holds which role over that unit itself."""
    if not units:
        return {}
    held = RoleGrant.objects.on(day).filter(unit__in=units, role__in={*ISSUERS, *_HEAD}).select_related("official")
    found: dict[int, list[tuple[str, Official]]] = {}
    for grant in held.order_by("official__sort_key", "official_id", "pk"):
        found.setdefault(grant.unit_id, []).append((grant.role, grant.official))
    return found


def _deciding(laid: Collection[Task], people: Iterable[Official], day: date) -> _Fits:
    """Whether somebody may decide on what a task asks for, as `papers.permissions.may_decide_approval` says."""
    if not laid:
        return lambda task, person: True
    keys = {one.pk for one in people}
    found = ApprovalRequest.objects.filter(pk__in=[int(task.subject_id) for task in laid]).select_related("paper")
    asked = {str(one.pk): one for one in found.order_by("pk")}
    works = set(workplaces(keys, day))
    units = {one.paper.unit_id for one in asked.values()}
    ever = set(Posting.objects.filter(official__in=keys, unit__in=units).order_by("pk").values_list("official", "unit"))

    def fits(task: Task, person: Official) -> bool:
        if task.subject_type != _APPROVAL:
            return True
        one = asked[task.subject_id]
        at_home = (person.pk, one.paper.unit_id)
        has_signed = person.name == one.paper.signer_name and at_home in ever
        return person.pk not in makers_of(one) and at_home not in works and not has_signed

    return fits
