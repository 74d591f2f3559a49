"""Dossiers that are over are laid into the archive; what was typed wrongly is corrected, also there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.recording import note, take
from cchc.dossiers.audit_kinds import CORRECTED, OF_ARCHIVE
from cchc.dossiers.models import ArchiveRecord, Correction, Dossier
from cchc.dossiers.policies import may_lay
from cchc.dossiers.rules import RetentionClass, rules_on
from cchc.dossiers.searching import search_key_of
from cchc.dossiers.shown_events import CORRECT
from cchc.followups.actions.recording import required, said
from cchc.organizations.doers import done_by
from cchc.records.errors import refuse

CORRECTABLE: Final = (
    "owner_name", "owner_number", "owner_address", "owner_phone", "owner_email", "submitter_name", "submitter_number",
    "subject",
)  # fmt: skip
"""What somebody typed at the counter; everything else was worked out, or is put right by an act of its own."""


@action
def archive(
    *, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, place: str, retention_class: str
) -> Dossier:  # fmt: skip
    """Its papers lie there from now on, and nothing more is done to it; once more where they lie elsewhere, or the
    class was wrong. Raises `dossiers.not_over`, `dossiers.unknown_class`, `dossiers.stale`, `followups.nothing_said`.
    """
    words = required(place)
    taken = take(dossier, expected_version)
    act = "archive" if taken.archived_at is None else "rearchive"
    may_lay(taken).require()
    before, day = values_of(taken), localdate(now)
    kept = next((one for one in rules_on(day).value.retention if one.id == retention_class), None)
    if kept is None:
        raise refuse("dossiers.unknown_class")
    made = ArchiveRecord.objects.create(
        dossier=taken, place=words, retention_class=kept.id, keep_until=kept_until(kept, _over_on(taken)), laid_at=now,
        **done_by(actor, "laid"),
    )  # fmt: skip
    if taken.archived_at is None:
        taken.archived_at = now
    note(taken, act, actor, now, text=made.place)
    taken.version += 1
    taken.save()
    record(OF_ARCHIVE[act], taken, before=before, after=values_of(taken) | {"place": made.place})
    return taken


@action
def correct(
    *, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, values: Mapping[str, str], reason: str
) -> Dossier:  # fmt: skip
    """What was typed wrongly is put right; what stood there stays in a record. It is found by the new words.

    Raises `dossiers.nothing_corrected`, `dossiers.stale`, `followups.nothing_said`; `LookupError` for another field.
    """
    words = required(reason)
    if unknown := values.keys() - set(CORRECTABLE):
        raise LookupError(f"not corrected: {sorted(unknown)}")
    taken = take(dossier, expected_version)
    before = values_of(taken)
    after = {name: " ".join(said(text).split()) for name, text in values.items()}
    changed = {name: text for name, text in after.items() if text != getattr(taken, name)}
    if not changed:
        raise refuse("dossiers.nothing_corrected")
    if "owner_name" in changed:
        required(changed["owner_name"])
    Correction.objects.create(
        dossier=taken, before={name: getattr(taken, name) for name in changed}, after=changed, reason=words,
        corrected_at=now, **done_by(actor, "corrected"),
    )  # fmt: skip
    for name, text in changed.items():
        setattr(taken, name, text)
    taken.search_key = search_key_of(taken)
    note(taken, CORRECT, actor, now, text=words)
    taken.version += 1
    taken.save()
    record(CORRECTED, taken, before=before, after=values_of(taken), reason=words)
    return taken


def kept_until(kept: RetentionClass, over_on: date) -> date | None:
    """Counted from the end of the year in which the dossier was over; None for ever."""
    return None if kept.years is None else date(over_on.year + kept.years, 12, 31)


def _over_on(dossier: Dossier) -> date:
    ended = dossier.handed_over_at or dossier.ended_at
    assert ended is not None  # it is over
    return localdate(ended)
