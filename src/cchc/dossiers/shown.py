"""Dossiers as pages show them: how they stand in time, what may be done now, why they are due when they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cchc.dossiers.addresses import to_act, to_dossier, to_step_act
from cchc.dossiers.clock import Clock
from cchc.dossiers.models import Dossier, DossierEvent, StepInstance
from cchc.dossiers.permissions import held_in_offices, is_holder, may_act, may_ask_advice, may_work
from cchc.dossiers.policies import may_ask, may_become, not_archived, step_may_become
from cchc.dossiers.queries.dossiers import Parts
from cchc.dossiers.reasons import reason_name
from cchc.dossiers.shown_advice import to_ask
from cchc.dossiers.shown_events import ASK_ADVICE, CLAIM, PROGRESS, act_name
from cchc.dossiers.shown_words import role_said, state_name, step_state_name
from cchc.dossiers.states import BEGUN, DONE, OWED, PAUSED, RUNNING
from cchc.dossiers.terms import calendar_of, terms_of
from cchc.dossiers.timing import Timing
from cchc.interface.durations import end_day, end_time, time_left
from cchc.interface.errors import current_language
from cchc.interface.reckoning import why_sheet
from cchc.interface.shapes import Link, Step, WhySheet
from cchc.organizations.viewers import Viewer
from cchc.procedures.wording import limit_in_words
from cchc.records.dates import format_date
from cchc.records.words import say

_OFFERED = ("supplement", "note_payment", "resume", "hand_over", "ask_supplement", "ask_payment", "record_result",
            "extend", "suspend", "withdraw", "stop")  # fmt: skip
_OF_HOLDERS = ("complete", "send_back", ASK_ADVICE, "take_back_advice", CLAIM)
_STEP_OFFERED = ("take", "complete", "send_back", "release", "assign")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a desk: a dossier, the step of it that the line is about, working minutes left to what is due."""

    dossier: Dossier
    step: StepInstance | None
    due_at: datetime | None
    minutes: int
    is_paused: bool
    take: str = ""
    go_on: str = ""
    stands_in: bool = False

    @property
    def tick(self) -> str:
        """The step as it was seen, in a box that is ticked."""
        return f"{self.step.pk}.{self.dossier.version}" if self.step else ""

    @property
    def url(self) -> str:
        """The page of the dossier."""
        return to_dossier(self.dossier)

    @property
    def procedure(self) -> str:
        """In the reader's language."""
        return self.dossier.procedure_version.procedure.name.in_language(current_language())

    @property
    def step_name(self) -> str:
        """In the reader's language; where the dossier stands, for a line about the whole of it."""
        return state_name(self.dossier.state) if self.step is None else name_of(self.step)


@dataclass(frozen=True, slots=True)
class StandingStep:
    """A step on the page of its dossier, with what the reader may do about it."""

    step: StepInstance
    name: str
    who: str
    state: str
    minutes: int
    is_at_work: bool
    is_paused: bool
    links: Sequence[Link]
    takes: str
    corrections: Sequence[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the history."""

    event: DossierEvent
    name: str
    about: str
    reason: str
    due_before: datetime | None
    instead_of: str = ""


def name_of(step: StepInstance) -> str:
    """In the reader's language."""
    return step.name_en if current_language() == "en" and step.name_en else step.name_vi


def rows_of_steps(viewer: Viewer, steps: Iterable[StepInstance], now: datetime) -> list[Row]:
    """With what may be done at once: taken from the queue, gone on with."""
    rows, in_offices = [], held_in_offices(viewer)
    for step in steps:
        dossier = step.dossier
        assert step.due_at is not None  # steps at work are due
        minutes = calendar_of(dossier).elapsed_minutes(now, step.due_at)
        runs = dossier.state in RUNNING
        is_mine = is_holder(viewer, step)
        fits = viewer.holds_over_key(step.unit_id, step.role) or (step.role, step.unit_id) in in_offices
        take = to_step_act(step, "take") if runs and step.holder_id is None and fits else ""
        go_on = to_step_act(step, "complete") if runs and is_mine else ""
        stands_in = is_mine and step.holder_id != viewer.acting.pk
        rows.append(Row(dossier, step, step.due_at, minutes, not runs, take, go_on, stands_in))
    return rows


def rows_of_dossiers(dossiers: Iterable[Dossier], now: datetime) -> list[Row]:
    """By the appointment; of those that ended, how much was left or over then."""
    return [
        Row(one, None, one.due_at, minutes_of(one, now) or 0, one.state in PAUSED) for one in dossiers
    ]  # fmt: skip


def minutes_of(dossier: Dossier, now: datetime) -> int | None:
    """Working minutes left to the appointment, now or when it ended; None without one."""
    if dossier.due_at is None:
        return None
    return calendar_of(dossier).elapsed_minutes(dossier.ended_at or now, dossier.due_at)


def chip_of(dossier: Dossier, minutes: int | None) -> tuple[str, str]:
    """Colour and word of one that has ended: early, on time, late."""
    if minutes is None or dossier.settled_at is None:
        return "neutral", state_name(dossier.state)
    if minutes < 0:
        return "overdue", time_left(minutes)
    if dossier.is_settled_late:  # before a working minute had gone by
        return "overdue", _("past its deadline")
    return "ok", _("On time")


def offered(viewer: Viewer, dossier: Dossier) -> list[Link]:
    """What the reader may do with the dossier as it stands, the next thing first."""
    acts = [act for act in _OFFERED if may_become(dossier, act) and may_act(viewer, dossier, act)]
    links = [Link(act_name(act).in_language(current_language()), to_act(dossier, act)) for act in acts]
    if dossier.finance == OWED and "note_payment" not in acts and dossier.archived_at is None:
        links += [
            Link(act_name(act).in_language(current_language()), to_act(dossier, act))
            for act in ("pay", "waive")
            if may_act(viewer, dossier, act)
        ]
    return links


def standing_steps(viewer: Viewer, dossier: Dossier, parts: Parts, now: datetime) -> list[StandingStep]:
    """All turns of all steps, in their order."""
    claims = defaultdict(list)
    for claim in parts.claims:
        claims[claim.step_id].append(claim)
    shown = []
    for step in parts.steps:
        step.dossier = dossier
        is_at_work = step.state in BEGUN
        end = step.ended_at or now
        minutes = 0 if step.due_at is None else calendar_of(dossier).elapsed_minutes(end, step.due_at)
        shown.append(
            StandingStep(
                step, name_of(step), _who(step), step_state_name(step.state), minutes, is_at_work,
                is_at_work and dossier.state in PAUSED, _links(viewer, step),
                to_step_act(step, "take") if _may(viewer, step, "take") else "",
                [f"{_said(one.done_at)} · {one.evidence}" for one in claims[step.pk]],
            )
        )  # fmt: skip
    return shown


def drawn_steps(dossier: Dossier, parts: Parts, timing: Timing, now: datetime) -> list[Step]:
    """The same as bars, of steps that have begun: allowed, used, stood still."""
    return [_drawn(dossier, one, timing, now) for one in parts.steps if one.begun_at is not None]


def _drawn(dossier: Dossier, step: StepInstance, timing: Timing, now: datetime) -> Step:
    calendar, begins = calendar_of(dossier), step.begun_at
    assert begins is not None  # those alone are drawn
    if begins == dossier.received_at:
        begins = calendar.counting_start(begins)
    end = max(step.ended_at or dossier.ended_at or now, begins)
    stopped = sum(
        calendar.elapsed_minutes(max(pause.start, begins), min(pause.end or end, end))
        for pause in timing.pauses
        if pause.start < end and (pause.end or end) > begins
    )
    allotted = calendar.elapsed_minutes(begins, step.limit.end(calendar, begins))
    used = calendar.elapsed_minutes(begins, end) - stopped
    return Step(name_of(step), _who(step), allotted, used, stopped)


def _who(step: StepInstance) -> str:
    return step.holder.name if step.holder else role_said(step.role)


def history_of(dossier: Dossier, events: Sequence[DossierEvent]) -> list[Line]:
    """The newest first, each with the appointment before it where it moved that."""
    lines, language = [], current_language()
    for place, event in enumerate(events):
        before = next((one.due_at for one in events[place + 1 :] if one.due_at is not None), None)
        moved = before if before is not None and event.due_at not in {None, before} else None
        reason = reason_name(event.act, event.reason_code)
        about = name_of(event.step) if event.step else ""
        name = act_name(event.act).in_language(language)
        why = reason.in_language(language) if reason else ""
        lines.append(Line(event, name, about, why, moved, _instead_of(event)))
    return lines


def _instead_of(event: DossierEvent) -> str:
    """Whose step it was, where somebody who stood in worked on it."""
    is_of_holder = event.act in _OF_HOLDERS and event.holder is not None and event.by_id is not None
    return str(event.holder.name) if is_of_holder and event.holder_id != event.by_id else ""


def progress_of(dossier: Dossier) -> list[tuple[str, datetime]]:
    """What anybody with the slip is told of its history: names and moments, nobody and no words. One query."""
    events = DossierEvent.objects.filter(dossier=dossier, act__in=PROGRESS).order_by("pk")
    return [(act_name(one.act).in_language(current_language()), one.at) for one in events]


def why_first(timing: Timing, found: Clock) -> WhySheet:
    """Day by day to the first appointment, by the calendar that it was made by."""
    dossier, calendar = timing.dossier, timing.first_calendar()
    limit = terms_of(dossier).limit
    assert limit is not None  # else there is no clock
    language, version = current_language(), dossier.procedure_version
    starts_at = calendar.counting_start(found.received_at)
    counted = calendar.elapsed_minutes(starts_at, found.first_due_at)
    return why_sheet(
        calendar, subject=f"{dossier.code} · {version.procedure.name.in_language(language)}", start=starts_at,
        due_at=found.first_due_at, limit=counted, rule=say(limit_in_words(limit), language),
        rule_source=version.source_document, start_label=_("Counting begins"),
    )  # fmt: skip


def to_slip(dossier: Dossier) -> str:
    """The page that prints the receiving slip; it is the room of printed forms that answers there."""
    return f"{to_dossier(dossier)}phieu/"


def _links(viewer: Viewer, step: StepInstance) -> list[Link]:
    acts = [act for act in _STEP_OFFERED if act != "take" and _may(viewer, step, act)]
    if step.state == DONE and not_archived(step.dossier) and may_work(viewer, step, "claim_completion"):
        acts.append("claim_completion")
    links = [Link(act_name(act).in_language(current_language()), to_step_act(step, act)) for act in acts]
    return [*links, to_ask(step)] if may_ask(step) and may_ask_advice(viewer, step) else links


def _may(viewer: Viewer, step: StepInstance, act: str) -> bool:
    return bool(step_may_become(step, act)) and bool(may_work(viewer, step, act))


def _said(moment: datetime) -> str:

    return f"{end_time(moment)}, {format_date(end_day(moment))}"
