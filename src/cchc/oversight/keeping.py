"""What the ledger computed of dossiers, made into the rows that are kept of them. Nothing here reads or writes."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl

from cchc.ledger.compute import Ledger
from cchc.ledger.counting import month_of
from cchc.records.errors import refuse
from cchc.records.months import bounds

Values = dict[str, Any]
MINUTES: Final = (
    "working_minutes", "overrun_minutes", "late_minutes", "late_overrun", "late_holder", "late_first_overrun",
    "late_first_holder",
)  # fmt: skip
"""What spells, shares and sums count alike: worked, over the step's limit, charged; and charged by each of the four
rules (by limits or by who held it, by the current or by the first appointment).
"""
LONGEST_NAME: Final = 300
LONGEST_PROCEDURE: Final = 500
LONGEST_ROLE: Final = 100
_HOLDER: Final = ("holder_kind", "official", "holder_name", "role", "unit", "unit_name")
_KEY: Final = (*_HOLDER, "month")
_WHO_WAITS: Final = ("official", "queue", "system")
"""Whose own delay it is: what is waited for (papers, payments) has no limit of a step."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows of the names in a ledger, by the text that stands there: keys of officials, of units.

    What is not in it stays a name. Of our own dossiers the texts are codes; of a log (`is_log`) names, an official's
    together with the unit beside it: `people` are matched, `systems` are no people.
    """

    officials: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[tuple[str, str], int] = field(default_factory=dict)
    systems: frozenset[tuple[str, str]] = frozenset()
    is_log: bool = False


@dataclass(frozen=True, slots=True)
class KeptRows:
    """Values of one dossier, its spells, its shares, and questions to its record (`asking`), by the names of the
    columns; `digest` is of all of them.
    """

    dossier: Values
    spells: Sequence[Values]
    shares: Sequence[Values]
    digest: str
    signals: Sequence[Values] = ()

    @property
    def code(self) -> str:
        """Of the dossier."""
        return str(self.dossier["code"])


def rows_of(ledger: Ledger, time_zone: str, until: datetime, known: Known) -> list[KeptRows]:
    """One for each dossier of the ledger; its open ones are judged at `until`, months are those of `time_zone`.

    Raises `oversight.not_conserved` for a dossier whose spells do not add up to its late minutes.
    """
    spells = ledger.spells.with_columns(month=month_of("to_at", time_zone)).rows(named=True)
    by_place = defaultdict[int, list[Values]](list)
    for spell in spells:
        by_place[spell["position"]].append(_spell(spell, len(by_place[spell["position"]]), known))
    dossiers = ledger.dossiers.rows(named=True)
    return [_rows(_dossier(one, until, known), by_place[place], time_zone) for place, one in enumerate(dossiers)]


def shares_of(dossier: Values, spells: Iterable[Values], time_zone: str) -> list[Values]:
    """A holder's spells of a month in a role, added up, and which of the shares counts the dossier."""
    parts = defaultdict[tuple[Any, ...], list[Values]](list)
    for spell in spells:
        parts[tuple(spell[name] for name in _KEY)].append(spell)
    shares = [_share(dict(zip(_KEY, key, strict=True)), some) for key, some in parts.items()]
    of_holder = defaultdict[tuple[Any, ...], list[Values]](list)
    for share in shares:
        of_holder[tuple(share[name] for name in _KEY if name != "role")].append(share)
    for some in of_holder.values():
        _judge(dossier, some, time_zone)
    return shares


def _rows(dossier: Values, spells: Sequence[Values], time_zone: str) -> KeptRows:
    _check(dossier, spells)
    said = json.dumps([dossier, spells], ensure_ascii=False, default=str, sort_keys=True)
    return KeptRows(dossier, spells, shares_of(dossier, spells, time_zone), hashlib.sha256(said.encode()).hexdigest())


def matched_anew(dossier: Values, spells: Sequence[Values], time_zone: str, known: Known) -> KeptRows:
    """Rows of a log as they would be had they been read now: only whom its names mean may differ."""
    unit = _unit_of(dossier["unit_said"], known)
    return _rows(dossier | unit, [one | _matched(one, known) for one in spells], time_zone)


def _matched(spell: Values, known: Known) -> Values:
    kind = "official" if spell["holder_said"] else spell["holder_kind"]
    return _held_by(kind, spell["holder_said"], spell["unit_said"], known)


def _check(dossier: Values, spells: Sequence[Values]) -> None:
    """Every late minute is somebody's, by each rule; the limits alone never charge more than there is."""
    late, first = dossier["late_minutes"], dossier["late_first_minutes"]
    whole = {"late_minutes": late, "late_holder": late, "late_first_holder": first}
    most = {"late_overrun": late, "late_first_overrun": first}
    charged = {name: sum(spell[name] for spell in spells) for name in (*whole, *most)}
    is_whole = all(charged[name] == minutes for name, minutes in whole.items())
    if not is_whole or any(charged[name] > minutes for name, minutes in most.items()):
        raise refuse("oversight.not_conserved", code=dossier["code"], late=late, charged=charged["late_minutes"])


def _dossier(row: Mapping[str, Any], until: datetime, known: Known) -> Values:
    return {
        "code": row["dossier"],
        "procedure": (row["procedure"] or "")[:LONGEST_PROCEDURE],
        "field": row["field"] or "",
        **_unit_of(row["unit"], known),
        "received_at": row["received_at"],
        "first_due_at": row["first_due_at"],
        "due_at": row["due_at"],
        "ended_at": row["finished_at"],
        "judged_at": row["finished_at"] or until.astimezone(UTC).replace(second=0, microsecond=0),
        "is_late": bool(row["late"]),
        "late_minutes": row["late_minutes"],
        "late_first_minutes": row["late_first_minutes"],
        "evidenced_at": row["evidenced_at"],
        "late_evidenced_minutes": row["late_evidenced_minutes"],
    }


def _spell(row: Mapping[str, Any], place: int, known: Known) -> Values:
    is_named = row["holder_kind"] == "official"
    return {
        "place": place,
        "step": row["step"],
        **_held_by(row["holder_kind"], row["holder"] if is_named else None, row["unit"], known),
        "role": (row["role"] or "")[:LONGEST_ROLE],
        "month": row["month"],
        **{name: row[name] for name in ("from_at", "to_at", "is_event", "limit_minutes", *MINUTES)},
    }


def _held_by(kind: str, holder: str | None, unit: str | None, known: Known) -> Values:
    """Who had it, as far as it is known, and what stood in the log."""
    named = ((holder or "")[:LONGEST_NAME], (unit or "")[:LONGEST_NAME])
    official, holder_name = _known(holder, known.officials)
    if named in known.people:
        official, holder_name = known.people[named], ""
    if holder and named in known.systems:
        kind, official, holder_name = "system", None, ""
    said = named[0] if known.is_log else ""
    who = {"holder_kind": kind, "official": official, "holder_name": holder_name, "holder_said": said}
    return who | _unit_of(unit, known)


def _unit_of(text: str | None, known: Known) -> Values:
    unit, unit_name = _known(text, known.units)
    return {"unit": unit, "unit_name": unit_name, "unit_said": (text or "")[:LONGEST_NAME] if known.is_log else ""}


def _known(text: str | None, keys: Mapping[str, int]) -> tuple[int | None, str]:
    """The key of what the register knows, else its name."""
    key = keys.get(text[:LONGEST_NAME]) if text else None
    return key, "" if key is not None else (text or "")[:LONGEST_NAME]


def allotted(spells: Sequence[Values]) -> int | None:
    """What the steps of these spells might take, the limit of each step once; None without any."""
    limits: dict[str, int] = {}
    for spell in spells:
        if spell["limit_minutes"] is not None:
            limits[spell["step"]] = max(limits.get(spell["step"], 0), spell["limit_minutes"])
    return sum(limits.values()) if limits else None


def _share(key: Values, spells: Sequence[Values]) -> Values:
    return {
        **key,
        "steps": sum(spell["is_event"] for spell in spells),
        "late_steps": sum(spell["is_event"] and spell["late_minutes"] > 0 for spell in spells),
        "limit_minutes": allotted(spells),
        **{name: sum(spell[name] for spell in spells) for name in MINUTES},
    }


def _judge(dossier: Values, shares: Sequence[Values], time_zone: str) -> None:
    """What a holder's shares of one month and unit, one for each role, say of the dossier."""
    first = shares[0]
    main = min(shares, key=lambda one: (-one["late_minutes"], -one["overrun_minutes"], one["role"]))
    begins, ends = bounds(first["month"], time_zone)
    due_at, ended_at = dossier["due_at"], dossier["ended_at"]
    is_own_delay = dossier["late_minutes"] == 0 and first["holder_kind"] in _WHO_WAITS
    for share in shares:
        share["is_main"] = share is main
        share["is_overdue"] = share is main and main["late_minutes"] > 0
        share["is_slow"] = share is main and is_own_delay and main["overrun_minutes"] > 0
        share["is_carried_over"] = due_at is not None and due_at < begins
        share["is_returned"] = ended_at is not None and ended_at < ends


def spell_texts(ledger: Ledger) -> tuple[set[str], set[str]]:
    """The officials and the units that a ledger names."""
    named = ledger.spells.filter(pl.col("holder_kind") == "official")["holder"].drop_nulls().unique()
    units = pl.concat([ledger.spells["unit"], ledger.dossiers["unit"]]).drop_nulls().unique()
    return set(named.to_list()), set(units.to_list())
