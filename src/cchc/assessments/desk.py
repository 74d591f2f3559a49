"""What this room puts on a desk: sheets that the reader's unit fills in, locks or explains; rounds to appraise; slips
and votes that the council waits for; units that the field team visits soon.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cchc.assessments.addresses import to_council, to_explanations, to_item, to_sheet, to_submit, to_visits
from cchc.assessments.models import Motion, Round, Sheet, Visit
from cchc.assessments.motions import MOTIONS
from cchc.assessments.permissions import HEAD
from cchc.assessments.phases import end_of_day
from cchc.assessments.queries.visits import visits_ahead
from cchc.assessments.queries.waiting import slips_by_round, to_appraise, to_explain, to_fill_in, votes_owed
from cchc.assessments.shown_visits import half_of, place_of
from cchc.followups.addresses import shortened
from cchc.interface.errors import current_language
from cchc.interface.hosting.desk import DeskItem, Urgency, desk_kind, urgency_of
from cchc.interface.together import Reads, made_of
from cchc.organizations.calendars import NATIONAL, load_calendar
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_LONGEST: Final = 120


@desk_kind("assessments.sheets", LocalText("Bản chấm điểm phải hoàn thành", "Sheets to complete"))
def sheets(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]]:
    """Those that their unit may still write: due when the phase ends."""
    heads = {hold.unit for hold in viewer.holds if hold.role == HEAD}
    return made_of(to_fill_in(viewer), lambda found: [_item(one, one.unit_id in heads, now) for one in found])


@desk_kind("assessments.explanations", LocalText("Nội dung phải giải trình", "To be explained"))
def explanations(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]]:
    """Sheets of the reader's unit about which something was asked: due when the phase ends."""
    return made_of(to_explain(viewer), lambda found: [_asked(one, now) for one in found])


@desk_kind("assessments.appraisal", LocalText("Thẩm định được phân công", "Appraisal"))
def appraisal(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]]:
    """Rounds in which the reader is charged with something: due when the phase ends."""
    return made_of(to_appraise(viewer), lambda found: [_charged(one, now) for one in found])


@desk_kind("assessments.slips", LocalText("Phiếu lấy ý kiến chờ trả lời", "Opinion slips"))
def slips(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]]:
    """Rounds whose council asks the reader for opinions: due on the last day for them."""
    return made_of(slips_by_round(viewer), lambda found: [_owed(one, now) for one in found])


@desk_kind("assessments.votes", LocalText("Nội dung chờ biểu quyết", "To be voted on"))
def votes(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]]:
    """What was put before the council and waits for the reader's vote."""
    return made_of(votes_owed(viewer), lambda found: [_motion(one) for one in found])


@desk_kind("assessments.visits", LocalText("Lịch đi kiểm tra thực tế", "Visits of the field check"))
def visits(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]]:
    """Units to which the reader's field team comes in the next days."""
    return made_of(visits_ahead(viewer), lambda found: [_visited(one, now) for one in found])


def _visited(one: Visit, now: datetime) -> DeskItem:
    title = _("Field check at %(unit)s") % {"unit": one.sheet.name}
    note = ", ".join(part for part in (half_of(one), place_of(one), one.note) if part)
    return _due(title, to_visits(one.sheet.round), one.visit_on, getattr(one, "calendar", None), now, note)


def _owed(one: Round, now: datetime) -> DeskItem:
    what = _("Give opinions to the council")
    title = f"{what}: {one.title} {one.year}"
    count = getattr(one, "owed", 0)
    note = ngettext("%(n)d item", "%(n)d items", count) % {"n": count}
    return _due(title, to_council(one), getattr(one, "until", None), None, now, note)


def _motion(one: Motion) -> DeskItem:
    asked, what = _("Vote"), MOTIONS[one.kind].in_language(current_language())
    title = f"{asked}: {one.sheet.name}, {one.criterion} – {what}"
    note = f"{one.sheet.round.title} {one.sheet.round.year}"
    return DeskItem(
        title=shortened(title, _LONGEST), url=to_item(one.sheet, one.criterion), urgency=Urgency.OTHER, note=note
    )


def _asked(one: Sheet, now: datetime) -> DeskItem:
    what = _("Explain what was asked")
    title = f"{what}: {one.round.title} {one.round.year}"
    return _due(
        title, to_explanations(one), getattr(one, "ends_on", None), getattr(one, "calendar", None), now, one.name
    )


def _charged(one: Round, now: datetime) -> DeskItem:
    what = _("Appraise")
    title = f"{what}: {one.title} {one.year}"
    address = reverse("assessments:criteria", args=[one.pk])
    return _due(title, address, getattr(one, "ends_on", None), None, now)


def _due(title: str, url: str, last: date | None, calendar: str | None, now: datetime, note: str = "") -> DeskItem:
    """Due at the end of the last day, where one is known."""
    due_at = end_of_day(last) if last else None
    minutes = load_calendar(calendar or NATIONAL).elapsed_minutes(now, due_at) if due_at else None
    urgency = urgency_of(due_at, now, minutes) if due_at else Urgency.OTHER
    return DeskItem(title=shortened(title, _LONGEST), url=url, urgency=urgency, due=due_at, minutes=minutes, note=note)


def _item(one: Sheet, is_head: bool, now: datetime) -> DeskItem:
    title = f"{_what(one, is_head)}: {one.round.title} {one.round.year}"
    url = to_submit(one) if is_head and one.completed_at else to_sheet(one)
    return _due(title, url, getattr(one, "ends_on", None), getattr(one, "calendar", None), now, one.name)


def _what(one: Sheet, is_head: bool) -> str:
    if one.completed_at and is_head:
        return _("Lock and submit the self-score")
    return _("Self-score is complete, waits for the head") if one.completed_at else _("Fill the self-score in")
