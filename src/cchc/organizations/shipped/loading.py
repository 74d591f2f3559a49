"""Entering the shipped units, by actions like everybody else. Running it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from cchc.audit.actors import Actor
from cchc.organizations.actions.units import Standing, found_unit, reorganize
from cchc.organizations.models import Unit
from cchc.organizations.shipped.reading import (
    Named,
    Reform,
    shipped_communes,
    shipped_district,
    shipped_provinces,
)


def load_provinces(*, actor: Actor, now: datetime) -> list[Unit]:
    """The 34 provinces since 1/7/2025 and the 29 that went into them. The provinces that are, in the file's order."""
    shipped = shipped_provinces()
    loader = _Loader(actor, now)
    units = [loader.found(named, None, shipped.since) for named in shipped.units]
    for named, unit in zip(shipped.units, units, strict=True):
        former = [loader.found(one, None, shipped.since) for one in named.took_in]
        loader.merge(former, unit, shipped.reform)
    return units


def load_communes(province: Unit, *, actor: Actor, now: datetime) -> list[Unit]:
    """The communes of a province for which some are shipped (`quang-ngai`), since 1/7/2025."""
    loader, since = _Loader(actor, now), shipped_provinces().reform.effective_on
    return [loader.found(named, province, since) for named in shipped_communes(province.code)]


def load_district(name: str, *, actor: Actor, now: datetime) -> list[Unit]:
    """The communes of a former district (`kon-ray`: those that its council scored in 2022), and what became of them.

    The former province and the communes of today are there already.
    """
    shipped = shipped_district(name)
    loader = _Loader(actor, now)
    district = loader.found(shipped.district, Unit.objects.get(code=shipped.former_province), shipped.since)
    units = [loader.found(named, district, shipped.since) for named in shipped.units]
    for code in dict.fromkeys(named.into for named in shipped.units):
        former = [unit for unit, named in zip(units, shipped.units, strict=True) if named.into == code]
        loader.merge(former, Unit.objects.get(code=code), shipped.reform)
    return units


_PEOPLES_COMMITTEE: Final = "UBND"
"""Who issues for a province, a district or a commune."""


class _Loader:
    """Founds what is not there yet."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self._actor, self._now = actor, now
        self._here = {unit.code: unit for unit in Unit.objects.order_by("pk")}

    def found(self, named: Named, parent: Unit | None, starts_on: date) -> Unit:
        """The unit with that code, new or as it is."""
        if named.code not in self._here:
            standing = Standing(named.kind, named.name.vi, parent, named.name.en or "", _PEOPLES_COMMITTEE)
            self._here[named.code] = found_unit(
                actor=self._actor, now=self._now, code=named.code, standing=standing, starts_on=starts_on
            )
        return self._here[named.code]

    def merge(self, former: Iterable[Unit], into: Unit, reform: Reform) -> None:
        """Those that are not gone yet go into `into`."""
        left = [unit for unit in former if not unit.successions.exists()]
        if left:
            reorganize(
                actor=self._actor,
                now=self._now,
                kind="merger",
                predecessors=left,
                successors=[into],
                effective_on=reform.effective_on,
                source=reform.source,
                doubt=reform.verification.doubt or "",
                doubt_en=reform.verification.doubt_en or "",
            )
