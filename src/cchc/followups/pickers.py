"""Directives that are picked by number or words of the title; officials who may answer for a task."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from cchc.followups.addresses import shortened
from cchc.followups.fields import ANY_DIRECTIVE, DECIDING, LEADER, REACHED
from cchc.followups.models import Addressee, Directive
from cchc.followups.queries.directives import find_directives
from cchc.followups.queries.issuing import deciding_for, not_reached_by, reached_by
from cchc.followups.queries.leading import carried_on, leaders_of
from cchc.followups.queries.scope import visible_directives
from cchc.followups.states import IN_FORCE
from cchc.interface.hosting.picking import Choice, Find, pick_kind
from cchc.organizations.models import Unit
from cchc.organizations.pickers import known_officials, known_units, officials_among, units_named, units_within
from cchc.organizations.viewers import Viewer
from cchc.records.dates import format_date
from cchc.records.search import fold
from cchc.records.text import LocalText

_VALUE: Final = re.compile(r"#([0-9]{1,18})")


def known_directives(viewer: Viewer, keys: Collection[str]) -> Sequence[Choice]:
    """By `#12`, which nobody types. One query."""
    numbers = [int(found.group(1)) for key in keys if (found := _VALUE.fullmatch(key))]
    return [_choice(one) for one in find_directives(viewer, "").filter(pk__in=numbers)]


@pick_kind("followups.directive", LocalText("văn bản chỉ đạo", "directive"), known=known_directives, tells_value=False)
def directives(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """Those in force that the viewer sees, the newest first. One query."""
    return [_choice(one) for one in find_directives(viewer, text).filter(state=IN_FORCE)[:most]]


@pick_kind(ANY_DIRECTIVE, LocalText("văn bản chỉ đạo", "directive"), known=known_directives, tells_value=False)
def directives_of_any_state(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """All that the viewer sees, those that stand no more too, the newest first. One query."""
    return [_choice(one) for one in find_directives(viewer, text)[:most]]


def _choice(one: Directive) -> Choice:
    note = f"{format_date(one.issued_on)} · {shortened(one.title, 120)}"
    return Choice(f"#{one.pk}", one.number, note, one)


def _leaders_for(about: str) -> Find:
    """Of a unit (`unit.xa-mot`), or of all to which a directive is sent (`directive.12`). Who is none of them is found
    too where no leader fits: so that whoever is named is known, and the refusal says why not.
    """
    kind, _, name = about.partition(".")

    def find(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
        among = leaders_of(_units_of(kind, name, viewer), viewer.day)
        return officials_among(viewer, text, most, among) or officials_among(viewer, text, most)

    return find


@pick_kind(LEADER, LocalText("cán bộ", "official"), known=known_officials, narrow=_leaders_for)
def leaders(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """Any official. One query."""
    return officials_among(viewer, text, most)


def _reached_by(code: str) -> Find:
    """Units to which the unit with that code may issue. What is called exactly so and stands elsewhere is found, too:
    so that whoever names it is told why it is refused.
    """

    def find(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
        issuer = Unit.objects.filter(code=code).order_by("pk").first()
        if issuer is None:
            return ()
        found = units_within(viewer, text, most, reached_by(issuer, viewer.day))
        return found or _elsewhere(issuer, units_named(viewer, text, most), text, viewer)

    return find


def _elsewhere(issuer: Unit, choices: Sequence[Choice], text: str, viewer: Viewer) -> Sequence[Choice]:
    """Of these those within reach (by a former name), and the one that is called exactly so."""
    beyond = {unit.pk for unit in not_reached_by(issuer, [one.subject for one in choices], viewer.day)}
    return [one for one in choices if one.subject.pk not in beyond or fold(one.title) == fold(text)]


@pick_kind(REACHED, LocalText("đơn vị", "unit"), known=known_units, narrow=_reached_by)
def reached_units(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """Any unit. One query; a few more when nothing of today is called so."""
    return units_named(viewer, text, most)


def _deciding_for(code: str) -> Find:
    """Units that decide on what the unit with that code asks. What is called exactly so and does not is found, too."""

    def find(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
        asking = Unit.objects.filter(code=code).order_by("pk").first()
        if asking is None:
            return ()
        found = units_within(viewer, text, most, deciding_for(asking, viewer.day))
        return found or [one for one in units_named(viewer, text, most) if fold(one.title) == fold(text)]

    return find


@pick_kind(DECIDING, LocalText("đơn vị", "unit"), known=known_units, narrow=_deciding_for)
def deciding_units(viewer: Viewer, text: str, most: int) -> Sequence[Choice]:
    """Any unit. One query; a few more when nothing of today is called so."""
    return units_named(viewer, text, most)


def _units_of(kind: str, name: str, viewer: Viewer) -> list[int]:
    if kind == "unit":
        unit = Unit.objects.filter(code=name).order_by("pk").first()
        return carried_on(unit, viewer.day) if unit else []
    sent = visible_directives(viewer).filter(pk=name if name.isdecimal() and len(name) < 19 else None)
    return list(Addressee.objects.filter(directive__in=sent).order_by("pk").values_list("unit_id", flat=True))
