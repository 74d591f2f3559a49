"""What units are to reach in a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.timezone import localdate

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.audit_kinds import TARGET_SET, TARGET_WITHDRAWN
from cchc.dossiers.models import UnitTarget
from cchc.dossiers.targets import METRICS, Target
from cchc.followups.actions.recording import required, said
from cchc.organizations.doers import done_by
from cchc.organizations.models import Ancestry, Unit
from cchc.organizations.models.dated import during
from cchc.papers.models import LegalBasis
from cchc.records.errors import refuse

_DECIDED: Final = ("percent", "volume", "number", "issued_on", "basis_id")


@dataclass(frozen=True, slots=True)
class Decided:
    """A target of a year, and the decision: of the library, or by number and date."""

    year: int
    target: Target
    number: str = ""
    issued_on: date | None = None
    basis: LegalBasis | None = None


@action
def set_targets(
    *, actor: Actor, now: datetime, metric: str, units: Sequence[Unit], decided: Decided, reason: str = ""
) -> Sequence[UnitTarget]:
    """From now on this is what each of these units is to reach; of which the same holds already, nothing is written.

    Raises `dossiers.no_unit_of_target`, `dossiers.target_rests_on_nothing`, `dossiers.decided_later`,
    `papers.basis_not_citable`, `followups.nothing_said` where another target is replaced without a reason.
    """
    if not units:
        raise refuse("dossiers.no_unit_of_target")
    fields = _fields(metric, decided, localdate(now))
    _check_basis(decided.basis, units, localdate(now))
    held = newest_targets(units, metric, decided.year)
    changed = [unit for unit in units if not _is_same(held.get(unit.pk), fields)]
    if not changed:
        nothing_changed()
    replaces = any(unit.pk in held for unit in changed)
    why = required(reason) if replaces else said(reason)
    return [_add(actor, now, unit, held.get(unit.pk), {**fields, "reason": why}) for unit in changed]


@action
def withdraw_target(*, actor: Actor, now: datetime, target: UnitTarget, reason: str) -> UnitTarget:
    """The unit has no target of that year any more. Raises `followups.nothing_said`, `dossiers.target_ended`."""
    held = newest_targets([target.unit], target.metric, target.year)
    if held.get(target.unit_id) != target or target.is_withdrawn:
        raise refuse("dossiers.target_ended")
    fields = {name: getattr(target, name) for name in ("metric", "year", *_DECIDED)}
    return _add(actor, now, target.unit, target, {**fields, "is_withdrawn": True, "reason": required(reason)})


def newest_targets(units: Sequence[Unit], metric: str, year: int) -> Mapping[int, UnitTarget]:
    """By unit the record that counts, withdrawn ones too. One query, which locks the units: whoever comes second sees
    what the first one wrote.
    """
    keys = [unit.pk for unit in units]
    list(Unit.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    found = UnitTarget.objects.filter(unit__in=keys, metric=metric, year=year).order_by("pk")
    return {one.unit_id: one for one in found}


def _fields(metric: str, decided: Decided, today: date) -> dict[str, Any]:
    number = said(decided.number)
    if metric not in METRICS:
        raise LookupError(f"no metric {metric!r}")
    if decided.basis is None and not (number and decided.issued_on):
        raise refuse("dossiers.target_rests_on_nothing")
    if decided.issued_on is not None and decided.issued_on > today:
        raise refuse("dossiers.decided_later", day=decided.issued_on)
    return {
        "metric": metric, "year": decided.year, "percent": decided.target.percent, "volume": decided.target.volume,
        "number": number, "issued_on": decided.issued_on, "basis_id": decided.basis and decided.basis.pk,
    }  # fmt: skip


def _check_basis(basis: LegalBasis | None, units: Sequence[Unit], day: date) -> None:
    if basis is None:
        return
    keys = {unit.pk for unit in units}
    links = Ancestry.objects.filter(during(day), ancestor=basis.unit_id, descendant__in=keys)
    if keys - set(links.order_by("pk").values_list("descendant", flat=True)) - {basis.unit_id}:
        raise refuse("papers.basis_not_citable", names=(basis.name,))


def _is_same(held: UnitTarget | None, fields: Mapping[str, Any]) -> bool:
    return held is not None and not held.is_withdrawn and all(getattr(held, one) == fields[one] for one in _DECIDED)


def _add(actor: Actor, now: datetime, unit: Unit, held: UnitTarget | None, fields: Mapping[str, Any]) -> UnitTarget:
    made = UnitTarget.objects.create(unit=unit, set_at=now, **done_by(actor, "set"), **fields)
    kind = TARGET_WITHDRAWN if made.is_withdrawn else TARGET_SET
    record(kind, made, before=values_of(held) if held else None, after=values_of(made), reason=made.reason or None)
    return made
