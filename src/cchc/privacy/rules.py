"""How long each thing is kept, as dated, sourced data: `rules.yaml`, or the file that `CCHC_RETENTION_RULES` names.

A file that is unclear is refused whole, with line and next step: nothing is ended by a rule that nobody understands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Final

from django.conf import settings

from cchc.privacy.kept import ENDINGS, SINCE, Kept, known_kept
from cchc.privacy.periods import Period
from cchc.records.errors import DomainError, Place, problem, refuse, unreadable
from cchc.records.schema import Collector, Fields, as_choice, as_count, as_items, as_text, reading
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import Node, read_yaml

_SHIPPED: Final = "cchc/privacy/rules.yaml"
_UNITS: Final[Mapping[str, Callable[[int], Period]]] = {
    "days": lambda number: Period(days=number),
    "months": lambda number: Period(months=number),
    "years": lambda number: Period(months=12 * number),
}
_LONGEST: Final[Mapping[str, int]] = {"days": 36_500, "months": 1_200, "years": 100}


@dataclass(frozen=True, slots=True)
class Rule:
    """What is kept how long."""

    kept: Kept
    keep: Period


def rules_on(day: date) -> list[Dated[Rule]]:
    """The rule of each thing on that day, in the order of rooms.

    Raises what `read_rules` refuses, `privacy.rules_unreadable`, `records.not_in_force`.
    """
    return [timeline.as_of(day) for timeline in read_rules(*_content()).values()]


def read_rules(content: bytes, file: str) -> dict[str, Timeline[Rule]]:
    """All rules of a file, by what they are about.

    Raises the errors of `records` with line, and `privacy.unknown_kept`, `privacy.rule_missing`,
    `privacy.period_unclear`, `privacy.period_out_of_range`, `privacy.rule_disagrees`.
    """
    with reading(read_yaml(content, file)) as fields:
        nodes = as_items(fields.need("rules"))
    collector = Collector()
    found: dict[str, list[Dated[Rule]]] = {code: [] for code in known_kept()}
    for node in nodes:
        dated = collector.attempt(partial(as_dated, node, _rule))
        if dated is not None:
            found[dated.value.kept.code].append(dated)
    collector.check()
    if missing := [code for code, listed in found.items() if not listed]:
        raise DomainError(*(problem("privacy.rule_missing", Place(file), what=code) for code in missing))
    return {code: Timeline(known_kept()[code].name, listed) for code, listed in found.items()}


def _rule(fields: Fields) -> Rule:
    kept = _kept(fields.need("what"))
    _agree(fields.need("since"), kept, kept.since, tuple(SINCE))
    _agree(fields.need("then"), kept, kept.ending, tuple(ENDINGS))
    return Rule(kept, _period(fields.need("keep")))


def _kept(node: Node) -> Kept:
    code, known = as_text(node), known_kept()
    if code not in known:
        near = get_close_matches(code, known, n=1) or list(known)
        raise refuse("privacy.unknown_kept", node.place, what=code, known=", ".join(near))
    return known[code]


def _agree(node: Node, kept: Kept, is_so: str, allowed: tuple[str, ...]) -> None:
    """The file says what the product does, or it is refused: a rule must not promise anything else."""
    said = as_choice(node, allowed)
    if said != is_so:
        raise refuse("privacy.rule_disagrees", node.place, what=kept.code, said=said, does=is_so)


def _period(node: Node) -> Period:
    with reading(node) as fields:
        given = {unit: number for unit in _UNITS if (number := fields.maybe(unit, as_count)) is not None}
    if len(given) != 1:
        raise refuse("privacy.period_unclear", node.place)
    ((unit, number),) = given.items()
    if not 1 <= number <= _LONGEST[unit]:
        raise refuse("privacy.period_out_of_range", node.place, most=_LONGEST[unit])
    return _UNITS[unit](number)


def _content() -> tuple[bytes, str]:
    """The file of the installation, else the one that ships."""
    own = settings.CCHC_RETENTION_RULES
    if not own:
        return (resources.files("cchc.privacy") / "rules.yaml").read_bytes(), _SHIPPED
    try:
        return Path(own).read_bytes(), own
    except OSError as error:
        raise unreadable("privacy.rules_unreadable", Place(own)) from error
