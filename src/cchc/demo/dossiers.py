"""Sample dossiers in the sample commune, made by the same actions as real ones, each as far on its way as it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import resources
from typing import Final

from django.utils.timezone import localtime

from cchc.demo.directives import actor_at, unit_of
from cchc.dossiers.actions import advising, ending, pausing, working
from cchc.dossiers.actions.intake import Intake, Paper, Person, receive
from cchc.dossiers.actions.moving import latest_steps
from cchc.dossiers.actions.targets import Decided, set_targets
from cchc.dossiers.actions.working import Result
from cchc.dossiers.models import Dossier
from cchc.dossiers.targets import ONLINE, Target, read_percent
from cchc.organizations.calendars import NATIONAL, load_calendar
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.people import get_official
from cchc.organizations.viewers import actor_of
from cchc.procedures.models import Procedure
from cchc.procedures.queries.versions import kept_version_on
from cchc.records.schema import Fields, as_count, as_items, as_text, reading
from cchc.records.yaml_text import Node, read_yaml

_FILE: Final = "dossiers.yaml"
_ASKED: Final = "Hạt Kiểm lâm khu vực (mẫu)"


@dataclass(frozen=True, slots=True)
class _Act:
    """What somebody does so many working days ago, at an hour: `complete settle`, `ask_supplement`."""

    days_ago: int
    clock: str
    by: Official
    what: str
    step: str
    text: str


def load_sample_dossiers(now: datetime) -> None:
    """All of them, received and worked on by the officials of the sample commune."""
    content = (resources.files("cchc.demo") / _FILE).read_bytes()
    with reading(read_yaml(content, f"cchc/demo/{_FILE}")) as fields:
        counter = unit_of(as_text(fields.need("counter")))
        for node in as_items(fields.need("dossiers")):
            with reading(node) as of_one:
                _load(of_one, counter, now)
        for node in as_items(fields.need("targets")):
            with reading(node) as of_one:
                _load_target(of_one, now)


def _load_target(fields: Fields, now: datetime) -> None:
    """Of the running year, by a decision of its first weeks."""
    today = localtime(now).date()
    units = [unit_of(as_text(node)) for node in as_items(fields.need("units"))]
    target = Target(read_percent(as_text(fields.need("percent"))), as_count(fields.need("volume")))
    decided_on = min(today, date(today.year, 1, 15))
    decided = Decided(today.year, target, as_text(fields.need("number")), decided_on)
    actor = actor_at(as_text(fields.need("by")), now)
    set_targets(actor=actor, now=now, metric=ONLINE, units=units, decided=decided)


def _load(fields: Fields, counter: Unit, now: datetime) -> None:
    procedure = Procedure.objects.get(code=as_text(fields.need("procedure")))
    person = Person(
        as_text(fields.need("owner")), as_text(fields.need("number")), as_text(fields.need("address")),
        as_text(fields.need("phone")),
    )  # fmt: skip
    acts = [_act(node) for node in as_items(fields.need("acts"))]
    first = acts[0]
    at = moment_ago(now, first.days_ago, first.clock)
    version = kept_version_on(procedure, localtime(at).date()).value
    papers = [Paper(one.name.vi, one.id, one.originals, one.certified, one.copies) for one in version.components]
    fee_paid = fields.maybe("receipt", as_text) or ""
    intake = Intake(person, papers, receipt=fee_paid, is_no_duplicate=True)
    dossier = receive(
        actor=actor_of(first.by), now=at, unit=counter, procedure=procedure, intake=intake, receiver=first.by,
        is_sample=True,
    )  # fmt: skip
    for act in acts[1:]:
        _happen(dossier, act, moment_ago(now, act.days_ago, act.clock))


def _act(node: Node) -> _Act:
    with reading(node) as fields:
        what, _, step = as_text(fields.need("what")).partition(" ")
        return _Act(
            as_count(fields.need("days_ago")), as_text(fields.need("at")), get_official(as_text(fields.need("by"))),
            what, step, fields.maybe("text", as_text) or "",
        )  # fmt: skip


def _happen(dossier: Dossier, act: _Act, at: datetime) -> None:
    """One act, as the page of the dossier would do it."""
    by = {"actor": actor_of(act.by), "now": at}
    now_seen = Dossier.objects.get(pk=dossier.pk)
    whole = {**by, "dossier": now_seen, "expected_version": now_seen.version}
    if act.what in {"take", "complete"}:
        step = latest_steps(now_seen)[act.step]
        of_step = {**by, "step": step, "expected_version": now_seen.version}
        if act.what == "take":
            working.take_up(**of_step, official=act.by)
        else:
            working.complete(**of_step, text=act.text)
    elif act.what == "ask_advice":
        step = latest_steps(now_seen)[act.step]
        advising.ask_advice(
            actor=actor_of(act.by), now=at, step=step, expected_version=now_seen.version,
            asked=advising.Asked(body=_ASKED), question=act.text, working_days=2,
        )  # fmt: skip
    elif act.what == "record_result":
        working.record_result(**whole, result=Result(act.text, localtime(at).date()))
    elif act.what == "ask_supplement":
        pausing.ask_supplement(**whole, reason_code="missing_papers", asked=act.text)
    elif act.what == "supplement":
        pausing.take_supplement(**whole, papers=[Paper(act.text, originals=1)])
    elif act.what == "extend":
        due_at = moment_ago(at, -12, "17:00")
        pausing.extend(**whole, due_at=due_at, reason_code="complex", reason=act.text)
    else:
        assert act.what == "hand_over", act.what
        ending.hand_over(**whole, to=act.text)


def moment_ago(now: datetime, working_days: int, clock: str) -> datetime:
    """That hour, so many working days before today; negative: after it."""
    calendar, day = load_calendar(NATIONAL), localtime(now).date()
    step = timedelta(days=-1 if working_days >= 0 else 1)
    left = abs(working_days)
    while left:
        day += step
        left -= _is_worked(calendar.elapsed_minutes(_at(day, now), _at(day + timedelta(days=1), now)))
    hours, minutes = map(int, clock.split(":"))
    return _at(day, now) + timedelta(hours=hours, minutes=minutes)


def _is_worked(minutes: int) -> bool:
    return minutes > 0


def _at(day: date, now: datetime) -> datetime:
    midnight = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.replace(year=day.year, month=day.month, day=day.day)
