"""Lists of a month as pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.oversight.addresses_cases import to_open_of_listed
from cchc.oversight.addresses_lists import to_item, to_list_act, to_public
from cchc.oversight.models import ListedItem, ListedOfficial, ListEntry, ListVersion, MonthlyList
from cchc.oversight.permissions_lists import may_decide, may_move_list, may_reply
from cchc.oversight.policies import may_be_decided, may_be_decided_about, may_be_replied, may_become
from cchc.oversight.published_list import LATE, OVERRUN, Content
from cchc.oversight.queries.postponed import month_of
from cchc.oversight.shown_lists_words import (
    act_name,
    class_name,
    kind_name,
    outcome_name,
    postponed_said,
    role_name,
    state_name,
    verdict_name,
    working_time,
)

_NEXT = ("notify", "close", "approve", "put_forward", "freeze", "publish", "correct", "back", "withdraw")
_BACK = ("back", "withdraw")


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One entry of a list, for those in office."""

    item: ListedItem

    @property
    def url(self) -> str:
        """Its page."""
        return to_item(self.item)

    @property
    def klass(self) -> str:
        """Overdue or slow."""
        return class_name(self.item.klass)

    @property
    def role(self) -> str:
        """In which role it was held."""
        return role_name(self.item.role)

    @property
    def outcome(self) -> str:
        """What was decided, or where it stands."""
        if self.item.outcome:
            return outcome_name(self.item.outcome)
        return _("Replied, to be decided") if self.item.replied_at else _("No reply yet")

    @property
    def verdict(self) -> str:
        """Real, forgotten, or not verified."""
        return verdict_name(self.item.verdict)

    @property
    def standing(self) -> str:
        """Carried over or new, returned or open."""
        since = _("carried over") if self.item.is_carried_over else _("new")
        return f"{since}, {_('result handed over') if self.item.is_returned else _('still open')}"

    @property
    def origin(self) -> str:
        """From which earlier list it comes, its person having been away; empty where from none."""
        return "" if self.item.origin is None else postponed_said(f"{month_of(self.item):%m/%Y}")

    @property
    def is_late_under_every_rule(self) -> bool:
        """Whether no choice of a rule explains it away."""
        one = self.item
        return min(one.late_overrun, one.late_holder, one.late_first_overrun, one.late_first_holder) > 0


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody listed, with the entries."""

    listed: ListedOfficial
    items: Sequence[ItemLine]
    case_url: str = ""

    @property
    def name(self) -> str:
        """The person, or what has no name."""
        if self.listed.is_named:
            return self.listed.name
        kind = "unmatched" if self.listed.holder_kind == "official" else self.listed.holder_kind
        return f"{kind_name(kind)}: {self.listed.name}" if self.listed.name else kind_name(kind)


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list among others."""

    list: MonthlyList

    @property
    def state(self) -> str:
        """Where it stands."""
        return state_name(self.list.state)


def people_lines(
    listed: Iterable[ListedOfficial],
    items: Iterable[ListedItem],
    keeps: Callable[[ListedOfficial], bool] = lambda _: False,
) -> list[PersonLine]:
    """Everybody listed, each with the entries, and the way to a case where the reader `keeps` those of the unit."""
    of: Mapping[int, list[ItemLine]] = defaultdict(list)
    for item in items:
        of[item.listed_id].append(ItemLine(item))
    return [PersonLine(one, of[one.pk], to_open_of_listed(one) if keeps(one) else "") for one in listed]


def offered(viewer: Viewer, list_: MonthlyList) -> list[tuple[Link, bool]]:
    """What the reader may do with a list as it stands, the next thing first, each with whether it leads on: to take a
    list back does not.
    """
    able = [act for act in _NEXT if may_become(list_, act) and may_move_list(viewer, list_, act)]
    return [(Link(act_name(act), to_list_act(list_, act)), act not in _BACK) for act in able]


def to_decide(list_: MonthlyList, items: Iterable[ListedItem]) -> int:
    """How many of its entries were replied to and wait for a decision, as long as one may be given."""
    waiting = sum(one.replied_at is not None and not one.outcome for one in items)
    return waiting if may_be_decided_about(list_) else 0


def offered_for_item(viewer: Viewer, item: ListedItem, now: datetime) -> list[str]:
    """Whether the reader may reply to it or decide about it now."""
    able = []
    if may_reply(viewer, item) and may_be_replied(item, now):
        able.append("reply")
    if may_decide(viewer, item) and may_be_decided(item):
        able.append("decide")
    return able


def history_lines(entries: Iterable[ListEntry]) -> list[tuple[ListEntry, str]]:
    """Each with the name of what was done."""
    return [(one, act_name(one.act)) for one in entries]


def public_people(content: Content) -> list[dict[str, Any]]:
    """Officials as the public reads them: times in words, errata beside the name."""
    errata = content["errata"]
    return [
        {
            **one,
            **_times(one),
            "rows": [_public_entry(one["number"], entry, errata) for entry in one["entries"]],
            "errata": [each for each in errata if each["official"] == one["number"]],
        }
        for one in content["officials"]
    ]


def _public_entry(official: int, entry: Mapping[str, Any], errata: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    struck = any(one["struck"] and (one["official"], one["entry"]) == (official, entry["number"]) for one in errata)
    return {
        **entry,
        "origin": _public_origin(entry),
        "klass": class_name(entry["class"]),
        **_times(entry),
        "role_name": role_name(entry["role"]),
        "verdict_name": verdict_name(entry["verdict"]),
        "due": datetime.fromisoformat(entry["due_at"]) if entry["due_at"] else None,
        "struck": struck,
    }


def _public_origin(entry: Mapping[str, Any]) -> str:
    year, _dash, month = entry.get("postponed_from", "").partition("-")
    return postponed_said(f"{month}/{year}") if month else ""


def _times(one: Mapping[str, Any]) -> dict[str, str]:
    """Late time and time over own steps in words, empty without any; an entry has one of the two alone."""
    said = {"late": one.get(LATE, 0), "over": one.get(OVERRUN, 0)}
    return {name: working_time(minutes) if minutes else "" for name, minutes in said.items()}


def public_unnamed(content: Content) -> list[dict[str, Any]]:
    """Queues and system accounts with their share of the unit's late time, and who answers."""
    return [
        {
            **one,
            "kind_name": kind_name(one["kind"]),
            **_times(one),
            "percent": f"{one['share_per_mille'] // 10},{one['share_per_mille'] % 10} %",
        }
        for one in content["unnamed"]
    ]


def version_links(list_: MonthlyList, versions: Iterable[ListVersion]) -> list[tuple[ListVersion, str]]:
    """Each with its public address."""
    return [(one, to_public(list_, one.number)) for one in versions]
