"""Whom the names in logs mean: noted as logs are tried, decided by people, and matched anew in what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.interface.actions import request_job
from cchc.organizations.doers import done_by
from cchc.organizations.models import Official, Unit
from cchc.oversight.actions.keeping import keep_rows
from cchc.oversight.actions.logs import NamesChanged
from cchc.oversight.audit_kinds import NAME_DECIDED, NAMES_NOTED
from cchc.oversight.keeping import KeptRows
from cchc.oversight.models import DelaySource, Meant, NameKind, SourceName
from cchc.records.errors import refuse

MATCH: Final = "oversight.match_names"
Said = tuple[str, str, str]
"""A kind, a text, and the text of the unit beside it."""
_AT_ONCE: Final = 500


@action
def note_names(*, actor: Actor, now: datetime, source: DelaySource, said: Mapping[Said, tuple[int, int]]) -> None:
    """The names in a log, with steps and late minutes; what was decided about them stays."""
    if not said:
        nothing_changed()
        return
    rows = [
        SourceName(source=source, kind=kind, text=text, unit_text=unit, steps=steps, late_minutes=late)
        for (kind, text, unit), (steps, late) in sorted(said.items())
    ]
    SourceName.objects.bulk_create(
        rows, batch_size=_AT_ONCE, update_conflicts=True, unique_fields=["source", "kind", "text", "unit_text"],
        update_fields=["steps", "late_minutes"],
    )  # fmt: skip
    record(NAMES_NOTED, source, after={"names": len(rows)})


@action
def decide_name(
    *, actor: Actor, now: datetime, name: SourceName, meant: str, official: Official | None = None,
    unit: Unit | None = None, version: int | None = None,
) -> SourceName:  # fmt: skip
    """Say whom a name means. What is kept is matched anew by a job, and the sums follow.

    Raises `oversight.name_stale` when somebody else did meanwhile, `oversight.name_without_match` where nobody is
    named.
    """
    source = DelaySource.objects.select_for_update().get(pk=name.source_id)
    locked = SourceName.objects.select_for_update().get(pk=name.pk)
    if version is not None and locked.version != version:
        raise refuse("oversight.name_stale")
    if not _decide(locked, meant, official, unit, actor, now):
        nothing_changed()
        return locked
    _match_anew(source, [locked], actor, now)
    return locked


@action
def confirm_names(
    *, actor: Actor, now: datetime, source: DelaySource, confirmed: Mapping[int, Official | Unit]
) -> int:  # fmt: skip
    """Several names at once mean whom somebody confirmed, each by its key; how many were not decided before.

    Raises `oversight.name_without_match` where nothing was chosen.
    """
    if not confirmed:
        raise refuse("oversight.name_without_match")
    locked = DelaySource.objects.select_for_update().get(pk=source.pk)
    open_ones = SourceName.objects.select_for_update().filter(source=source, pk__in=confirmed, meant=Meant.OPEN)
    decided = []
    for name in open_ones.order_by("pk"):
        one = confirmed[name.pk]
        official, unit = (one, None) if isinstance(one, Official) else (None, one)
        if _decide(name, Meant.MATCHED.value, official, unit, actor, now):
            decided.append(name)
    if not decided:
        nothing_changed()
        return 0
    _match_anew(locked, decided, actor, now)
    return len(decided)


@action
def match_part(*, actor: Actor, now: datetime, source: DelaySource, rows: Sequence[KeptRows], version: int) -> None:
    """Rows of a source matched anew. Raises `NamesChanged` when somebody decided again meanwhile."""
    locked = DelaySource.objects.select_for_update().get(pk=source.pk)
    if locked.version != version:
        raise NamesChanged
    keep_rows(actor=actor, now=now, source=locked, rows=rows)
    nothing_changed()


def _decide(
    name: SourceName, meant: str, official: Official | None, unit: Unit | None, actor: Actor, now: datetime
) -> bool:
    """Whether it says something new."""
    named = unit if name.kind == NameKind.UNIT else official
    if (meant == Meant.MATCHED) != (named is not None) or (meant == Meant.SYSTEM and name.kind == NameKind.UNIT):
        raise refuse("oversight.name_without_match")
    before = _told(name)
    name.meant = meant
    name.official, name.unit = (None, unit) if name.kind == NameKind.UNIT else (official, None)
    if _told(name) == before:
        return False
    name.decided_at, name.version = now, name.version + 1
    for column, value in done_by(actor, "decided").items():
        setattr(name, column, value)
    name.save()
    record(NAME_DECIDED, name, before=before, after=_told(name))
    return True


def _told(name: SourceName) -> dict[str, Any]:
    return {"meant": name.meant, "official": name.official_id, "unit": name.unit_id}


def _match_anew(source: DelaySource, names: Sequence[SourceName], actor: Actor, now: datetime) -> None:
    source.version += 1
    source.save(update_fields=["version"])
    given = {"source": source.pk, "names": tuple(one.pk for one in names)}
    request_job(actor=actor, now=now, kind=MATCH, parameters=given, key=f"{source.pk} {source.version}")
