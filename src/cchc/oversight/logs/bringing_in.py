"""A log brought in at one go, for the command line: by the same actions as the pages, without a job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone

from cchc.audit.actors import Actor
from cchc.files.sending import Sender
from cchc.interface.jobs import Effect
from cchc.ledger.mapping_reading import load_mapping
from cchc.organizations.queries.units import get_unit
from cchc.oversight.actions import logs as actions
from cchc.oversight.logs.receiving import log_received
from cchc.oversight.logs.working import Tell, load_log, try_log
from cchc.oversight.models import DelaySource, LogImport, SourceKind
from cchc.oversight.queries.logs import get_log
from cchc.oversight.states_logs import LOADING
from cchc.records.errors import Place, refuse, unreadable


def bring_in(
    *, actor: Actor, log: Path, mapping: Path, source: str, unit: str | None, drops_gone: bool, tell: Tell
) -> LogImport:
    """The log as it was loaded. A run that was stopped leaves what it has written; the next one goes through the log
    again, and what is there already is not written again.

    Raises `oversight.source_unknown`, `oversight.trial_refused`, and whatever is wrong with mapping or log.
    """
    load_mapping(mapping)  # refused before anything is kept
    found = _source(actor, source, unit)
    made = _handed_in(actor, found, log)
    text = mapping.read_text(encoding="utf-8-sig")
    actions.map_log(actor=actor, now=timezone.now(), number=made.pk, mapping=text)
    try_log(get_log(made.pk), tell)(actor=actor, now=timezone.now())
    _give_up_what_was_killed(actor, found)
    actions.ask_for_load(actor=actor, now=timezone.now(), number=made.pk, drops_gone=drops_gone, by_job=False)
    _load(actor, made.pk, tell)
    return get_log(made.pk)


def _source(actor: Actor, name: str, code: str | None) -> DelaySource:
    """The one of that name; a new one where the unit is named too. Raises `oversight.source_unknown`."""
    known = DelaySource.objects.filter(kind=SourceKind.LOG, name=name, ended_at=None).select_related("unit")
    unit = None if code is None else get_unit(code)
    some = list((known if unit is None else known.filter(unit=unit)).order_by("pk")[:2])
    if len(some) == 1:
        return some[0]
    if some or unit is None:
        raise refuse("oversight.source_unknown", name=name)
    return actions.add_log_source(actor=actor, now=timezone.now(), name=name, unit=unit)


def _handed_in(actor: Actor, source: DelaySource, log: Path) -> LogImport:
    try:
        stream = log.open("rb")
    except OSError as error:
        raise unreadable("tables.file_not_opened", Place(str(log))) from error
    with stream, log_received(stream, log.name, None) as upload:
        return actions.hand_in_log(
            actor=actor, now=timezone.now(), source=source, upload=upload, sender=Sender(), denies_state_secret=True,
            looks=False,
        )  # fmt: skip


def _give_up_what_was_killed(actor: Actor, source: DelaySource) -> None:
    """A load without a job belongs to a run of the command line that is no more, or that is told at its next part."""
    for left in source.imports.filter(state=LOADING, job=None).order_by("pk"):
        actions.give_up_load(actor=actor, now=timezone.now(), number=left.pk)


def _load(actor: Actor, number: int, tell: Tell) -> None:
    def save(saved: Any, *, writes: Effect | None = None) -> None:
        assert writes is not None  # nothing is saved here but what is written
        writes(actor=actor, now=timezone.now())

    try:
        end = load_log(get_log(number), None, save, tell)
    except BaseException:
        actions.give_up_load(actor=actor, now=timezone.now(), number=number)
        raise
    end(actor=actor, now=timezone.now())
