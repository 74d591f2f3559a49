"""Procedures read from YAML: everything that is unclear is refused, with file, line and next step."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache, partial
from pathlib import Path
from typing import Final, TypeVar, cast
from urllib.parse import urlsplit

from cchc.procedures.coding import PART_ID, PROCEDURE_CODE
from cchc.procedures.rules import rules_on
from cchc.procedures.versions import (
    LEVELS,
    MECHANISMS,
    ONLINE,
    PAYMENTS,
    CatalogueEntry,
    Component,
    Fee,
    Level,
    Mechanism,
    Online,
    Payment,
    ProcedureStep,
    Version,
    comparable,
    is_civil,
    time_of,
)
from cchc.records.errors import Place, refuse, unreadable
from cchc.records.schema import (
    Collector,
    Fields,
    as_choice,
    as_count,
    as_items,
    as_local_text,
    as_text,
    as_validity,
    placing,
    reading,
)
from cchc.records.text import LocalText
from cchc.records.timelines import Timeline, as_dated
from cchc.records.yaml_text import Node, read_yaml
from cchc.worktime.appointments import EFFECTS, Effect
from cchc.worktime.limits import Limit, as_limit

T = TypeVar("T")
_KEPT: Final = 4_096


def load(path: Path) -> tuple[CatalogueEntry, ...]:
    """All procedures of a file. Raises as `read`, and `records.not_readable` for what cannot be opened."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable("procedures.not_readable", Place(str(path)), detail=error.strerror or "") from error
    return read(content, str(path))


def read(content: bytes | str, file: str) -> tuple[CatalogueEntry, ...]:
    """`{procedures: [...]}`. Raises a `DomainError` with all that is wrong."""
    with reading(read_yaml(content, file)) as fields:
        nodes, collector = as_items(fields.need("procedures")), Collector()
        found = [collector.attempt(partial(_procedure, node)) for node in nodes]
    collector.attempt(lambda: _require_once([(node, one.code) for node, one in zip(nodes, found, strict=True) if one]))
    collector.check()
    return tuple(one for one in found if one is not None)


def _procedure(node: Node) -> CatalogueEntry:
    with reading(node) as fields:
        code, name = _coded(fields.need("code"), PROCEDURE_CODE), as_local_text(fields.need("name"))
        field, level = as_local_text(fields.need("field")), as_choice(fields.need("level"), LEVELS)
        authority = as_local_text(fields.need("authority"))
        dated = [as_dated(one, _checked) for one in as_items(fields.need("versions"))]
        if not dated:
            raise refuse("procedures.no_version", fields.place, code=code)
    title = LocalText(f"{code} {name.vi}", f"{code} {name.in_language('en')}")
    return CatalogueEntry(code, name, field, cast(Level, level), authority, Timeline(title, dated, gaps_allowed=True))


@lru_cache(maxsize=_KEPT)
def read_version(content: str, file: str) -> Version:
    """The keys of one version alone, as `writing` has them: its days and source stand elsewhere."""
    with reading(read_yaml(content, file)) as fields:
        return _version(fields)


def _checked(fields: Fields) -> Version:
    """By the rules of its first day."""
    made, day = _version(fields), as_validity(fields.need("valid")).start
    with placing(fields.place_of("extensions")):
        require_few_extensions(made, day)
    with placing(fields.place_of("steps")):
        require_within(made, day)
    return made


def _version(fields: Fields) -> Version:
    limit = fields.maybe("limit", as_limit)
    steps = _steps(as_items(fields.need("steps")))
    if not steps:
        raise refuse("procedures.no_steps", fields.place_of("steps"))
    online = cast(Online, as_choice(fields.need("online"), ONLINE))
    return Version(
        limit, steps,
        _listed(fields, "components", _component),
        _listed(fields, "fees", _fee),
        cast(Mechanism, as_choice(fields.need("mechanism"), MECHANISMS)),
        online,
        _why_not_full(fields, online),
        fields.maybe("portal", _address) or "",
        as_local_text(fields.need("result")),
        cast(Effect, as_choice(fields.need("on_supplement"), EFFECTS)),
        as_count(fields.need("extensions")),
        _listed(fields, "bases", as_text),
    )  # fmt: skip


def check_version(version: Version, day: date) -> None:
    """All that the rules of that day, its first, ask of a version. Raises as the two below."""
    require_few_extensions(version, day)
    require_within(version, day)


def require_few_extensions(version: Version, day: date) -> None:
    """Raises `procedures.too_many_extensions` by the rules of that day."""
    most = rules_on(day).value.extensions
    if version.extensions > most:
        raise refuse("procedures.too_many_extensions", most=most)


def require_within(version: Version, day: date) -> None:
    """Limits of steps may not add up to more than that of the procedure, along any chain of them, by the rules of that
    day.

    Raises `procedures.limits_not_comparable` where some count civil days and others working time, and
    `procedures.steps_exceed`.
    """
    if version.limit is None:
        return
    civil = is_civil(version.limit)
    if other := next((step for step in version.steps if is_civil(step.limit) != civil), None):
        raise refuse("procedures.limits_not_comparable", step=other.id)
    day_minutes = rules_on(day).value.day_minutes
    longest, allowed = version.longest(day_minutes), comparable(version.limit, day_minutes)
    if (added := time_of(longest, day_minutes)) > allowed:
        chain = " + ".join(step.id for step in longest)
        hours = Fraction(day_minutes, 60)
        raise refuse("procedures.steps_exceed", chain=chain, minutes=added, limit=allowed, hours=hours)


def _steps(nodes: Sequence[Node]) -> tuple[ProcedureStep, ...]:
    """In their order; a step that does not say what it waits for waits for the one before it."""
    made: list[ProcedureStep] = []
    for node in nodes:
        with reading(node) as fields:
            id_ = _coded(fields.need("id"), PART_ID)
            if any(step.id == id_ for step in made):
                raise refuse("procedures.given_twice", fields.place_of("id"), what=id_)
            after = tuple(step.id for step in made[-1:])
            if fields.has("after"):
                after = tuple(_earlier(one, made) for one in as_items(fields.need("after")))
            made.append(
                ProcedureStep(
                    id_, as_local_text(fields.need("name")), _coded(fields.need("role"), PART_ID),
                    _some_time(fields.need("limit")), after, fields.maybe("agency", as_local_text),
                )
            )  # fmt: skip
    return tuple(made)


def _earlier(node: Node, made: Sequence[ProcedureStep]) -> str:
    id_ = as_text(node)
    if all(step.id != id_ for step in made):
        raise refuse("procedures.not_earlier", node.place, step=id_)
    return id_


def _some_time(node: Node) -> Limit:
    limit = as_limit(node)
    if not limit.amount:
        raise refuse("procedures.no_time", node.place)
    return limit


def _component(node: Node) -> Component:
    with reading(node) as fields:
        counts = [fields.maybe(kind, as_count) or 0 for kind in ("originals", "certified", "copies")]
        if not any(counts):
            raise refuse("procedures.no_papers", fields.place)
        return Component(_coded(fields.need("id"), PART_ID), as_local_text(fields.need("name")), *counts)


def _fee(node: Node) -> Fee:
    with reading(node) as fields:
        return Fee(
            as_local_text(fields.need("name")), as_count(fields.need("amount")),
            cast(Payment, as_choice(fields.need("payment"), PAYMENTS)),
        )  # fmt: skip


def _why_not_full(fields: Fields, online: Online) -> LocalText | None:
    """A partial service names its reason (Nghị định 42/2022), no other does."""
    if online == "partial" and not fields.has("not_full_because"):
        raise refuse("procedures.partial_without_reason", fields.place_of("online"))
    if online != "partial" and fields.has("not_full_because"):
        raise refuse("procedures.reason_without_partial", fields.place_of("not_full_because"))
    return fields.maybe("not_full_because", as_local_text)


def _address(node: Node) -> str:
    text = as_text(node)
    if urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).netloc:
        raise refuse("procedures.not_an_address", node.place, text=text)
    return text


def _listed(fields: Fields, key: str, read_one: Callable[[Node], T]) -> tuple[T, ...]:
    """A list that may be absent; two papers may not have one id."""
    node = fields.get(key)
    if node is None:
        return ()
    made = [(one, read_one(one)) for one in as_items(node)]
    _require_once([(one, item.id) for one, item in made if isinstance(item, Component)])
    return tuple(item for _, item in made)


def _require_once(named: Sequence[tuple[Node, str]]) -> None:
    seen = set[str]()
    for node, name in named:
        if name in seen:
            raise refuse("procedures.given_twice", node.place, what=name)
        seen.add(name)


def _coded(node: Node, pattern: re.Pattern[str]) -> str:
    text = as_text(node)
    if pattern.fullmatch(text) is None:
        raise refuse("procedures.bad_code", node.place, text=text)
    return text
