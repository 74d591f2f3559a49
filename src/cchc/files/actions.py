"""Every write of this room: files are kept, described, cited, scanned, held back and released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils.timezone import localdate

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.files import audit_kinds, storage
from cchc.files.citing import Subject, citable
from cchc.files.limits import limits_on
from cchc.files.models import Blob, BlobState, Citation, StoredFile
from cchc.files.policies import may_be_ended, may_be_held, may_be_released
from cchc.files.receiving import Upload
from cchc.files.scanning import Finding, Outcome, is_scanning
from cchc.files.sending import NO_FACTS, Facts, Sender
from cchc.interface.actions import request_job
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.records.text import one_line

SCAN = "files.scan"
_DAY = timedelta(days=1)


@action
def store_upload(
    *, actor: Actor, now: datetime, upload: Upload, sender: Sender, denies_state_secret: bool,
    facts: Facts = NO_FACTS, is_sample: bool = False,
) -> StoredFile:  # fmt: skip
    """Keep what was received. Who uploads a content again gets the file of the first time, as it is described.

    Raises `files.secret_not_denied`, `files.found_unsafe` for a content known to be, `files.uploads_too_many`,
    `files.issued_in_future`.
    """
    if not denies_state_secret:
        raise refuse("files.secret_not_denied")
    _check_facts(facts, now)
    _check_rate(sender, now)
    blob = keep_content(actor=actor, now=now, upload=upload)
    if blob.state == BlobState.UNSAFE:
        raise refuse("files.found_unsafe")
    if (earlier := _uploaded_before(blob, sender)) is not None:
        return earlier
    file = StoredFile(
        blob=blob, received_sha256=upload.received_sha256, name=upload.name, uploaded_at=now, no_state_secret=True,
        position=upload.position,
        uploaded_by=sender.official, uploaded_as=str(actor.capacity or ""),
        on_behalf_of=sender.principal, unit=sender.unit, is_sample=is_sample,
    )  # fmt: skip
    _put(file, facts)
    try:
        return _keep_file(actor=actor, now=now, file=file)
    except IntegrityError:
        if (earlier := _uploaded_before(blob, sender)) is None:
            raise
        return earlier  # the same person, at the same moment


@action
def keep_content(*, actor: Actor, now: datetime, upload: Upload) -> Blob:
    """The content, kept once however many upload it at the same moment; scanned if there is a scanner."""
    storage.keep(upload.path, upload.sha256)
    if (known := Blob.objects.filter(sha256=upload.sha256).first()) is not None:
        nothing_changed()
        return known
    try:
        return _new_content(actor=actor, now=now, upload=upload)
    except IntegrityError:
        nothing_changed()
        return Blob.objects.get(sha256=upload.sha256)


@action
def _new_content(*, actor: Actor, now: datetime, upload: Upload) -> Blob:
    state = BlobState.SCANNING if is_scanning() else BlobState.SAFE
    blob = Blob.objects.create(
        sha256=upload.sha256, kind=upload.kind, size=upload.size, pages=upload.pages, state=state, stored_at=now
    )
    record(audit_kinds.CONTENT_STORED, blob, after=values_of(blob))
    if state == BlobState.SCANNING:
        request_job(actor=actor, now=now, kind=SCAN, parameters={"sha256": blob.sha256}, key=blob.sha256)
    return blob


@action
def _keep_file(*, actor: Actor, now: datetime, file: StoredFile) -> StoredFile:
    file.save(force_insert=True)
    record(audit_kinds.FILE_UPLOADED, file, after=values_of(file), personal=True)
    return file


def _uploaded_before(blob: Blob, sender: Sender) -> StoredFile | None:
    if sender.official is None:
        return None
    found = StoredFile.objects.filter(blob=blob, uploaded_by=sender.official).first()
    if found is not None:
        nothing_changed()
    return found


def _check_rate(sender: Sender, now: datetime) -> None:
    limit = limits_on(localdate(now)).files_per_person_per_day
    today = StoredFile.objects.filter(uploaded_by=sender.official, uploaded_at__gt=now - _DAY)
    if sender.official is not None and today.count() >= limit:
        raise refuse("files.uploads_too_many", limit=limit)


@action
def describe_file(
    *, actor: Actor, now: datetime, file: StoredFile, facts: Facts, expected_version: int | None = None
) -> StoredFile:
    """Correct the facts. Raises `files.file_stale` when somebody else did meanwhile, `files.issued_in_future`."""
    _check_facts(facts, now)
    locked = StoredFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if expected_version is not None and locked.version != expected_version:
        raise refuse("files.file_stale")
    before = values_of(locked)
    _put(locked, facts)
    if values_of(locked) == before:
        nothing_changed()
        return locked
    locked.version += 1
    locked.save()
    record(audit_kinds.FILE_DESCRIBED, locked, before=before, after=values_of(locked), personal=True)
    return locked


def _check_facts(facts: Facts, now: datetime) -> None:
    if facts.issued_on is not None and facts.issued_on > localdate(now):
        raise refuse("files.issued_in_future", day=facts.issued_on)


def _put(file: StoredFile, facts: Facts) -> None:
    file.title, file.number, file.issuer = (one_line(text) for text in (facts.title, facts.number, facts.issuer))
    file.issued_on = facts.issued_on
    file.search_key = fold(f"{file.title} {file.number} {file.issuer} {file.name}")


@action
def cite(*, actor: Actor, now: datetime, file: StoredFile, subject: Subject, reason: str = "") -> Citation:
    """Cite the file for an object; for one at which it is cited already, the citation there is.

    Raises `LookupError` for a type that no room lists, `files.found_unsafe`, `files.citations_too_many`.
    """
    subject_type, subject_id = subject
    citable(subject_type)
    locked = StoredFile.objects.select_for_update(of=("self",)).select_related("blob").get(pk=file.pk)
    if locked.blob.state == BlobState.UNSAFE:
        raise refuse("files.found_unsafe")
    there = Citation.objects.filter(subject_type=subject_type, subject_id=subject_id, ended_at=None)
    if (earlier := there.filter(file=locked).first()) is not None:
        nothing_changed()
        return earlier
    limit = limits_on(localdate(now)).files_per_object
    if there.count() >= limit:
        raise refuse("files.citations_too_many", limit=limit)
    citation = Citation.objects.create(
        file=locked, subject_type=subject_type, subject_id=subject_id, reason=one_line(reason),
        cited_by=actor.identity, cited_at=now,
    )  # fmt: skip
    record(audit_kinds.FILE_CITED, citation, after=values_of(citation))
    return citation


@action
def cite_several(
    *, actor: Actor, now: datetime, files: Sequence[StoredFile], subject: Subject, reason: str = ""
) -> None:
    """Cite each of the files for an object, for the same reason, or none of them.

    Raises `files.none_chosen`, and what `cite` raises.
    """
    if not files:
        raise refuse("files.none_chosen")
    for file in files:
        cite(actor=actor, now=now, file=file, subject=subject, reason=reason)


@action
def uncite(*, actor: Actor, now: datetime, citation: Citation, reason: str) -> Citation:
    """The file is no longer cited there; that it was stays.

    Raises `files.no_reason`, `files.citation_over`, and what the room of the object says of a file that has to stay.
    """
    if not one_line(reason):
        raise refuse("files.no_reason")
    locked = Citation.objects.select_for_update().get(pk=citation.pk)
    may_be_ended(locked).require()
    locked.ended_by, locked.ended_at, locked.ended_because = actor.identity, now, one_line(reason)
    locked.save(update_fields=["ended_by", "ended_at", "ended_because"])
    record(audit_kinds.CITATION_ENDED, locked, after=values_of(locked), reason=locked.ended_because)
    return locked


@action
def delete_uncited(*, actor: Actor, now: datetime, files: Sequence[StoredFile]) -> None:
    """Files that were never cited go, and contents that no other file has. The content itself leaves the disk by the
    nightly sweep: whoever uploads it again at this moment keeps it.
    """
    for file in files:
        record(audit_kinds.FILE_DELETED, file, before={"received_sha256": file.received_sha256})
        file.delete()
        if not file.blob.files.exists():
            record(audit_kinds.CONTENT_DELETED, file.blob, before={"sha256": file.blob.sha256})
            file.blob.delete()


@action
def mark_scanned(*, actor: Actor, now: datetime, sha256: str, finding: Finding) -> None:
    """What the scanner said. Clean lets through what waited for it; what an administrator holds back stays so."""
    blob = Blob.objects.select_for_update().get(sha256=sha256)
    before = values_of(blob)
    if finding.outcome == Outcome.FOUND:
        blob.state, blob.finding = BlobState.UNSAFE, finding.what
    elif finding.outcome == Outcome.UNKNOWN and blob.state == BlobState.SCANNING:
        blob.state, blob.finding = BlobState.QUARANTINED, finding.what
    elif blob.state == BlobState.SCANNING:
        blob.state = BlobState.SAFE
    blob.scanned_at = now
    blob.save(update_fields=["state", "finding", "scanned_at"])
    record(audit_kinds.CONTENT_SCANNED, blob, before=before, after=values_of(blob))


@action
def hold_back(*, actor: Actor, now: datetime, blob: Blob, reason: str) -> Blob:
    """Neither shown nor handed out until it is released. Raises `files.no_reason`, `files.already_closed`."""
    locked = Blob.objects.select_for_update().get(pk=blob.pk)
    may_be_held(locked).require()
    return _change_state(locked, BlobState.QUARANTINED, reason, audit_kinds.CONTENT_HELD)


@action
def release(*, actor: Actor, now: datetime, blob: Blob, reason: str) -> Blob:
    """Let a content through that is held back. Raises `files.no_reason`, `files.not_held_back`."""
    locked = Blob.objects.select_for_update().get(pk=blob.pk)
    may_be_released(locked).require()
    return _change_state(locked, BlobState.SAFE, reason, audit_kinds.CONTENT_RELEASED)


def _change_state(blob: Blob, state: BlobState, reason: str, kind: str) -> Blob:
    if not (said := one_line(reason)):
        raise refuse("files.no_reason")
    before = values_of(blob)
    blob.state, blob.finding = state, said
    blob.save(update_fields=["state", "finding"])
    record(kind, blob, before=before, after=values_of(blob), reason=said)
    return blob


@action
def request_scans(*, actor: Actor, now: datetime, hashes: list[str]) -> None:
    """Ask again for contents that no scanner has looked at, once a day each."""
    nothing_changed()
    for sha256 in hashes:
        key = f"{sha256} {localdate(now)}"
        request_job(actor=actor, now=now, kind=SCAN, parameters={"sha256": sha256}, key=key)
