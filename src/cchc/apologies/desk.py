"""What this room puts on a person's desk: letters that are owed, and letters that wait for the person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from cchc.apologies.addresses import to_letter
from cchc.apologies.duty import Duty
from cchc.apologies.models import Letter
from cchc.apologies.owing import Beside, beside, letter_deadline
from cchc.apologies.permissions import may_see_apologies
from cchc.apologies.queries.desk import letters_for, may_owe
from cchc.apologies.shown import act_name, procedure_of
from cchc.apologies.states import APPROVED, DRAFTED, OPEN, RETURNED, SIGNED
from cchc.dossiers.addresses import to_dossier
from cchc.dossiers.models import Dossier
from cchc.dossiers.terms import calendar_of
from cchc.interface.durations import end_day, end_time
from cchc.interface.errors import current_language
from cchc.interface.hosting.desk import DeskItem, desk_kind, urgency_of
from cchc.interface.together import Reads, all_of, made_of
from cchc.organizations.viewers import Viewer
from cchc.records.dates import format_date
from cchc.records.text import LocalText

_MOST: Final = 50
_NEXT: Final = {DRAFTED: "approve", RETURNED: "draft", APPROVED: "sign", SIGNED: "send"}


@desk_kind("apologies.owed", LocalText("Văn bản xin lỗi phải gửi", "Apologies to send"))
def owed(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]] | list[DeskItem]:
    """Of dossiers that the viewer has a step of, or answers for: the one that is due first of each, unless a letter is
    on its way. One round of reads.
    """
    if not may_see_apologies(viewer):
        return []
    found = may_owe(viewer).select_related("procedure_version__procedure").order_by("due_at", "pk")[:_MOST]
    listed = made_of(found, list)
    read = all_of([listed, beside(may_owe(viewer).order_by("due_at", "pk").values("pk")[:_MOST])])
    return read.made(lambda given: list(_owed(given[0], given[1], now)))


@desk_kind("apologies.letters", LocalText("Văn bản xin lỗi chờ duyệt, ký, gửi", "Letters of apology that wait"))
def letters(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]] | list[DeskItem]:
    """To be approved, signed or sent by the viewer, or returned to them."""
    if not may_see_apologies(viewer):
        return []
    return made_of(letters_for(viewer)[:_MOST], lambda rows: [_letter(one, now) for one in rows])


def _owed(dossiers: Iterable[Dossier], found: Beside, now: datetime) -> Iterator[DeskItem]:
    for dossier in dossiers:
        open_ = [duty for duty in found.duties(dossier, now) if _is_to_do(dossier, duty, found)]
        if open_:
            yield _item(dossier, min(open_, key=lambda duty: duty.owed_by), now)


def _is_to_do(dossier: Dossier, duty: Duty, found: Beside) -> bool:
    letter = found.letter_for(dossier, duty.about)
    return duty.sent_at is None and (letter is None or letter.state not in OPEN)


def _item(dossier: Dossier, duty: Duty, now: datetime) -> DeskItem:
    by = duty.owed_by
    when = f"{end_time(by)}, {format_date(end_day(by), current_language())}"
    title = _("%(code)s · Apology due by %(when)s") % {"code": dossier.code, "when": when}
    minutes = calendar_of(dossier).elapsed_minutes(now, by)
    return DeskItem(title, to_dossier(dossier), urgency_of(by, now, minutes), by, minutes, note=procedure_of(dossier))


def _letter(letter: Letter, now: datetime) -> DeskItem:
    by, dossier = letter_deadline(letter, now), letter.dossier
    title = _("%(code)s · %(act)s letter of apology") % {"code": dossier.code, "act": act_name(_NEXT[letter.state])}
    minutes = calendar_of(dossier).elapsed_minutes(now, by)
    return DeskItem(title, to_letter(letter), urgency_of(by, now, minutes), by, minutes, note=procedure_of(dossier))
