"""What a list says in public: made of what was listed and decided. Codes of dossiers alone tell of citizens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.timezone import localtime

from cchc.oversight.charging import OVERDUE
from cchc.oversight.models import ListedItem, ListedOfficial, MonthlyList, Outcome
from cchc.oversight.published_list import FORMAT, Content, measure_of, summed, summed_up
from cchc.oversight.queries.drafting import unit_names
from cchc.oversight.queries.postponed import month_of
from cchc.oversight.timetable import timetable_on

_UNMATCHED: Final = "unmatched"
"""The kind of a name of a log that the register does not know: nobody could be told, so nobody is named."""


def content_of(list_: MonthlyList, listed: Iterable[ListedOfficial], items: Iterable[ListedItem]) -> Content:
    """The first version. Entries that were left out are counted, nobody is named for them. Two queries."""
    of = defaultdict[int, list[ListedItem]](list)
    for item in items:
        of[item.listed_id].append(item)
    people = [(one, of[one.pk]) for one in listed]
    rules = timetable_on(list_.month)
    left_out = [item.outcome for _, some in people for item in some if item.is_left_out]
    made: Content = {
        "format": FORMAT,
        "unit": {"code": list_.unit.code, "name": unit_names([list_.unit_id], list_.month)[list_.unit_id]},
        "month": f"{list_.month:%Y-%m}",
        "cut_off": _moment(list_.cut_off_at),
        "notice": {"number": list_.notice_number, "on": _day(list_.noticed_on)},
        "rules": {"source": rules.source.document, "verified": rules.verification.verified},
        "minimum": list_.minimum,
        "version": 1,
        "previous_sha256": "",
        "officials": [],
        "unnamed": [],
        "left_out": {str(one): left_out.count(one) for one in (Outcome.ACCEPTED, Outcome.POSTPONED)},
        "errata": [],
        "totals": {},
    }
    for one, some in people:
        stays = [item for item in some if not item.is_left_out]
        if stays and one.is_named:
            made["officials"].append(_official(one, stays))
    made["unnamed"] = _unnamed(people)
    return summed(made)


def _official(one: ListedOfficial, items: Sequence[ListedItem]) -> Content:
    return {
        "number": one.place,
        "name": one.name,
        "post": one.post,
        "unit": one.unit_name,
        "volume": one.volume,
        "entries": [_entry(item) for item in items],
    }


def _entry(item: ListedItem) -> Content:
    return _origin(item) | {
        "number": item.place,
        "code": item.code,
        "procedure": item.procedure_name,
        "class": item.klass,
        "role": item.role,
        "due_at": _moment(item.due_at),
        "ended_at": _moment(item.ended_at),
        "carried_over": item.is_carried_over,
        "returned": item.is_returned,
        "verdict": item.verdict,
        measure_of(item.klass): _minutes(item),
    }


def _origin(item: ListedItem) -> Content:
    """Of an entry that an earlier list left out: which one, and whether it is one of this month all the same."""
    if item.origin is None:
        return {}
    return {"postponed_from": f"{month_of(item):%Y-%m}", "of_month": item.is_of_month}


def _minutes(item: ListedItem) -> int:
    """Late minutes of an overdue entry, of a slow one those over its own step."""
    return item.late if item.klass == OVERDUE else item.overrun


def _unnamed(people: Sequence[tuple[ListedOfficial, Sequence[ListedItem]]]) -> list[Content]:
    """Queues, system accounts and unknown names, one line for each unit and kind, with who answers for it."""
    lines: dict[tuple[str, str], Content] = {}
    for one, items in people:
        if one.is_named:
            continue
        kind = _UNMATCHED if one.holder_kind == "official" else one.holder_kind
        line = lines.setdefault(
            (one.unit_name, kind),
            {
                "unit": one.unit_name,
                "kind": kind,
                "accountable": one.accountable.name if one.accountable else "",
                **summed_up(()),
            },
        )
        for name, number in summed_up((item.klass, _minutes(item)) for item in items).items():
            line[name] += number
    return [lines[key] for key in sorted(lines)]


def publication_of(list_: MonthlyList) -> Mapping[str, Any]:
    """On what it was published, and until when."""
    return {
        "basis": "" if list_.basis is None else list_.basis.citation,
        "decision": {"number": list_.decision_number, "on": _day(list_.decided_on)},
        "published_at": _moment(list_.published_at),
        "expires_on": _day(list_.expires_on),
        "is_sample": list_.is_sample,
    }


def _moment(value: datetime | None) -> str:
    return "" if value is None else localtime(value).isoformat(timespec="minutes")


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()
