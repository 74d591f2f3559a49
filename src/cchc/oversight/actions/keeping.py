"""The ledger of dossiers is kept: what changed is written whole, and the sums it touches are counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.oversight.actions.sums import pairs_of, recount_sums
from cchc.oversight.audit_kinds import REFRESHED, ROWS_KEPT, SOURCE_ADDED
from cchc.oversight.keeping import KeptRows, Values
from cchc.oversight.models import (
    CaseGround,
    DelayLoad,
    DelaySource,
    DelayVerdict,
    KeptDossier,
    KeptShare,
    KeptSignal,
    KeptSpell,
    ListedItem,
    ResponsibilityCase,
    SourceKind,
)
from cchc.oversight.own import OwnRows

PART: Final = 2_000
"""How many dossiers are written at once at most: what a job holds in memory."""
_AT_ONCE: Final = 500
_OWN_NAME: Final = "Hồ sơ trong hệ thống"
_COLUMNS: Final = (
    "own", "version", "load", "procedure", "procedure_name", "field", "unit", "unit_name", "unit_said", "received_at",
    "first_due_at", "due_at", "ended_at", "judged_at", "is_late", "late_minutes", "late_first_minutes",
    "evidenced_at", "late_evidenced_minutes", "digest", "is_sample",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """How many dossiers were new, had changed, were kept already as they are, and are gone."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0

    def __add__(self, other: Kept) -> Kept:
        """Of several parts."""
        return Kept(
            self.new + other.new, self.changed + other.changed, self.same + other.same, self.gone + other.gone
        )  # fmt: skip


@action
def keep_rows(
    *, actor: Actor, now: datetime, source: DelaySource, rows: Sequence[KeptRows], load: DelayLoad | None = None,
    gone: Sequence[int] = (),
) -> Kept:  # fmt: skip
    """Dossiers of a log as they are now, at most `PART` of them; those of the keys `gone` are not in it any more and
    go, but for those about which somebody has decided: verdicts, lists and cases keep what they rest on.
    """
    beside = {"load_id": None if load is None else load.pk}
    return _keep(locked(source.pk), [(one, beside) for one in rows], _undecided(gone))


@action
def keep_own(*, actor: Actor, now: datetime, rows: Sequence[OwnRows]) -> Kept:
    """Dossiers of our own as they were computed, at most `PART` of them; what was kept meanwhile of a later state or
    moment stays.
    """
    beside = [(one.kept, {"own_id": one.dossier.pk, "version": one.dossier.version}) for one in rows]
    return _keep(locked(own_source(now).pk), beside, ())


@action
def finish_refresh(*, actor: Actor, now: datetime, true_at: datetime, seen_event: int) -> None:
    """What is kept of our own dossiers is true as of that moment, and no event up to that one is read again."""
    source = own_source(now)
    before = {"true_at": source.true_at and source.true_at.isoformat()}
    source.true_at, source.seen_event = true_at, max(seen_event, source.seen_event)
    source.save(update_fields=["true_at", "seen_event"])
    record(REFRESHED, source, before=before, after={"true_at": true_at.isoformat()})


def own_source(now: datetime) -> DelaySource:
    """Our own one-stop as a source, made when it is first needed; inside an action."""
    source, is_new = DelaySource.objects.get_or_create(
        kind=SourceKind.OWN, defaults={"name": _OWN_NAME, "since_at": now}
    )
    if is_new:
        record(SOURCE_ADDED, source, after={"kind": source.kind, "name": source.name})
    return source


def locked(source: int) -> DelaySource:
    """By its key. One writes to a source, or changes its sums, at a time; it is locked before its dossiers."""
    return DelaySource.objects.select_for_update().get(pk=source)


def _keep(source: DelaySource, given: Sequence[tuple[KeptRows, Values]], gone: Sequence[int]) -> Kept:
    if len(given) > PART or len(gone) > PART:
        raise ValueError(f"at most {PART} dossiers are kept at once")
    there = KeptDossier.objects.filter(source=source, code__in=[rows.code for rows, _ in given])
    before = {one.code: one for one in there.only("code", "digest", "version", "judged_at").order_by()}
    changed = [(rows, more) for rows, more in given if _is_wanted(rows, more, before.get(rows.code))]
    new = sum(rows.code not in before for rows, _ in changed)
    kept = Kept(new, len(changed) - new, len(given) - len(changed), len(gone))
    if not changed and not gone:
        nothing_changed()
        return kept
    replaced = [before[rows.code].pk for rows, _ in changed if rows.code in before]
    touched = pairs_of([*replaced, *gone])
    _forget(replaced, gone)
    touched |= _write(source, changed)
    recount_sums(source, touched)
    counted = {"new": kept.new, "changed": kept.changed, "gone": kept.gone, "pairs": len(touched)}
    record(ROWS_KEPT, source, after=counted)
    return kept


def _is_wanted(rows: KeptRows, more: Values, before: KeptDossier | None) -> bool:
    """Whether what is kept is another, and not of later."""
    if before is None:
        return True
    version = more.get("version", 0)
    if "version" in more and (before.version, before.judged_at) > (version, rows.dossier["judged_at"]):
        return False
    return (before.digest, before.version) != (rows.digest, version)


def _forget(replaced: Sequence[int], gone: Sequence[int]) -> None:
    for model in (KeptSpell, KeptShare, KeptSignal):
        model.objects.filter(dossier__in=[*replaced, *gone]).delete()
    if gone:
        KeptDossier.objects.filter(pk__in=list(gone)).delete()


def _undecided(keys: Sequence[int]) -> list[int]:
    """Those of the dossiers on which nothing rests that people decided."""
    decided = Q(pk__in=[])
    for model in (DelayVerdict, ListedItem, ResponsibilityCase, CaseGround):
        decided |= Exists(model.objects.filter(kept=OuterRef("pk")))
    found = KeptDossier.objects.filter(~decided, pk__in=list(keys))
    return list(found.order_by("pk").values_list("pk", flat=True))


def _write(source: DelaySource, changed: Sequence[tuple[KeptRows, Values]]) -> set[Any]:
    """Dossiers, then their spells and shares; the months and units in which they are."""
    made = [_dossier(source, rows, more) for rows, more in changed]
    KeptDossier.objects.bulk_create(
        made, batch_size=_AT_ONCE, update_conflicts=True, unique_fields=["source", "code"], update_fields=_COLUMNS
    )
    codes = [rows.code for rows, _ in changed]
    keys = dict(KeptDossier.objects.filter(source=source, code__in=codes).order_by().values_list("code", "pk"))
    spells = (KeptSpell(dossier_id=keys[rows.code], **_columns(one)) for rows, _ in changed for one in rows.spells)
    KeptSpell.objects.bulk_create(spells, batch_size=_AT_ONCE)
    shares = [
        KeptShare(source=source, dossier_id=keys[rows.code], **_columns(one)) for rows, _ in changed
        for one in rows.shares
    ]  # fmt: skip
    KeptShare.objects.bulk_create(shares, batch_size=_AT_ONCE)
    asked = (
        KeptSignal(source=source, dossier_id=keys[rows.code], **_columns(one)) for rows, _ in changed
        for one in rows.signals
    )  # fmt: skip
    KeptSignal.objects.bulk_create(asked, batch_size=_AT_ONCE)
    return {(one.month, one.unit_id, one.unit_name) for one in shares}


def _dossier(source: DelaySource, rows: KeptRows, more: Values) -> KeptDossier:
    return KeptDossier(source=source, digest=rows.digest, **_columns(rows.dossier), **more)


def _columns(values: Values) -> Values:
    """Keys of officials and units as the columns are called that hold them."""
    named = {"unit": "unit_id", "official": "official_id"}
    return {named.get(name, name): value for name, value in values.items()}
