"""A long list written as a workbook: asked for, written by a job, ended."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.interface.actions import request_job
from cchc.organizations.audit_kinds import EXPORT_ASKED, EXPORT_ENDED, EXPORT_WRITTEN
from cchc.organizations.exporting.kinds import Taken
from cchc.organizations.exporting.standing import standing_of
from cchc.organizations.exporting.storing import remove
from cchc.organizations.models import Export
from cchc.organizations.queries.exports import same_at_work
from cchc.organizations.viewers import Viewer

EXPORT_JOB: Final = "organizations.export"


@action
def ask_export(*, actor: Actor, now: datetime, viewer: Viewer, kind: str, query: str, language: str) -> Export:
    """Have a list written. Whoever asks again meanwhile gets the same."""
    wanted = Export(
        kind=kind, query=query, language=language, asked_by=viewer.official, principal=viewer.principal,
        asked_at=now, standing=standing_of(viewer),
    )  # fmt: skip
    if (earlier := same_at_work(wanted)) is not None:
        nothing_changed()
        return earlier
    wanted.save()
    wanted.job = request_job(actor=actor, now=now, kind=EXPORT_JOB, parameters={"number": wanted.pk})
    wanted.save(update_fields=["job"])
    record(EXPORT_ASKED, wanted, after={"kind": kind})
    return wanted


@action
def keep_export(*, actor: Actor, now: datetime, number: int, file: str, taken: Taken) -> int:
    """The file is written. Its number."""
    export = Export.objects.select_for_update().get(pk=number)
    export.file, export.people, export.whom, export.written_at = file, taken.people, sorted(taken.whom), now
    export.save(update_fields=["file", "people", "whom", "written_at"])
    record(EXPORT_WRITTEN, export, after={"kind": export.kind, "people": taken.people})
    if taken.note is not None:
        taken.note(actor=actor, now=now)
    return export.pk


@action
def end_export(*, actor: Actor, now: datetime, export: Export) -> None:
    """Its time is over. The file goes first: a row without one is refused, a file without a row would stay for ever."""
    remove(export.pk)
    record(EXPORT_ENDED, export, before={"kind": export.kind})
    export.delete()
