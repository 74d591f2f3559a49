"""Logs of other systems: a source is added, a log handed in, mapped, tried, and loaded part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Sum

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.files.actions import cite, store_upload
from cchc.files.receiving import Upload
from cchc.files.sending import Sender
from cchc.followups.actions.recording import said
from cchc.interface.actions import request_job
from cchc.organizations.doers import done_by
from cchc.organizations.models import Unit
from cchc.oversight.actions.keeping import keep_rows
from cchc.oversight.audit_kinds import (
    LOG_ASIDE,
    LOG_HANDED_IN,
    LOG_LOADED,
    LOG_LOADING,
    LOG_LOOKED_AT,
    LOG_MAPPED,
    LOG_PART,
    LOG_TRIED,
    SOURCE_ADDED,
)
from cchc.oversight.keeping import KeptRows
from cchc.oversight.logs.places import check_examined, clear
from cchc.oversight.models import DelayLoad, DelaySource, KeptDossier, LogImport, SourceKind
from cchc.oversight.policies_logs import may_become
from cchc.oversight.states_logs import LOG, LOOKING, MAPPED
from cchc.records.errors import refuse

LOOK: Final = "oversight.look_at_log"
TRY: Final = "oversight.try_log"
LOAD: Final = "oversight.load_log"
SOURCE: Final = "oversight.DelaySource"


class NamesChanged(Exception):
    """Somebody decided about a name since the rows were made: they are made anew."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a trial came to: `said` as the page shows it, by which mapping (its hash)."""

    said: Mapping[str, Any]
    mapping_hash: str


@action
def add_log_source(
    *, actor: Actor, now: datetime, name: str, unit: Unit, calendar: str = "", is_sample: bool = False
) -> DelaySource:
    """Another system whose logs are read. Raises `oversight.source_without_name`, `oversight.source_twice`."""
    if not (called := said(name)):
        raise refuse("oversight.source_without_name")
    if DelaySource.objects.filter(kind=SourceKind.LOG, unit=unit, name=called, ended_at=None).exists():
        raise refuse("oversight.source_twice", name=called)
    made = DelaySource.objects.create(
        kind=SourceKind.LOG, name=called, unit=unit, calendar=calendar, since_at=now, is_sample=is_sample
    )
    record(SOURCE_ADDED, made, after={"kind": made.kind, "name": made.name, "unit": unit.code})
    return made


@action
def hand_in_log(
    *, actor: Actor, now: datetime, source: DelaySource, upload: Upload, sender: Sender, denies_state_secret: bool,
    looks: bool = True,
) -> LogImport:  # fmt: skip
    """Keep a log for a source; a job looks at it. Raises what `store_upload` and `cite` raise."""
    file = store_upload(
        actor=actor, now=now, upload=upload, sender=sender, denies_state_secret=denies_state_secret,
        is_sample=source.is_sample,
    )  # fmt: skip
    cite(actor=actor, now=now, file=file, subject=(SOURCE, str(source.pk)))
    made = LogImport.objects.create(
        source=source, file=file, state=LOOKING, mapping=source.mapping, handed_in_at=now,
        **done_by(actor, "handed_in"),
    )  # fmt: skip
    if looks:
        _work(made, LOOK, actor, now)
    record(LOG_HANDED_IN, made, after={"source": source.pk, "file": file.pk})
    return made


@action
def note_look(*, actor: Actor, now: datetime, number: int, looked: Mapping[str, Any], mapping: str) -> int:
    """What a first look found; the mapping of the source stays where there is one. Raises
    `oversight.log_is_elsewhere`.
    """
    made = _locked(number, "look")
    made.looked, made.mapping = dict(looked), made.mapping or mapping
    _step(made, "look")
    record(LOG_LOOKED_AT, made, after={"columns": len(looked["columns"])})
    return number


@action
def map_log(*, actor: Actor, now: datetime, number: int, mapping: str, version: int | None = None) -> LogImport:
    """Say what its columns mean; what was tried before does not count any more.

    Raises `oversight.log_is_elsewhere`, `oversight.log_stale` when somebody else did meanwhile.
    """
    made = _locked(number, "map")
    if version is not None and made.version != version:
        raise refuse("oversight.log_stale")
    if made.mapping == mapping and made.state == MAPPED:
        nothing_changed()
        return made
    made.mapping, made.tried, made.tried_hash = mapping, {}, ""
    made.version += 1
    _step(made, "map")
    record(LOG_MAPPED, made, after={"mapping": sha256(mapping.encode()).hexdigest()})
    return made


@action
def ask_for_trial(*, actor: Actor, now: datetime, number: int) -> LogImport:
    """A job computes the whole log and compares it with what is kept. Raises `oversight.log_is_elsewhere`,
    `oversight.log_not_examined`.
    """
    made = _locked(number, "try")
    check_examined(made.file.blob)
    _work(made, TRY, actor, now, str(made.version))
    return made


@action
def note_trial(*, actor: Actor, now: datetime, number: int, version: int, tried: Tried) -> int:
    """What the trial came to, unless the mapping was changed meanwhile. Raises `oversight.log_is_elsewhere`."""
    made = _locked(number, "try")
    if made.version != version:
        raise refuse("oversight.log_stale")
    made.tried, made.tried_hash = dict(tried.said), tried.mapping_hash
    _step(made, "try")
    record(LOG_TRIED, made, after={"mapping_hash": tried.mapping_hash})
    return number


@action
def ask_for_load(
    *, actor: Actor, now: datetime, number: int, drops_gone: bool = False, by_job: bool = True
) -> LogImport:  # fmt: skip
    """Write what was tried into the kept ledger, part by part. Raises `oversight.log_is_elsewhere`,
    `oversight.trial_refused` where too many rows could not be used, `oversight.load_at_hand` while another log of the
    source is written.
    """
    made = _locked(number, "load")
    if not made.tried.get("is_accepted"):
        raise refuse("oversight.trial_refused")
    source = DelaySource.objects.select_for_update().get(pk=made.source_id)
    if source.loads.filter(finished_at=None).exists():
        raise refuse("oversight.load_at_hand")
    counts = made.tried["counts"]
    made.load = DelayLoad.objects.create(
        source=source, file=made.file, mapping=made.mapping, mapping_hash=made.tried_hash,
        calendar_hash=made.tried["calendar_hash"], judged_at=_judged_at(made), begun_at=now,
        rows=counts["rows"], rejects=counts["rejects"], dossiers=counts["dossiers"], late_before=_late(source),
        **done_by(actor, "begun"),
    )  # fmt: skip
    made.drops_gone = drops_gone
    _step(made, "load")
    if by_job:
        _work(made, LOAD, actor, now)
    record(LOG_LOADING, made, after={"load": made.load.pk, "drops_gone": drops_gone})
    return made


@action
def load_part(
    *, actor: Actor, now: datetime, load: DelayLoad, rows: Sequence[KeptRows], version: int, gone: Sequence[int] = ()
) -> None:
    """One part, with its counts. `version` is that of the source when the rows were made. Raises `NamesChanged`, and
    `oversight.load_over` when somebody stopped here.
    """
    source = DelaySource.objects.select_for_update().get(pk=load.source_id)
    if source.version != version:
        raise NamesChanged
    if not DelayLoad.objects.filter(pk=load.pk, finished_at=None).exists():
        raise refuse("oversight.load_over")
    kept = keep_rows(actor=actor, now=now, source=source, rows=rows, load=load, gone=gone)
    DelayLoad.objects.filter(pk=load.pk).update(
        new=F("new") + kept.new, changed=F("changed") + kept.changed, same=F("same") + kept.same
    )
    record(LOG_PART, load, after={"new": kept.new, "changed": kept.changed, "same": kept.same, "gone": kept.gone})


@action
def finish_load(*, actor: Actor, now: datetime, number: int, gone: int) -> int:
    """All is written: `gone` dossiers that were kept are not in the log. The mapping is that of the source from now
    on. Raises `oversight.load_over`.
    """
    made = _locked(number, "finish")
    source = _end(made, now, gone=gone, is_partial=False)
    source.mapping, source.calendar = made.mapping, made.tried["calendar"]
    source.true_at = _judged_at(made) or now
    source.save(update_fields=["mapping", "calendar", "true_at"])
    _step(made, "finish")
    _leave(made)
    record(LOG_LOADED, made, after=_counted(made))
    return number


@action
def give_up_load(*, actor: Actor, now: datetime, number: int) -> LogImport:
    """Stop where it is: what is written stays, the rest of the log is not read. Raises `oversight.log_is_elsewhere`."""
    made = _locked(number, "give_up")
    _end(made, now, gone=0, is_partial=True)
    _step(made, "give_up")
    _leave(made)
    record(LOG_LOADED, made, after=_counted(made) | {"is_partial": True})
    return made


@action
def set_log_aside(*, actor: Actor, now: datetime, number: int) -> LogImport:
    """Do not load it. Raises `oversight.log_is_elsewhere`."""
    made = _locked(number, "aside")
    _step(made, "aside")
    _leave(made)
    record(LOG_ASIDE, made)
    return made


def _locked(number: int, step: str) -> LogImport:
    found = LogImport.objects.select_for_update(of=("self",)).select_related("source", "file__blob", "load")
    made = found.get(pk=number)
    may_become(made, step).require()
    return made


def _step(made: LogImport, step: str) -> None:
    made.state = LOG.after(made.state, LOG.step(step))
    made.save()


def _work(made: LogImport, kind: str, actor: Actor, now: datetime, more: str = "") -> None:
    """A job for it, one for each time it is wanted."""
    given = {"number": made.pk}
    made.job = request_job(actor=actor, now=now, kind=kind, parameters=given, key=f"{made.pk} {more} {now}").pk
    made.save(update_fields=["job"])


def _end(made: LogImport, now: datetime, *, gone: int, is_partial: bool) -> DelaySource:
    assert made.load is not None  # a log that is being loaded has one
    load = DelayLoad.objects.select_for_update().get(pk=made.load_id)
    source = DelaySource.objects.select_for_update().get(pk=made.source_id)
    load.finished_at, load.gone, load.is_partial = now, gone, is_partial
    load.job, load.late_after = made.job, _late(source)
    load.save()
    made.load = load
    return source


def _counted(made: LogImport) -> dict[str, int]:
    assert made.load is not None
    return {name: getattr(made.load, name) for name in ("new", "changed", "same", "gone")}


def _leave(made: LogImport) -> None:
    """The first rows name owners of dossiers: they go, and the folder with them."""
    made.looked = {}
    made.save(update_fields=["looked"])
    transaction.on_commit(partial(clear, made.pk))


def _judged_at(made: LogImport) -> datetime | None:
    said_at = made.tried["judged_at"]
    return None if said_at is None else datetime.fromisoformat(said_at)


def _late(source: DelaySource) -> int:
    return KeptDossier.objects.filter(source=source).aggregate(all=Sum("late_minutes"))["all"] or 0
