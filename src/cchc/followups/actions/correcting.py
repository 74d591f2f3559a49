"""Directives corrected after they were entered, withdrawn, repealed. What was there before stays in their history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.timezone import localtime

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.directives import Paper, check_new, rest_on
from cchc.followups.actions.handing_on import hand_on, want_posting
from cchc.followups.actions.recording import note_change, required, take_directive
from cchc.followups.actions.tasks import take_step
from cchc.followups.actions.telling import tell_corrected, tell_ended, tell_removed
from cchc.followups.audit_kinds import DIRECTIVE_CORRECTED, DIRECTIVE_REPEALED, DIRECTIVE_WITHDRAWN
from cchc.followups.models import Addressee, Directive, Task
from cchc.followups.policies import may_become
from cchc.followups.queries.directives import idle, library_of, open_tasks_of
from cchc.followups.states import DIRECTIVE
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import named
from cchc.records.errors import refuse

_ENDED: Final[Mapping[str, str]] = {"withdraw": DIRECTIVE_WITHDRAWN, "repeal": DIRECTIVE_REPEALED}


@action
def correct_directive(
    *, actor: Actor, now: datetime, directive: Directive, expected_version: int, paper: Paper, reason: str,
    removed: Sequence[Unit] = (), watcher: Unit | None = None, posting_wanted: bool | None = None,
) -> Directive:  # fmt: skip
    """It says what `paper` says from now on, is followed by `watcher` and to be posted or not (None: as before), and is
    addressed no more to `removed`: units that have done nothing yet, whose tasks are withdrawn with it. Tasks keep the
    deadline and the basis that they were given with.

    Raises `followups.directive_stale` with what the other one did, `followups.directive_ended`,
    `followups.nothing_corrected`, `followups.posted_before_issue`, `followups.addressee_acts`,
    `followups.no_addressee`, what entering refuses, and `followups.watches_itself`.
    """
    fields, words = paper.fields(localtime(now).date()), required(reason)
    check_new(directive.unit, fields, but=directive.pk)
    locked = take_directive(directive, "correct", expected_version)
    before = values_of(locked)
    changes = _rewrite(locked, paper, fields)
    gone = _take_off(locked, removed, words, actor, now)
    former = locked.watcher
    if watcher is not None and watcher != former:
        changes["watcher"] = hand_on(locked, watcher, words, actor, now)
    if posting_wanted is not None and posting_wanted != locked.posting_wanted:
        changes["posting_wanted"] = (locked.posting_wanted, posting_wanted)
        want_posting(locked, posting_wanted, now)
    if gone:
        changes["units"] = ("; ".join(_names([one.unit for one in gone], now)), "")
    if not changes:
        raise refuse("followups.nothing_corrected")
    locked.version += 1
    locked.save()
    note_change(locked, "correct", actor, now, text=words, changes=changes)
    more = {"grounds": paper.library, "removed": sorted(one.unit.code for one in gone)}
    record(DIRECTIVE_CORRECTED, locked, before=before, after=values_of(locked) | more, reason=words)
    tell_corrected(locked, words, actor, now, former)
    return locked


@action
def end_directive(
    *, actor: Actor, now: datetime, directive: Directive, expected_version: int, step: str, on: date, reason: str,
    replaced_by: Directive | None = None,
) -> Directive:  # fmt: skip
    """Withdraw or repeal it since a day: its open tasks are withdrawn, everybody who has them is told.

    Nothing is deleted.

    Raises `followups.directive_stale`, `followups.directive_ended` for it or for what stands in its place,
    `followups.ended_before_issue`, `followups.day_to_come`, `followups.replaced_by_itself`, `followups.nothing_said`.
    """
    words = required(reason)
    if on > localtime(now).date():
        raise refuse("followups.day_to_come", day=on)
    locked = _take_with(directive, replaced_by, step, expected_version)
    if on < locked.issued_on:
        raise refuse("followups.ended_before_issue", day=on, issued=locked.issued_on)
    before, taken = values_of(locked), DIRECTIVE.step(step)
    locked.state, locked.ended_on, locked.because = DIRECTIVE.after(locked.state, taken), on, words
    locked.replaced_by, locked.version = replaced_by, locked.version + 1
    locked.save()
    withdrawn = [_withdraw(task, locked, words, actor, now) for task in open_tasks_of(locked).select_for_update()]
    changes: dict[str, tuple[object, object]] = {"ended_on": (None, on)}
    if replaced_by is not None:
        changes["replaced_by"] = (None, replaced_by.number)
    note_change(locked, step, actor, now, text=words, changes=changes)
    after = values_of(locked) | {"tasks": len(withdrawn)}
    record(_ENDED[step], locked, before=before, after=after, reason=words)
    tell_ended(locked, taken.name, actor, now)
    return locked


def _rewrite(directive: Directive, paper: Paper, fields: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    """Put the fields in, and answer those that people read and that changed."""
    first = directive.postings.filter(struck_at=None).order_by("posted_on", "pk").first()
    if first is not None and first.posted_on < fields["issued_on"]:
        raise refuse("followups.posted_before_issue", day=first.posted_on, issued=fields["issued_on"])
    changes: dict[str, tuple[object, object]] = {}
    for name, value in fields.items():
        former = getattr(directive, name)
        if former != value:
            setattr(directive, name, value)
            changes |= {} if name == "search_key" else {name: (former, value)}
    known = library_of(directive)
    if [basis.pk for basis in known] != [basis.pk for basis in paper.bases]:
        rest_on(directive, paper.bases)
        changes["grounds"] = ("; ".join(basis.name for basis in known), paper.library)
    return changes


def _take_off(directive: Directive, units: Sequence[Unit], reason: str, actor: Actor, now: datetime) -> list[Addressee]:
    """These units are no addressees any more; their tasks are withdrawn."""
    if not units:
        return []
    keys = [unit.pk for unit in units]
    locked = Addressee.objects.select_for_update().filter(directive=directive).order_by("pk")
    standing = {one.unit_id for one in locked}
    gone = list(idle(directive).filter(unit__in=keys).select_related("unit", "directive"))
    if acting := [unit for unit in units if unit.pk in standing - {one.unit_id for one in gone}]:
        raise refuse("followups.addressee_acts", units=_names(acting, now))
    if len(gone) == len(standing):
        raise refuse("followups.no_addressee")
    for task in open_tasks_of(directive).filter(owner__in=[one.unit_id for one in gone]).select_for_update():
        _withdraw(task, directive, reason, actor, now)
    tell_removed(gone, reason, actor, now)
    for one in gone:
        one.delete()
    return gone


def _withdraw(task: Task, directive: Directive, reason: str, actor: Actor, now: datetime) -> Task:
    said = f"{directive.number}: {reason}"
    return take_step(actor=actor, now=now, task=task, step="withdraw", expected_version=task.version, text=said)


def _take_with(directive: Directive, by: Directive | None, step: str, expected_version: int) -> Directive:
    """Both locked, in the order of their keys, so that nobody waits for the other; what takes the place is in force."""
    if by is None:
        return take_directive(directive, step, expected_version)
    if by.pk == directive.pk:
        raise refuse("followups.replaced_by_itself")
    both = Directive.objects.select_for_update().filter(pk__in=[directive.pk, by.pk]).order_by("pk")
    standing = {one.pk: one for one in both}
    locked = take_directive(directive, step, expected_version)
    may_become(standing[by.pk], "give").require()
    return locked


def _names(units: Sequence[Unit], now: datetime) -> tuple[str, ...]:
    """As they are called today; their codes where they are no more."""
    names = {one.unit_id: one.name_vi for one in named(units, localtime(now).date())}
    return tuple(names.get(unit.pk, unit.code) for unit in units)
