"""A list of a month on its way: drafted, notified, its replies closed, approved, sent back, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.timezone import localdate

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.recording import required, said
from cchc.ledger.fairness import minimum_volume
from cchc.organizations.calendars import calendars_of
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Unit
from cchc.oversight.actions.list_steps import keep, take
from cchc.oversight.actions.telling import tell_named
from cchc.oversight.audit_kinds_lists import ITEM_CLOSED, LIST_DRAFTED
from cchc.oversight.entries import entries_of
from cchc.oversight.models import ListedItem, ListedOfficial, ListEntry, MonthlyList, Outcome
from cchc.oversight.queries.charges import ZONE
from cchc.oversight.queries.drafting import Gathered, Person, Tell, absences_in, held_in, people_of
from cchc.oversight.queries.verdicts import current_findings
from cchc.oversight.shown_lists_words import DRAFT
from cchc.oversight.states_lists import MONTHLY_LIST, WITHDRAWN
from cchc.oversight.timetable import DECIDE, POSTPONE, Timetable, timetable_on
from cchc.records.errors import refuse
from cchc.worktime import Calendar

_MINUTE: Final = timedelta(minutes=1)
_AT_ONCE: Final = 1_000


@action
def draft_list(
    *, actor: Actor, now: datetime, unit: Unit, month: date, is_sample: bool = False, gathered: Gathered | None = None
) -> MonthlyList:  # fmt: skip
    """Everybody whom the body lists for the month, as known at the cut-off, and whoever an earlier one left out;
    `gathered` by a job, it is of whoever asked for that.

    Raises `oversight.before_cut_off`, `oversight.list_there`.
    """
    cut_off = lock_to_draft(unit, month, now)
    held = held_in(unit, month, cut_off) if gathered is None else gathered.held
    list_ = MonthlyList.objects.create(
        unit=unit, month=month, cut_off_at=cut_off, minimum=minimum_volume(month), state=MONTHLY_LIST.first,
        drafted_at=now, is_sample=is_sample, **_drafted_by(actor, gathered),
    )  # fmt: skip
    _list(list_, people_of(unit, month, held), None if gathered is None else gathered.tell)
    ListEntry.objects.create(
        list=list_, at=now, act=DRAFT, state=list_.state, by_id=list_.drafted_by_id, by_as=list_.drafted_as
    )
    record(LIST_DRAFTED, list_, after=values_of(list_))
    return list_


def lock_to_draft(unit: Unit, month: date, now: datetime) -> datetime:
    """The cut-off of a list that may be drafted now; nobody else drafts one of the body meanwhile. Raises
    `oversight.before_cut_off`, `oversight.list_there`.
    """
    rules = timetable_on(month).value
    cut_off = rules.cut_off_of(month, ZONE)
    if now < cut_off:
        raise refuse("oversight.before_cut_off", day=rules.cut_off_day(month))
    Unit.objects.select_for_update().get(pk=unit.pk)
    if MonthlyList.objects.filter(unit=unit, month=month).exclude(state=WITHDRAWN).exists():
        raise refuse("oversight.list_there")
    return cut_off


def _drafted_by(actor: Actor, gathered: Gathered | None) -> dict[str, object]:
    if gathered is None:
        return done_by(actor, "drafted")
    return {"drafted_by_id": gathered.asked_by, "drafted_as": gathered.asked_as}


def _list(list_: MonthlyList, people: Sequence[Person], tell: Tell | None) -> None:
    listed = [
        ListedOfficial(
            list=list_, place=place, holder_kind=one.holder_kind, official_id=one.official, name=one.name,
            post=one.post, unit_id=one.unit, unit_name=one.unit_name, volume=one.volume,
            accountable_id=one.accountable,
        )
        for place, one in enumerate(people, start=1)
    ]  # fmt: skip
    made = ListedOfficial.objects.bulk_create(listed)
    items = [
        ListedItem(listed=one, place=place, **columns)
        for one, person in zip(made, people, strict=True)
        for place, columns in enumerate(entries_of(person), start=1)
    ]
    for begins in range(0, len(items), _AT_ONCE):
        some = items[begins : begins + _AT_ONCE]
        found = current_findings([item.kept_id for item in some if item.kept_id is not None])
        for item in some:
            item.verdict = found.get(item.kept_id or 0, "")
        ListedItem.objects.bulk_create(some)
        if tell is not None:
            tell(begins + len(some), len(items))


@action
def notify_list(
    *, actor: Actor, now: datetime, list_: MonthlyList, expected_version: int, number: str, noticed_on: date
) -> MonthlyList:
    """Everybody named and the head of every unit is told, under the number of the paper; the time to reply begins.

    Raises `oversight.no_number`, `oversight.day_outside`, and what `list_steps.take` raises.
    """
    taken = take(list_, "notify", expected_version)
    before = values_of(taken)
    taken.notice_number, taken.noticed_on = numbered(number), noticed_on
    if not localdate(taken.drafted_at) <= noticed_on <= localdate(now):
        raise refuse("oversight.day_outside", first=localdate(taken.drafted_at), last=localdate(now))
    rules, calendar = timetable_on(taken.month).value, calendars_of([taken.unit_id], localdate(now))[taken.unit_id]
    taken.reply_until = _end_after(now, rules.reply, calendar)
    named = list(taken.listed.filter(official__isnull=False).select_related("official").order_by("place"))
    _give_time(taken, named, rules, calendar, localdate(now))
    keep(taken, "notify", actor, now, before)
    tell_named(taken, named, actor, now)
    return taken


def _give_time(
    list_: MonthlyList, named: Sequence[ListedOfficial], rules: Timetable, calendar: Calendar, today: date
) -> None:  # fmt: skip
    """Whoever is away in the window has the same time after coming back."""
    assert list_.reply_until is not None  # set just before
    away = absences_in([one.official_id or 0 for one in named], today, localdate(list_.reply_until))
    for one in named:
        back = away.get(one.official_id or 0)
        one.reply_until = list_.reply_until
        if back is not None:
            one.reply_until = _end_after(calendar.end_of(back), rules.reply, calendar)
    ListedOfficial.objects.bulk_update(named, ["reply_until"])


def _end_after(moment: datetime, days: int, calendar: Calendar) -> datetime:
    """24:00 of the last of so many working days."""
    return calendar.end_of(localdate(calendar.due_in_working_days(moment, days)))


@action
def close_replies(*, actor: Actor, now: datetime, list_: MonthlyList, expected_version: int) -> MonthlyList:
    """No reply comes any more: what nobody answered follows the rules for silence and leave.

    Raises `oversight.window_open` while somebody may still reply, `oversight.replies_undecided`, and what
    `list_steps.take` raises.
    """
    taken = take(list_, "close", expected_version)
    before = values_of(taken)
    rules = timetable_on(taken.month).value
    open_ = ListedItem.objects.filter(listed__list=taken, listed__official__isnull=False, outcome="")
    open_ = open_.select_related("listed")
    assert taken.reply_until is not None  # it was notified
    if open_.exists() and now <= taken.reply_until:
        raise refuse("oversight.window_open", day=localdate(taken.reply_until - _MINUTE))
    must = Q() if rules.silence == DECIDE else Q(replied_at__isnull=False)
    if waiting := open_.filter(must).count():
        raise refuse("oversight.replies_undecided", count=waiting)
    _end_by_rule(open_.order_by("pk"), rules, now)
    keep(taken, "close", actor, now, before)
    return taken


def _end_by_rule(items: Iterable[ListedItem], rules: Timetable, now: datetime) -> None:
    for item in items:
        had = values_of(item)
        until = item.listed.reply_until
        is_away = until is not None and until >= now and rules.leave == POSTPONE
        item.outcome = Outcome.POSTPONED if is_away else Outcome.SILENT
        item.decided_at = now
        item.save()
        record(ITEM_CLOSED, item, before=had, after=values_of(item))


@action
def approve_list(*, actor: Actor, now: datetime, list_: MonthlyList, expected_version: int) -> MonthlyList:
    """The head allows it to be frozen. Raises what `list_steps.take` raises."""
    taken = take(list_, "approve", expected_version)
    before = values_of(taken)
    taken.approved_at = now
    sign(taken, "approved", actor)
    keep(taken, "approve", actor, now, before)
    return taken


@action
def send_back(*, actor: Actor, now: datetime, list_: MonthlyList, expected_version: int, reason: str) -> MonthlyList:
    """Not approved, or not frozen. Raises `followups.nothing_said`, and what `list_steps.take` raises."""
    words = required(reason)
    taken = take(list_, "back", expected_version)
    before = values_of(taken)
    taken.put_hash, taken.put_at, taken.put_by, taken.put_as = "", None, None, ""
    keep(taken, "back", actor, now, before, words)
    return taken


@action
def withdraw_list(
    *, actor: Actor, now: datetime, list_: MonthlyList, expected_version: int, reason: str
) -> MonthlyList:
    """It is not published, or not any more; another one may be drafted. Raises `followups.nothing_said`, and what
    `list_steps.take` raises.
    """
    words = required(reason)
    taken = take(list_, "withdraw", expected_version)
    keep(taken, "withdraw", actor, now, values_of(taken), words)
    return taken


def numbered(number: str) -> str:
    """The number of a paper in one line. Raises `oversight.no_number`."""
    kept = " ".join(said(number).split())
    if not kept:
        raise refuse("oversight.no_number")
    return kept
