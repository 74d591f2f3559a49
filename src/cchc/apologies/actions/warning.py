"""ToWarn in time: whoever has a dossier that nears its appointment, the head of the unit where a letter is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cchc.apologies.audit_kinds import WARNED
from cchc.apologies.models import Warned
from cchc.apologies.notice_kinds import LETTER_LATE, NEAR
from cchc.apologies.queries.warnings import ToWarn
from cchc.apologies.warning import LATE
from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.models import Dossier
from cchc.interface.durations import end_day, end_time
from cchc.notices.actions import Telling, tell
from cchc.records.dates import format_date
from cchc.records.text import LANGUAGES, LocalText


@action
def note_warnings(*, actor: Actor, now: datetime, warnings: Sequence[ToWarn]) -> int:
    """Tell these people, and keep that they were told. Answers how many; a dossier that ended since is left out where
    it was only near its appointment.
    """
    keys = {one.dossier for one in warnings}
    related = Dossier.objects.filter(pk__in=keys).select_related("procedure_version__procedure")
    dossiers = {one.pk: one for one in related.order_by("pk")}
    told = [one for one in warnings if one.rule == LATE or dossiers[one.dossier].ended_at is None]
    if not told:
        nothing_changed()
        return 0
    rows = [
        Warned(dossier=dossiers[one.dossier], rule=one.rule, about_at=one.about_at, recipient_id=one.recipient, at=now)
        for one in told
    ]
    for row in Warned.objects.bulk_create(rows):
        record(WARNED, row.dossier, after=values_of(row))
    tell(actor=actor, now=now, tellings=[_telling(one, dossiers[one.dossier]) for one in told])
    return len(told)


def _telling(warning: ToWarn, dossier: Dossier) -> Telling:
    parameters = {"code": dossier.code, "procedure": dossier.procedure_version.procedure.name}
    parameters["owed_by"] = _end(warning.owed_by)
    if warning.rule == LATE:
        return Telling(LETTER_LATE, warning.recipient, dossier, parameters)
    parameters["due_at"] = _end(warning.about_at)
    return Telling(NEAR, warning.recipient, dossier, parameters, due_at=warning.owed_by)


def _end(moment: datetime) -> LocalText:
    """`24:00, 27/11/2026`: the end of a day is no next day's beginning."""
    vi, en = (f"{end_time(moment)}, {format_date(end_day(moment), language)}" for language in LANGUAGES)
    return LocalText(vi, en)
