"""Sample lists of a month in the sample commune: one that is published, one in which those named may still reply."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils.timezone import localdate, make_aware

from cchc.demo.directives import unit_of
from cchc.dossiers.actions.intake import Intake, Paper, Person, receive
from cchc.dossiers.actions.moving import latest_steps
from cchc.dossiers.actions.working import Result, complete, record_result, take_up
from cchc.dossiers.models import Dossier
from cchc.organizations.calendars import NATIONAL, load_calendar
from cchc.organizations.queries.people import get_official
from cchc.organizations.viewers import actor_of
from cchc.oversight.actions.lists import approve_list, close_replies, draft_list, notify_list
from cchc.oversight.actions.publishing import freeze_list, publish_list, put_forward
from cchc.oversight.actions.replies import decide_about, reply_to
from cchc.oversight.models import ListedItem, MonthlyList
from cchc.oversight.queries.charges import ZONE
from cchc.oversight.timetable import timetable_on
from cchc.papers.models import LegalBasis
from cchc.procedures.models import Procedure
from cchc.procedures.queries.versions import kept_version_on

_COMMUNE: Final = "xa-kon-braih-23497"
_COUNTER: Final = "kon-braih-hcc"
_PROCEDURE: Final = "MAU-001"
_RECEIVER, _SETTLER, _SIGNER, _KEEPER = "mau-14", "mau-16", "mau-13", "mau-09"
_LATE: Final = 4
"""So many working days a sample dossier lay with whoever settled it."""


def load_late_samples(now: datetime) -> None:
    """A dossier of each of the two months, which lay too long and was settled in its month."""
    for number, month in enumerate(_months(now), start=1):
        _late_dossier(month, f"Y Mẫu Chậm {number}")


def load_sample_lists(now: datetime) -> None:
    """Of the newest month whose cut-off is over a list open for replies, of the one before a published one."""
    earlier, last = _months(now)
    after = timetable_on(earlier).value.cut_off_day(earlier) + timedelta(days=1)
    _publish(_notified(earlier, _working(after, "08:00")))
    _notified(last, now)


def _notified(month: date, at: datetime) -> MonthlyList:
    list_ = draft_list(**_by(_KEEPER, at), unit=unit_of(_COMMUNE), month=month, is_sample=True)
    given = {"number": f"{month.month}/TB-UBND (mẫu)", "noticed_on": localdate(at)}
    return notify_list(**_by(_KEEPER, at), list_=list_, expected_version=list_.version, **given)


def _publish(list_: MonthlyList) -> None:
    """Each step an hour after the one before, on the first working morning after the time to reply."""
    assert list_.reply_until is not None and list_.noticed_on is not None  # it was notified
    for item in ListedItem.objects.filter(listed__list=list_, listed__official__code=_SETTLER).order_by("pk"):
        at = list_.reply_until - timedelta(hours=9)
        reply_to(**_by(_SETTLER, at), item=item, text="Chờ xác minh nơi cư trú (mẫu)")
        decide_about(**_by(_KEEPER, at), item=item, accepts=False, reason="Không có minh chứng (mẫu)")
    at = _working(localdate(list_.reply_until), "08:00")
    list_ = close_replies(**_by(_KEEPER, at), list_=list_, expected_version=list_.version)
    list_ = approve_list(**_by(_SIGNER, at), list_=list_, expected_version=list_.version)
    list_ = put_forward(**_by(_KEEPER, at), list_=list_, expected_version=list_.version)
    list_ = freeze_list(**_by(_SIGNER, at), list_=list_, expected_version=list_.version)
    basis = next(one for one in LegalBasis.objects.order_by("pk") if one.holds_on(localdate(at)))
    given = {"decision_number": "20/QĐ-UBND (mẫu)", "decided_on": localdate(at), "basis": basis}
    publish_list(**_by(_SIGNER, at), list_=list_, expected_version=list_.version, **given)


def _late_dossier(month: date, owner: str) -> None:
    procedure = Procedure.objects.get(code=_PROCEDURE)
    day = month.replace(day=8)
    version = kept_version_on(procedure, day).value
    papers = [Paper(one.name.vi, one.id, one.originals, one.certified, one.copies) for one in version.components]
    person = Person(owner, "000000000099", "Thôn Mẫu", "0900000099")
    dossier = receive(
        **_by(_RECEIVER, _working(day, "08:10")), unit=unit_of(_COUNTER), procedure=procedure,
        intake=Intake(person, papers, is_no_duplicate=True), receiver=get_official(_RECEIVER), is_sample=True,
    )  # fmt: skip
    _complete(dossier, "receive", _RECEIVER, _working(day, "08:40"))
    _take(dossier, "settle", _SETTLER, _working(day, "09:00"))
    at = load_calendar(NATIONAL).due_in_working_days(_working(day, "09:00"), _LATE)
    _complete(dossier, "settle", _SETTLER, at)
    _take(dossier, "sign", _SIGNER, at)
    seen = Dossier.objects.get(pk=dossier.pk)
    record_result(
        **_by(_SIGNER, at), dossier=seen, expected_version=seen.version, result=Result("09/GKS (mẫu)", localdate(at))
    )
    _complete(dossier, "sign", _SIGNER, at)
    _take(dossier, "return", _RECEIVER, at)
    _complete(dossier, "return", _RECEIVER, at)


def _take(dossier: Dossier, step: str, person: str, at: datetime) -> None:
    seen = Dossier.objects.get(pk=dossier.pk)
    given = {"step": latest_steps(seen)[step], "official": get_official(person), "expected_version": seen.version}
    take_up(**_by(person, at), **given)


def _complete(dossier: Dossier, step: str, person: str, at: datetime) -> None:
    seen = Dossier.objects.get(pk=dossier.pk)
    complete(**_by(person, at), step=latest_steps(seen)[step], expected_version=seen.version)


def _months(now: datetime) -> tuple[date, date]:
    """The newest month whose cut-off is over, behind the one before it."""
    last = before(localdate(now).replace(day=1))
    while now <= timetable_on(last).value.cut_off_of(last, ZONE):
        last = before(last)
    return before(last), last


def before(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def _working(day: date, clock: str) -> datetime:
    """That hour of the day, or of the next one that is worked."""
    calendar = load_calendar(NATIONAL)
    while not calendar.elapsed_minutes(_at(day, time(0)), _at(day + timedelta(days=1), time(0))):
        day += timedelta(days=1)
    return _at(day, time.fromisoformat(clock))


def _at(day: date, clock: time) -> datetime:
    return make_aware(datetime.combine(day, clock))


def _by(code: str, at: datetime) -> dict[str, Any]:
    return {"actor": actor_of(get_official(code)), "now": at}
