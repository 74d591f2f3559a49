"""Who is told of what happens to dossiers, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.utils.timezone import localdate

from cchc.audit.actors import Actor
from cchc.dossiers import notice_kinds as kinds
from cchc.dossiers.models import Absence, Advice, Dossier, Escalation, Reminder, StepInstance
from cchc.dossiers.queries.absences import lasting
from cchc.dossiers.queries.people import holders_of_role, in_charge
from cchc.dossiers.rules import rules_on
from cchc.interface.durations import end_day, end_time
from cchc.notices.actions import Telling, tell
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import name_on
from cchc.records.dates import format_date
from cchc.records.text import LANGUAGES, LocalText

_NOBODY: Final = LocalText("hàng chờ chung", "the shared queue")


def tell_asked(advice: Advice, actor: Actor, now: datetime) -> None:
    """The official asked; of a unit its head; of a body outside nobody."""
    if advice.official_id is not None:
        people: Sequence[int] = [advice.official_id]
    elif advice.unit_id is not None:
        people = holders_of_role([advice.unit_id], "unit_head", localdate(now)).get(advice.unit_id, ())
    else:
        people = ()
    said = {**_of(advice, now), "due_at": end_of(advice.due_at), "by": actor.name}
    tellings = [Telling(kinds.ADVICE_ASKED, one, advice, said, due_at=advice.due_at) for one in people]
    tell(actor=actor, now=now, tellings=tellings)


def tell_answered(advice: Advice, actor: Actor, now: datetime) -> None:
    """Whoever holds the step, unless that is who noted the answer."""
    holder = advice.step.holder_id
    if holder is not None and holder != advice.closed_by_id:
        said = {**_of(advice, now), "by": actor.name}
        tell(actor=actor, now=now, tellings=[Telling(kinds.ADVICE_ANSWERED, holder, advice.step.dossier, said)])


def tell_lapsed(advice: Sequence[Advice], actor: Actor, now: datetime) -> None:
    """Heads of the one-stop that received the dossier."""
    heads = in_charge({one.step.dossier.unit_id for one in advice}, localdate(now))
    tellings = [
        Telling(
            kinds.ADVICE_LAPSED,
            head,
            one.step.dossier,
            {
                **_of(one, now),
                "due_at": end_of(one.due_at),
                "holder": one.step.holder.name if one.step.holder else _NOBODY,
            },
        )
        for one in advice
        for head in heads.get(one.step.dossier.unit_id, ())
    ]
    tell(actor=actor, now=now, tellings=tellings)


def tell_standing_in(absence: Absence, actor: Actor, now: datetime) -> None:
    """Whoever stands in."""
    said = {
        "official": absence.official.name,
        "first": absence.starts_on,
        "last": absence.ends_on,
        "by": actor.name,
    }
    tell(actor=actor, now=now, tellings=[Telling(kinds.STANDS_IN, absence.deputy_id, absence, said)])


def tell_reminded(reminder: Reminder, actor: Actor, now: datetime) -> None:
    """Whoever holds the step, and whoever stands in today."""
    step = reminder.step
    assert step.due_at is not None  # it is held
    procedure = step.dossier.procedure_version.procedure
    said = {
        "code": step.dossier.code, "procedure": procedure.name, "step": named(step), "due_at": end_of(step.due_at),
        "text": reminder.text, "by": actor.name,
    }  # fmt: skip
    deputies = lasting(localdate(now)).filter(official=reminder.holder_id).order_by("pk")
    people = [reminder.holder_id, *deputies.values_list("deputy", flat=True)]
    tellings = [Telling(kinds.REMINDED, one, step.dossier, said, due_at=step.due_at) for one in people]
    tell(actor=actor, now=now, tellings=tellings)


def recipients_of(asked: Collection[tuple[str, Dossier]], now: datetime) -> Mapping[tuple[str, int], Sequence[int]]:
    """Who holds a role at a dossier: as head of the one-stop where it was received, as head where it is settled."""
    day = localdate(now)
    at = {(role, one.pk): one.unit_id if role == "one_stop_head" else one.settling_unit_id for role, one in asked}
    found = dict[tuple[str, int], Sequence[int]]()
    for role in sorted({role for role, _ in at}):
        people = holders_of_role({unit for (of, _), unit in at.items() if of == role}, role, day)
        found |= {key: people[unit] for key, unit in at.items() if key[0] == role and unit in people}
    return found


def tell_escalated(
    made: Sequence[Escalation], told: Mapping[tuple[str, int], Sequence[int]], actor: Actor, now: datetime
) -> None:
    """Those with the role of the level."""
    days = {rule.id: rule.working_days for rule in rules_on(localdate(now)).value.escalate}
    tellings = [
        Telling(
            kinds.ESCALATED,
            person,
            one.dossier,
            {
                "code": one.dossier.code,
                "procedure": one.dossier.procedure_version.procedure.name,
                "due_at": end_of(one.due_at),
                "days": days[one.rule],
            },
        )
        for one in made
        for person in told[one.role, one.dossier_id]
    ]
    tell(actor=actor, now=now, tellings=tellings)


def end_of(moment: datetime) -> LocalText:
    """When something is due, as notices say it in both languages."""
    vi, en = (f"{end_time(moment)}, {format_date(end_day(moment), language)}" for language in LANGUAGES)
    return LocalText(vi, en)


def named(step: StepInstance) -> LocalText:
    """A step in both languages."""
    return LocalText(step.name_vi, step.name_en or step.name_vi)


def _of(advice: Advice, now: datetime) -> dict[str, object]:
    step = advice.step
    return {
        "code": step.dossier.code,
        "procedure": step.dossier.procedure_version.procedure.name,
        "step": named(step),
        "asked": _asked(advice, now),
    }


def _asked(advice: Advice, now: datetime) -> str:
    if advice.official is not None:
        return str(advice.official.name)
    if advice.unit is None:
        return advice.body
    names = Unit.objects.filter(pk=advice.unit_id).annotate(name=name_on(localdate(now), "pk")).order_by("pk")
    return names.values_list("name", flat=True)[0] or advice.unit.code
