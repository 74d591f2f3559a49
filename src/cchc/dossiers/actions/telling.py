"""Who is told of what happens to dossiers, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils.timezone import localdate

from cchc.audit.actors import Actor
from cchc.dossiers import notice_kinds as kinds
from cchc.dossiers.models import Advice, StepInstance
from cchc.dossiers.queries.people import holders_of_role, in_charge
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
