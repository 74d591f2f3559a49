"""What this room puts on a person's desk: steps that the person has, and steps of the queue that may be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from cchc.dossiers.addresses import to_dossier
from cchc.dossiers.models import Advice, Escalation, StepInstance
from cchc.dossiers.permissions import may_see_dossiers, may_see_failures
from cchc.dossiers.queries.advice import asked_of, unanswered
from cchc.dossiers.queries.desk import MINE, QUEUE
from cchc.dossiers.queries.leading import escalated
from cchc.dossiers.queries.progress import failures
from cchc.dossiers.queries.scope import mine, queued
from cchc.dossiers.shown import name_of
from cchc.dossiers.shown_advice import asked_name, to_advice
from cchc.dossiers.states import RUNNING
from cchc.interface.hosting.desk import MOST_SHOWN, DeskItem, DeskShare, Urgency, desk_kind, urgency_of
from cchc.interface.together import Reads, made_of, number_of
from cchc.organizations.calendars import load_calendar
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_RELATED = ("dossier__procedure_version__procedure",)


@desk_kind("dossiers.mine", LocalText("Bước hồ sơ đang giữ", "Steps of dossiers to do"))
def steps_held(viewer: Viewer, now: datetime) -> Reads[DeskShare] | list[DeskItem]:
    """Steps whose time runs, by when they are due; counted, then read."""
    if not may_see_dossiers(viewer):
        return []
    return _share(mine(viewer).filter(dossier__state__in=RUNNING), MINE, now)


@desk_kind("dossiers.queue", LocalText("Hồ sơ trong hàng chờ", "Steps of dossiers in the queue"))
def steps_queued(viewer: Viewer, now: datetime) -> Reads[DeskShare] | list[DeskItem]:
    """Steps that anybody with the viewer's role may take."""
    if not may_see_dossiers(viewer):
        return []
    return _share(queued(viewer), QUEUE, now)


@desk_kind("dossiers.advice", LocalText("Ý kiến cần trả lời về hồ sơ", "Opinions on dossiers to give"))
def advice_asked(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]]:
    """What is asked of the viewer, or of a unit for which the viewer answers."""
    return _questions(asked_of(viewer), to_advice, now)


@desk_kind(
    "dossiers.advice_lapsed", LocalText("Ý kiến chưa được trả lời đúng hạn", "Opinions that did not come in time")
)
def advice_lapsed(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]] | list[DeskItem]:
    """What others did not answer, at one-stops of which the viewer is in charge."""
    if not viewer.holds_anywhere("one_stop_head"):
        return []
    return _questions(unanswered(viewer), lambda one: to_dossier(one.step.dossier), now)


@desk_kind("dossiers.escalated", LocalText("Hồ sơ quá hạn được báo lên", "Late dossiers reported up"))
def reported_up(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]] | list[DeskItem]:
    """Those still past the appointment of which the viewer was told by a rule."""
    if not viewer.holds_anywhere("one_stop_head", "unit_head"):
        return []
    return made_of(escalated(viewer)[:MOST_SHOWN], lambda rows: _reported(rows, now))


def _reported(rows: Iterable[Escalation], now: datetime) -> list[DeskItem]:
    """A dossier once, by the highest level."""
    items = dict[int, DeskItem]()
    for one in rows:
        minutes = load_calendar(one.dossier.calendar).elapsed_minutes(now, one.due_at)
        note = one.dossier.procedure_version.procedure.name_vi
        items.setdefault(
            one.dossier_id,
            DeskItem(one.dossier.code, to_dossier(one.dossier), Urgency.OVERDUE, one.due_at, minutes, note=note),
        )
    return list(items.values())


@desk_kind("dossiers.failed", LocalText("Đồng bộ lỗi", "Failed synchronisation"))
def failed_reports(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]] | list[DeskItem]:
    """One line for all reports that were refused, which leads to the list."""
    if not may_see_failures(viewer):
        return []
    return number_of(failures(viewer)).made(_failed)


def _failed(number: int) -> list[DeskItem]:
    if not number:
        return []
    title = ngettext("%(number)d report was refused", "%(number)d reports were refused", number) % {"number": number}
    return [DeskItem(title=title, url=reverse("dossiers:failed"), urgency=Urgency.OTHER)]


def _questions(found: QuerySet[Advice], url: Callable[[Advice], str], now: datetime) -> Reads[list[DeskItem]]:
    """The one due first at the top."""

    def item(one: Advice) -> DeskItem:
        dossier = one.step.dossier
        minutes = load_calendar(dossier.calendar).elapsed_minutes(now, one.due_at)
        title = f"{dossier.code} · {name_of(one.step)}"
        note = asked_name(one)
        return DeskItem(title, url(one), urgency_of(one.due_at, now, minutes), one.due_at, minutes, note=note)

    named = found.select_related("step__dossier", "official", "unit").annotate(
        unit_name=name_on(localdate(now), "unit")
    )
    return made_of(named.order_by("due_at", "pk")[:MOST_SHOWN], lambda rows: [item(one) for one in rows])


def _share(steps: QuerySet[StepInstance], which: str, now: datetime) -> Reads[DeskShare]:
    by_due = steps.order_by("dossier__calendar", "due_at").values_list("dossier__calendar", "due_at")
    counted = by_due.annotate(number=Count("pk"))
    return made_of(counted, partial(_counted, steps, f"{reverse('dossiers:desk')}?xem={which}", now))


def _counted(
    steps: QuerySet[StepInstance], address: str, now: datetime, rows: Iterable[tuple[str, datetime, int]]
) -> DeskShare:
    """By one calendar urgency follows the due moment, and these come in their order."""
    counts, bounds = Counter[Urgency](), dict[tuple[Urgency, str], list[datetime]]()
    for calendar, due_at, number in rows:
        urgency = urgency_of(due_at, now, load_calendar(calendar).elapsed_minutes(now, due_at))
        counts[urgency] += number
        bounds.setdefault((urgency, calendar), []).append(due_at)

    def read(asked: str) -> Reads[Iterable[DeskItem]]:
        spans = Q(pk__in=())
        for (urgency, calendar), moments in bounds.items():
            if asked in {"", urgency}:
                spans |= Q(dossier__calendar=calendar, due_at__range=(moments[0], moments[-1]))
        listed = steps.filter(spans).select_related(*_RELATED).order_by("due_at", "pk")[:MOST_SHOWN]
        return made_of(listed, lambda found: [_item(step, now) for step in found])

    return DeskShare(counts, read, address)


def _item(step: StepInstance, now: datetime) -> DeskItem:
    assert step.due_at is not None  # those at work are due
    minutes = load_calendar(step.dossier.calendar).elapsed_minutes(now, step.due_at)
    return DeskItem(
        title=f"{step.dossier.code} · {name_of(step)}",
        url=to_dossier(step.dossier),
        urgency=urgency_of(step.due_at, now, minutes),
        due=step.due_at,
        minutes=minutes,
        note=step.dossier.procedure_version.procedure.name_vi,
    )
