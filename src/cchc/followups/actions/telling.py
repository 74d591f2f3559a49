"""Who is told of what happens to tasks, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localtime

from cchc.audit.actors import Actor
from cchc.followups import notice_kinds as kinds
from cchc.followups.models import Addressee, Difficulty, Directive, Task, TaskEntry
from cchc.followups.queries.assigned import assigned_on
from cchc.followups.queries.recipients import asked_by, recipients_of
from cchc.followups.queries.tasks import followed_by
from cchc.followups.reminding import UNHEARD
from cchc.interface.durations import end_day, end_time
from cchc.notices.actions import Telling, tell
from cchc.organizations.models import Assignment, Official, Placement, Unit
from cchc.organizations.queries.people import heads_of
from cchc.papers.models import ApprovalRequest
from cchc.records.dates import format_date
from cchc.records.text import LANGUAGES, LocalText

_OTHER_CALENDAR: Final = LocalText("Đơn vị làm việc theo lịch khác", "The unit works by another calendar")
_NOBODY_YET: Final = LocalText("chưa phân công", "not named yet")
_OF_STEP: Final[Mapping[str, str]] = {
    "urge": kinds.URGED,
    "verify": kinds.VERIFIED,
    "send_back": kinds.SENT_BACK,
    "withdraw": kinds.WITHDRAWN,
}


def tell_given(tasks: Sequence[Task], grounds: str, actor: Actor, now: datetime) -> None:
    """Each leader of each task, else those who decide for its owner; the deadline comes with it as a calendar entry."""
    owners, told = _owners(tasks, now), recipients_of(tasks, localtime(now).date())
    tellings = [
        Telling(
            kinds.GIVEN,
            recipient,
            task,
            {
                "what": task.what,
                "owner": owners[task.owner_id],
                "legal_basis": grounds or None,
                "due_at": _end(task.due_at),
                "by": actor.name,
            },
            due_at=task.due_at,
        )
        for task in tasks
        for recipient in told.get(task.pk, ())
    ]
    tell(actor=actor, now=now, tellings=tellings)


def tell_reminded(entries: Sequence[TaskEntry], actor: Actor, now: datetime) -> None:
    """The recipient of each reminder."""
    owners = _owners([entry.task for entry in entries], now)
    tell(actor=actor, now=now, tellings=[_reminder(entry, owners[entry.task.owner_id], now) for entry in entries])


def tell_of_step(
    task: Task, step: str, text: str, actor: Actor, now: datetime, claimants: Collection[int | None] = ()
) -> None:
    """The leader (those who decide for the owner where nobody is named), and those with the keys `claimants`, who had
    reported it done, of what others ask for or conclude; of other steps nobody.
    """
    if step in _OF_STEP:
        named = {*_recipients(task, now), *claimants}
        people = sorted(one for one in named if one is not None)
        _tell_of(task, dict.fromkeys(people, _OF_STEP[step]), {"text": text or None}, actor, now)


def tell_claimed(task: Task, proof: str, actor: Actor, now: datetime) -> None:
    """Who follows it: there is something to verify."""
    said = {"text": proof, "done_on": task.done_on}
    _tell_of(task, _follower(task, kinds.CLAIMED, now), said, actor, now)


def tell_leaders(task: Task, former: Official | None, reason: str, actor: Actor, now: datetime) -> None:
    """Who leads it from now on, with its deadline, and who led it so far; nobody where that is the same person."""
    if former == task.leader or task.leader is None:
        return
    said = {"due_at": _end(task.due_at), "text": reason}
    _tell_of(task, {task.leader.pk: kinds.LED}, said, actor, now, task.due_at)
    if former is not None:
        _tell_of(task, {former.pk: kinds.HANDED_OVER}, {"leader": task.leader.name, "text": reason}, actor, now)


def tell_moved(task: Task, former: datetime, reason: str, actor: Actor, now: datetime) -> None:
    """The leader, of the deadline as it was and as it is; those who decide for the owner where nobody is named; who
    asked for what is due then, where a colleague moved it.
    """
    said = {"former": _end(former), "due_at": _end(task.due_at), "text": reason}
    whom = dict.fromkeys([*_recipients(task, now), *_asking(task, actor)], kinds.DEADLINE_MOVED)
    _tell_of(task, whom, said, actor, now, task.due_at)


def tell_recounted(moved: Sequence[tuple[Task, datetime]], actor: Actor, now: datetime) -> None:
    """The leaders of tasks whose deadlines moved from that moment, because their owners work by another calendar."""
    owners = _owners([task for task, _ in moved], now)
    answering = recipients_of([task for task, _ in moved], localtime(now).date())
    tellings = [
        Telling(
            kinds.DEADLINE_MOVED, recipient, task,
            {
                "what": task.what, "owner": owners[task.owner_id], "by": actor.name, "former": _end(former),
                "due_at": _end(task.due_at), "text": _OTHER_CALENDAR,
            },
            due_at=task.due_at,
        )
        for task, former in moved
        for recipient in answering.get(task.pk, ())
    ]  # fmt: skip
    tell(actor=actor, now=now, tellings=tellings)


def tell_of_difficulty(raised: Difficulty, to_answer: Task, actor: Actor, now: datetime) -> None:
    """Who follows the task, and who answers for the task `to_answer` by name, else those who decide there: by when."""
    task = raised.task
    answering = [one for one in _recipients(to_answer, now) if one != raised.raised_by_id]
    people = _follower(task, kinds.DIFFICULTY_RAISED, now) | dict.fromkeys(answering, kinds.DIFFICULTY_RAISED)
    said = {"text": raised.text, "due_at": _end(to_answer.due_at)}
    _tell_of(task, people, said, actor, now, to_answer.due_at, to_answer)


def tell_laid(task: Task, asked: ApprovalRequest, actor: Actor, now: datetime) -> None:
    """Who answers for the decision by name, else the head of the unit asked, else those who may decide there."""
    paper = asked.paper
    said = {"number": paper.full_number, "title": paper.title, "due_at": _end(task.due_at), "by": actor.name}
    tellings = [
        Telling(kinds.APPROVAL_ASKED, recipient, task, said, due_at=task.due_at) for recipient in _recipients(task, now)
    ]
    tell(actor=actor, now=now, tellings=tellings)


def tell_answered(difficulty: Difficulty, actor: Actor, now: datetime) -> None:
    """The leader, and who raised it."""
    people = {difficulty.task.leader_id, difficulty.raised_by_id} - {None}
    said = {"difficulty": difficulty.text, "text": difficulty.answer}
    _tell_of(difficulty.task, dict.fromkeys(sorted(people), kinds.DIFFICULTY_ANSWERED), said, actor, now)


def tell_addressees(addressees: Sequence[Addressee], actor: Actor, now: datetime) -> None:
    """The heads of these units, of a directive that was sent to them; nobody where the head is not known."""
    _tell_heads(kinds.DIRECTIVE_SENT, addressees, actor, now, lambda one: _sent(one) | {"by": actor.name})


def tell_urged(addressees: Sequence[Addressee], text: str, actor: Actor, now: datetime) -> int:
    """The heads of these units, who have not taken note, of what is urged. Answers how many were told."""
    return _tell_heads(kinds.DIRECTIVE_URGED, addressees, actor, now, lambda one: {"text": text, "by": actor.name})


def tell_unposted(addressees: Mapping[int, Sequence[Addressee]], actor: Actor, now: datetime) -> None:
    """By the recipient's key: units that have not posted a directive in time."""
    _tell_these(kinds.DIRECTIVE_UNPOSTED, addressees, actor, now, _to_post)


def tell_unread(addressees: Mapping[int, Sequence[Addressee]], actor: Actor, now: datetime) -> None:
    """By the recipient's key: units that have not taken note in time."""
    _tell_these(kinds.DIRECTIVE_UNREAD, addressees, actor, now, lambda one: {"heard_by": _end(one.heard_by)})


def tell_corrected(directive: Directive, reason: str, actor: Actor, now: datetime, former: Unit) -> None:
    """The heads of its addressees, who follows it, and the head of the unit that followed it before."""
    said = {"text": reason, "by": actor.name}
    _tell_heads(kinds.DIRECTIVE_CORRECTED, _addressees(directive), actor, now, lambda _: said)
    for unit in {directive.watcher, former}:
        _tell_followers(kinds.DIRECTIVE_CORRECTED, directive, unit, said, actor, now)


def tell_removed(gone: Sequence[Addressee], reason: str, actor: Actor, now: datetime) -> None:
    """The heads of units that it was sent to by mistake."""
    said = {"text": reason, "by": actor.name}
    _tell_heads(kinds.DIRECTIVE_REMOVED, gone, actor, now, lambda _: said)


def tell_ended(directive: Directive, step: LocalText, actor: Actor, now: datetime) -> None:
    """The heads of its addressees, and who follows it: that it was withdrawn or repealed, since when and why,
    and what takes its place.
    """
    said = {
        "step": step,
        "ended_on": directive.ended_on,
        "text": directive.because,
        "replaced_by": directive.replaced_by.number if directive.replaced_by else None,
        "by": actor.name,
    }
    _tell_heads(kinds.DIRECTIVE_ENDED, _addressees(directive), actor, now, lambda _: said)
    _tell_followers(kinds.DIRECTIVE_ENDED, directive, directive.watcher, said, actor, now)


def _addressees(directive: Directive) -> list[Addressee]:
    return list(Addressee.objects.filter(directive=directive).select_related("unit", "directive").order_by("pk"))


def tell_assigned(subject: Directive | Task, assignment: Assignment, actor: Actor, now: datetime) -> None:
    """Who is to follow it."""
    said = {"starts_on": assignment.starts_on, "ends_on": assignment.ends_on, "text": assignment.reason}
    _tell_follower(subject, assignment.official_id, (kinds.TASK_ASSIGNED, kinds.DIRECTIVE_ASSIGNED), said, actor, now)


def tell_unassigned(
    subject: Directive | Task, official: Official, last_day: date | None, reason: str, actor: Actor, now: datetime
) -> None:
    """Who followed it; without a last day where all of it was taken back."""
    said = {"last_day": last_day, "text": reason}
    _tell_follower(subject, official.pk, (kinds.TASK_UNASSIGNED, kinds.DIRECTIVE_UNASSIGNED), said, actor, now)


def _tell_follower(
    subject: Directive | Task, recipient: int, kinds_of: tuple[str, str], more: Mapping[str, object], actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """`kinds_of`: the kind about a task, that about a directive."""
    of_task, of_directive = kinds_of
    if isinstance(subject, Task):
        _tell_of(subject, {recipient: of_task}, more, actor, now)
        return
    said = {"number": subject.number, "title": subject.title, "by": actor.name, **more}
    tell(actor=actor, now=now, tellings=[Telling(of_directive, recipient, subject, said)])


def _tell_of(
    task: Task, whom: Mapping[int, str], more: Mapping[str, object], actor: Actor, now: datetime,
    due_at: datetime | None = None, about: Task | None = None,
) -> None:  # fmt: skip
    """`whom`: the kind of notice by the recipient's key; `about`: to which task it leads, where not to that one."""
    parameters = {"what": task.what, "owner": _owners([task], now)[task.owner_id], "by": actor.name, **more}
    tellings = [Telling(kind, one, about or task, parameters, due_at=due_at) for one, kind in whom.items()]
    tell(actor=actor, now=now, tellings=tellings)


def _recipients(task: Task, now: datetime) -> tuple[int, ...]:
    return recipients_of([task], localtime(now).date()).get(task.pk, ())


def _asking(task: Task, actor: Actor) -> list[int]:
    """Who asked for what the task is to answer or decide, unless they act themselves; nobody of other tasks."""
    asked = asked_by(task)
    others = Official.objects.filter(pk=asked).exclude(code=actor.identity).order_by("pk")
    return [] if asked is None else list(others.values_list("pk", flat=True))


def _follower(task: Task, kind: str, now: datetime) -> dict[int, str]:
    """Whoever is assigned to follow it today; else who follows it by what was done."""
    day = localtime(now).date()
    assigned = assigned_on(task, day)
    follower = None if assigned else followed_by(task, day)
    return dict.fromkeys(assigned if follower is None else [follower.pk], kind)


def _tell_heads(
    kind: str, addressees: Sequence[Addressee], actor: Actor, now: datetime,
    more: Callable[[Addressee], Mapping[str, object]],
) -> int:  # fmt: skip
    heads = heads_of([one.unit_id for one in addressees], localtime(now).date())
    names = _unit_names({one.unit for one in addressees}, now)
    tellings = [
        _of_directive(kind, heads[one.unit_id].pk, one, names, more(one)) for one in addressees if one.unit_id in heads
    ]
    tell(actor=actor, now=now, tellings=tellings)
    return len(tellings)


def _tell_these(
    kind: str, addressees: Mapping[int, Sequence[Addressee]], actor: Actor, now: datetime,
    more: Callable[[Addressee], Mapping[str, object]],
) -> None:  # fmt: skip
    """By the recipient's key."""
    names = _unit_names({one.unit for of in addressees.values() for one in of}, now)
    tellings = [
        _of_directive(kind, recipient, one, names, more(one)) for recipient, of in addressees.items() for one in of
    ]
    tell(actor=actor, now=now, tellings=tellings)


def _tell_followers(
    kind: str, directive: Directive, unit: Unit, more: Mapping[str, object], actor: Actor, now: datetime
) -> None:
    """The head of the unit that follows it, or did, and who is assigned to, but for whoever did it."""
    day = localtime(now).date()
    head = heads_of([unit.pk], day).get(unit.pk)
    keys = [*(assigned_on(directive, day) if unit == directive.watcher else ()), *([head.pk] if head else ())]
    others = Official.objects.filter(pk__in=keys).exclude(code=actor.identity).order_by("pk")
    name = _unit_names({unit}, now)[unit.pk]
    said = {"number": directive.number, "title": directive.title, "unit": name, **more}
    tell(actor=actor, now=now, tellings=[Telling(kind, one.pk, directive, said) for one in others])


def _of_directive(
    kind: str, recipient: int, one: Addressee, names: Mapping[int, LocalText], more: Mapping[str, object]
) -> Telling:
    directive = one.directive
    said = {"number": directive.number, "title": directive.title, "unit": names[one.unit_id], **more}
    return Telling(kind, recipient, directive, said)


def _sent(one: Addressee) -> dict[str, object]:
    return {"issued_by": one.directive.issued_by, "heard_by": _end(one.heard_by)}


def _to_post(one: Addressee) -> dict[str, object]:
    assert one.post_by is not None  # nobody else is late with it
    return {"post_by": _end(one.post_by)}


def _reminder(entry: TaskEntry, owner: LocalText, now: datetime) -> Telling:
    assert entry.about_at is not None
    assert entry.recipient_id is not None
    kind = kinds.DUE_SOON if entry.about_at >= now else kinds.OVERDUE
    parameters = {
        "what": entry.task.what,
        "owner": owner,
        "leader": entry.task.leader.name if entry.task.leader else _NOBODY_YET,
        "about_at": _end(entry.about_at),
    }
    return Telling(kinds.UNHEARD if entry.rule == UNHEARD else kind, entry.recipient_id, entry.task, parameters)


def _end(moment: datetime) -> LocalText:
    """`24:00, 27/11/2026`: the end of a day is no next day's beginning."""
    vi, en = (f"{end_time(moment)}, {format_date(end_day(moment), language)}" for language in LANGUAGES)
    return LocalText(vi, en)


def _owners(tasks: Sequence[Task], now: datetime) -> Mapping[int, LocalText]:
    """What the owners are called today, or were last called."""
    names = _placed({task.owner_id for task in tasks}, now)
    return {task.owner_id: names.get(task.owner_id) or LocalText(task.owner.code) for task in tasks}


def _unit_names(units: Collection[Unit], now: datetime) -> Mapping[int, LocalText]:
    names = _placed([unit.pk for unit in units], now)
    return {unit.pk: names.get(unit.pk) or LocalText(unit.code) for unit in units}


def _placed(units: Collection[int], now: datetime) -> Mapping[int, LocalText]:
    begun = Placement.objects.filter(unit__in=units, starts_on__lte=localtime(now).date())
    placed = begun.order_by("starts_on")
    return {one.unit_id: LocalText(one.name_vi, one.name_en or None) for one in placed}
