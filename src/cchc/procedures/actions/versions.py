"""Versions of procedures: drafted, rewritten, published, ended, withdrawn with a reason; never deleted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.recording import required
from cchc.organizations.actions.dating import check_days
from cchc.organizations.doers import done_by, sign
from cchc.procedures.actions.catalogue import locked_procedure
from cchc.procedures.audit_kinds import (
    VERSION_DRAFTED,
    VERSION_ENDED,
    VERSION_PUBLISHED,
    VERSION_REWRITTEN,
    VERSION_WITHDRAWN,
)
from cchc.procedures.loading import check_version, read_version
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.policies import check_known, check_possible, check_unused
from cchc.procedures.states import PUBLISHED, VERSION
from cchc.procedures.versions import Version
from cchc.procedures.writing import version_text
from cchc.records.errors import refuse
from cchc.records.text import one_line
from cchc.records.timelines import Dated

_DAY = timedelta(days=1)


@action
def draft_version(*, actor: Actor, now: datetime, procedure: Procedure, dated: Dated[Version]) -> ProcedureVersion:
    """A version that holds nowhere yet. Raises what `loading.check_version` raises, `procedures.source_missing`,
    `procedures.doubt_missing`.
    """
    locked = locked_procedure(procedure.pk)
    made = ProcedureVersion(procedure=locked, state=VERSION.first, drafted_at=now, **done_by(actor, "drafted"))
    _put(made, dated)
    made.save()
    record(VERSION_DRAFTED, made, after=told(made))
    return made


@action
def rewrite_version(
    *, actor: Actor, now: datetime, version: ProcedureVersion, dated: Dated[Version], expected_edition: int
) -> ProcedureVersion:
    """Other content, days or source of a draft.

    Raises `procedures.version_stale`, `procedures.not_in_state`, and what `draft_version` raises.
    """
    locked = _taken(version, "rewrite", expected_edition)
    before, content = told(locked), locked.content
    _put(locked, dated)
    if told(locked) == before and locked.content == content:
        nothing_changed()
        return locked
    return _settled(locked, VERSION_REWRITTEN, before)


@action
def publish_version(
    *, actor: Actor, now: datetime, version: ProcedureVersion, expected_edition: int
) -> ProcedureVersion:  # fmt: skip
    """From now on it holds on its days; the one before, if it had no end, ends the day before.

    Raises `procedures.version_stale`, `procedures.not_in_state`, `procedures.days_taken`, `procedures.version_used`
    where something rests on the one before behind its new end, and what `loading.check_version` raises.
    """
    locked = _taken(version, "publish", expected_edition)
    check_version(locked.value, locked.starts_on)
    before = told(locked)
    _make_room(locked)
    locked.state, locked.published_at = PUBLISHED, now
    sign(locked, "published", actor)
    return _settled(locked, VERSION_PUBLISHED, before)


@action
def end_version(
    *, actor: Actor, now: datetime, version: ProcedureVersion, last_day: date, reason: str, expected_edition: int
) -> ProcedureVersion:
    """It holds until that day and no longer: the procedure is abolished, or another version follows.

    Raises `followups.nothing_said`, `procedures.version_stale`, `procedures.not_in_state`, `procedures.ended_before`,
    `records.ends_before_start`, `procedures.version_used`.
    """
    locked, words = _taken(version, "end", expected_edition), required(reason)
    if locked.ends_on is not None and locked.ends_on < last_day:
        raise refuse("procedures.ended_before", day=locked.ends_on)
    return _end(locked, last_day, words)


@action
def withdraw_version(
    *, actor: Actor, now: datetime, version: ProcedureVersion, reason: str, expected_edition: int
) -> ProcedureVersion:
    """It never held. Raises `followups.nothing_said`, `procedures.version_stale`, `procedures.not_in_state`,
    `procedures.version_used`.
    """
    locked, words = _taken(version, "withdraw", expected_edition), required(reason)
    check_unused(locked)
    before = told(locked)
    locked.state = VERSION.after(locked.state, VERSION.step("withdraw"))
    locked.withdrawn_at, locked.withdrawn_because = now, words
    sign(locked, "withdrawn", actor)
    return _settled(locked, VERSION_WITHDRAWN, before, words)


def told(version: ProcedureVersion) -> dict[str, Any]:
    """The columns of the record as events keep them: the content by its hash, which says that it is another."""
    return {name: value for name, value in values_of(version).items() if name != "content"}


def _put(version: ProcedureVersion, dated: Dated[Version]) -> None:
    """Write it into the record, after looking whether it can be so."""
    document, doubt = one_line(dated.source.document), one_line(dated.verification.doubt or "")
    check_known(dated)
    content = version_text(dated.value)
    check_version(read_version(content, "procedure"), dated.validity.start)
    version.starts_on, version.ends_on = dated.validity.start, dated.validity.end
    version.content, version.content_hash = content, sha256(content.encode()).hexdigest()
    version.mechanism, version.online, version.portal = dated.value.mechanism, dated.value.online, dated.value.portal
    version.source_document, version.source_on = document, dated.source.on
    version.source_article, version.source_url = dated.source.article or "", dated.source.url or ""
    version.verified = dated.verification.verified
    version.doubt_vi = "" if version.verified else doubt
    version.doubt_en = "" if version.verified else one_line(dated.verification.doubt_en or "")


def _make_room(version: ProcedureVersion) -> None:
    others = ProcedureVersion.objects.filter(procedure=version.procedure_id, state=PUBLISHED).not_over(
        version.starts_on
    )  # fmt: skip
    if version.ends_on is not None:
        others = others.filter(starts_on__lte=version.ends_on)
    for other in others.select_for_update().order_by("starts_on"):
        if other.starts_on >= version.starts_on or other.ends_on is not None:
            raise refuse("procedures.days_taken", start=other.starts_on)
        _end(other, version.starts_on - _DAY, f"{version.source_document}")


def _end(version: ProcedureVersion, last_day: date, reason: str) -> ProcedureVersion:
    check_days(version.starts_on, last_day)
    check_unused(version, last_day)
    before = told(version)
    version.ends_on = last_day
    return _settled(version, VERSION_ENDED, before, reason)


def _taken(version: ProcedureVersion, step: str, expected_edition: int) -> ProcedureVersion:
    """The procedure is locked first, as when it is changed itself."""
    locked_procedure(version.procedure_id)
    found = ProcedureVersion.objects.select_for_update(of=("self",)).select_related("procedure__keeper")
    locked = found.get(pk=version.pk)
    if locked.edition != expected_edition:
        raise refuse("procedures.version_stale", day=locked.starts_on)
    check_possible(locked, step)
    return locked


def _settled(version: ProcedureVersion, kind: str, before: dict[str, Any], reason: str = "") -> ProcedureVersion:
    version.edition += 1
    version.save()
    record(kind, version, before=before, after=told(version), reason=reason or None)
    return version
