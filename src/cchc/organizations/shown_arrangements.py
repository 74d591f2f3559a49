"""What a merger, split or dissolution does to people, roles and parts, line by line, and in one sentence to confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cchc.interface.errors import current_language
from cchc.organizations.models import Placement, Posting, RoleGrant, Unit
from cchc.organizations.permissions import may_manage_rights
from cchc.organizations.queries.leaving import Leaving
from cchc.organizations.reorganizing import ENDS, HEADS, JOINS, MOVES, Arrangement, Fate, Fates
from cchc.organizations.shown import FateLine, name_of, shown_role
from cchc.organizations.viewers import Viewer
from cchc.records.dates import format_date

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownArrangement:
    """An arrangement with the names of its units, by code, as they are or were last called."""

    arrangement: Arrangement
    names: Mapping[str, str]

    def name(self, unit: Unit) -> str:
        """What one of its units is called."""
        return self.names[unit.code]

    @property
    def going(self) -> str:
        """The units that are no more, or what is split."""
        return ", ".join(map(self.name, self.arrangement.going or self.arrangement.units))

    @property
    def successors(self) -> str:
        """Those that carry on."""
        return ", ".join(self.names[code] for code in self.arrangement.targets)


def shown_arrangement(arrangement: Arrangement, placements: Sequence[Placement]) -> ShownArrangement:
    """`placements`: all of its units, the oldest first."""
    names = {one.unit.code: name_of(one) for one in placements}
    names |= {new.code: new.name for new in arrangement.founded}
    if arrangement.new_name.strip():
        names |= {unit.code: f"{names[unit.code]} ({arrangement.new_name.strip()})" for unit in arrangement.into}
    return ShownArrangement(arrangement, names)


def fate_lines(viewer: Viewer, shown: ShownArrangement, left: Leaving) -> list[FateLine]:
    """People, then roles, then parts. Nothing is asked of the database but rights."""
    return [
        *(_of_posting(shown, one, _Others.of(one, left)) for one in left.postings),
        *(_of_grant(viewer, shown, one) for one in left.grants),
        *(_of_part(shown, one) for one in left.parts),
    ]


@dataclass(frozen=True, slots=True)
class _Others:
    """Of the official behind a posting: the codes of the successors where there is a post, and where it stands beside
    the main one; whether the main post is left behind too.
    """

    held: frozenset[str]
    beside: frozenset[str]
    leaves_main: bool

    @classmethod
    def of(cls, posting: Posting, left: Leaving) -> _Others:
        there = [one for one in left.there if one.official.pk == posting.official.pk]
        main = (one.official.pk for one in left.postings if one.is_main and one.pk != posting.pk)
        beside = frozenset(one.unit.code for one in there if not one.is_main)
        return cls(frozenset(one.unit.code for one in there), beside, posting.official.pk in main)


def _of_posting(shown: ShownArrangement, posting: Posting, others: _Others) -> FateLine:
    """A post beside the main one ends where the official has one already: so the action does, and so it is said."""
    said = f"{posting.official.name}, {posting.post} ({shown.name(posting.unit)})"
    said += "" if posting.is_main else f", {_('beside the main post')}"
    ends = _("The posting ends")
    choices: Choices = []
    for code in shown.arrangement.targets:
        where = {"unit": shown.names[code]}
        if code == posting.unit.code:
            choices.append((Fate(MOVES, code).key, _("Stays")))
        elif not posting.is_main and code in others.held:
            ends = _("The posting ends: there is a post in %(unit)s already") % where
        else:
            choices += _ways_to(posting, code, where, others)
    choices.append((ENDS, ends))
    return FateLine(f"posting-{posting.pk}", _("People"), said, choices, _usual(posting.unit, choices, posting.is_head))


def _ways_to(posting: Posting, code: str, where: Mapping[str, str], others: _Others) -> Choices:
    """Into a successor in which the official does not work yet, or works beside the main post only."""
    if not posting.is_main and others.leaves_main:
        more = " " + _("It ends if the main post goes there too.")
    elif posting.is_main and code in others.beside:
        more = " " + _("The post there beside the main one ends.")
    else:
        more = ""
    stop = "." if more else ""
    if not posting.is_head:
        return [(Fate(MOVES, code).key, _("Goes to %(unit)s") % where + stop + more)]
    return [
        (Fate(HEADS, code).key, _("Goes to %(unit)s and heads it") % where + stop + more),
        (Fate(MOVES, code).key, _("Goes to %(unit)s, not as its head") % where + stop + more),
    ]


def _of_grant(viewer: Viewer, shown: ShownArrangement, grant: RoleGrant) -> FateLine:
    """A role goes along only where the viewer could have given it over the successor."""
    unit = shown.name(grant.unit)
    said = f"{grant.official.name}, {shown_role(grant.role)} ({unit})"
    there = {one.code: one for one in shown.arrangement.into}
    choices: Choices = []
    for code in shown.arrangement.targets:
        over = there.get(code, grant.unit)
        if code == grant.unit.code:
            choices.append((Fate(MOVES, code).key, _("Stays")))
        elif may_manage_rights(viewer, grant.official, over, below=grant.covers_subtree):
            choices.append((Fate(MOVES, code).key, _("Goes over to %(unit)s") % {"unit": shown.names[code]}))
    choices.append((ENDS, _("The role ends")))
    return FateLine(f"grant-{grant.pk}", _("Roles over the unit"), said, choices, _usual(grant.unit, choices))


def _of_part(shown: ShownArrangement, part: Placement) -> FateLine:
    arrangement = shown.arrangement
    choices: Choices = []
    above = [] if arrangement.above is None else [arrangement.above.code]
    for code in (*arrangement.targets, *above):
        stays = part.parent is not None and code == part.parent.code
        words = _("Stays") if stays else _("Stands under %(unit)s, with all of its own")
        choices.append((Fate(MOVES, code).key, words % {"unit": shown.names[code]}))
    for code in arrangement.targets:
        words = _("Ends; its people go to %(unit)s, its roles end")
        choices.append((Fate(JOINS, code).key, words % {"unit": shown.names[code]}))
    choices.append((ENDS, _("Ends, with the postings and roles in it")))
    initial = choices[0][0] if len([*arrangement.targets, *above]) == 1 else _usual(part.parent, choices)
    return FateLine(f"part-{part.unit_id}", _("Parts of the unit"), name_of(part), choices, initial)


def _usual(unit: Unit | None, choices: Choices, is_head: bool = False) -> str:
    """Staying where one is; else going to the only successor there is, but for heads: who heads is for the
    administrator to say.
    """
    keys = [key for key, _words in choices]
    if unit is not None and (stays := Fate(MOVES, unit.code).key) in keys:
        return stays
    if len(keys) == 1:
        return keys[0]
    return keys[0] if len(keys) == 2 and not is_head else ""


def title_of(shown: ShownArrangement) -> str:
    """What is asked before it is done."""
    words = {
        "merger": _("Merge %(going)s into %(successors)s?"),
        "split": _("Split %(going)s into %(successors)s?"),
        "dissolution": _("End %(going)s?"),
    }
    return words[shown.arrangement.kind] % {"going": shown.going, "successors": shown.successors}


def effect_of(shown: ShownArrangement, fates: Fates) -> str:
    """What happens then, with how many go along and how many end, and that it is final."""
    day = format_date(shown.arrangement.effective_on, current_language())
    first = [_("From %(day)s on %(units)s will be no more.") % {"day": day, "units": shown.going}]
    counted = Counter((key.partition("-")[0], fate.what in {ENDS, JOINS}) for key, fate in fates.items())
    return " ".join([*(first if shown.arrangement.going else []), *_counted(counted), _("This cannot be undone.")])


def _counted(counted: Mapping[tuple[str, bool], int]) -> Sequence[str]:
    """Of what there is something, how many go on and how many end."""
    words = {
        "posting": _("Postings: %(goes)d go on, %(ends)d end."),
        "grant": _("Roles: %(goes)d go on, %(ends)d end."),
        "part": _("Parts: %(goes)d go on, %(ends)d end."),
    }
    numbers = {what: {"goes": counted.get((what, False), 0), "ends": counted.get((what, True), 0)} for what in words}
    return [words[what] % number for what, number in numbers.items() if any(number.values())]
