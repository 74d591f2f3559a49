"""The page of all apologies: its lists, how many stand in each, what was owed and sent in a month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from cchc.apologies.addresses import (
    FORESEEN,
    OF_MONTH,
    OWED,
    SENT,
    TABS,
    TO_APPROVE,
    TO_SEND,
    TO_SIGN,
    Asked,
)
from cchc.apologies.duty import Standing
from cchc.apologies.owing import Beside, beside
from cchc.apologies.queries import duties, letters
from cchc.apologies.queries.duties import Counted, Sources, Span
from cchc.apologies.shown import LetterLine, Line, lines_of
from cchc.dossiers.models import Dossier
from cchc.dossiers.queries.scope import visible_dossiers
from cchc.interface.paging import page_read
from cchc.interface.shapes import Count, Link
from cchc.interface.together import Reads, all_of, answer, answer_all, number_of
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer
from cchc.records.months import following

_OF_LETTERS: Final = {
    TO_APPROVE: letters.TO_APPROVE, TO_SIGN: letters.TO_SIGN, TO_SEND: letters.TO_SEND, SENT: letters.DONE,
}  # fmt: skip
_CHUNK: Final = 500
_STATUS: Final = ("neutral", "ok", "ok", "overdue")


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists of some dossiers, as of a moment: which letters stand in each."""

    dossiers: QuerySet[Dossier]
    by: Counted
    now: datetime

    def sources(self, asked: Asked) -> Sources:
        """Of a list of what is owed."""
        if asked.which == OWED:
            return duties.unsent(duties.owed_for(self.dossiers, self.by, self.now))
        month = duties.owed_for(self.dossiers, self.by, self.now, month_of(asked.month))
        kept, done, in_time, missing = OF_MONTH
        return {
            kept: lambda: month,
            done: lambda: duties.sent(month),
            in_time: lambda: duties.sent(month, in_time=True),
            missing: lambda: duties.unsent(month),
        }[asked.which]()

    def owing(self, asked: Asked) -> QuerySet[Dossier]:
        """The dossiers of a list of what is owed, the appointment that was first at the top."""
        if asked.which == FORESEEN:
            found = duties.foreseen(self.dossiers, self.by, self.now)
        else:
            found = self.sources(asked).of(self.dossiers)
        return found.order_by("submitted_at", "pk")

    def wants(self, asked: Asked) -> Callable[[Line], bool]:
        """Which letters of such a dossier the list shows."""
        if asked.which in {OWED, FORESEEN}:
            standing = Standing.OWED if asked.which == OWED else Standing.FORESEEN
            return lambda line: line.duty.standing == standing
        span = month_of(asked.month)
        return lambda line: _is_in(line, span, self.now) and _is_asked(line, asked.which)

    def counting(self, month: date) -> Reads[dict[str, int]]:
        """How many letters stand in each list."""
        of_duties = {which: self.sources(Asked(which, month)).counting() for which in (OWED, *OF_MONTH)}
        of_letters = {
            which: number_of(letters.letters_in(self.dossiers.order_by().values("pk"), states))
            for which, states in _OF_LETTERS.items()
        }
        coming = {FORESEEN: number_of(duties.foreseen(self.dossiers, self.by, self.now))}
        asked = of_duties | of_letters | coming
        return all_of(list(asked.values())).made(lambda found: dict(zip(asked, found, strict=True)))


def gathered(request: HttpRequest, asked: Asked, unit: Unit | None, now: datetime) -> dict[str, Any]:
    """A page of the list that is asked for, its tabs with their numbers, the numbers of the month."""
    lists = lists_of(request.viewer, unit, now)
    page, counts = answer_all(_page(request, lists, asked), lists.counting(asked.month))
    more = {"don-vi": request.GET["don-vi"]} if request.GET.get("don-vi") else {}
    more |= {"thang": f"{asked.month:%Y-%m}"}
    return page | {
        "is_owing": asked.which not in _OF_LETTERS,
        "total": counts[asked.which],
        "query": urlencode({"xem": asked.which, **more}),
        "tabs": _tabs(asked, counts, more),
        "counted": _counted(asked, counts, more),
        "month": asked.month,
    }


def lists_of(viewer: Viewer, unit: Unit | None, now: datetime) -> Lists:
    """Of the dossiers in the viewer's scope, received or settled by the unit or under it where one is named."""
    dossiers = visible_dossiers(viewer)
    if unit is not None:
        dossiers = of_unit(dossiers, unit, viewer.day)
    return Lists(dossiers, duties.counted_by(dossiers, now), now)


def _page(request: HttpRequest, lists: Lists, asked: Asked) -> Reads[dict[str, Any]]:
    if asked.which in _OF_LETTERS:
        found = letters.letters_in(lists.dossiers.order_by().values("pk"), _OF_LETTERS[asked.which])
        read = page_read(request, found, letters.letters_after)
        return read.made(lambda page: page | {"rows": [LetterLine(one) for one in page["rows"]]})
    found = lists.owing(asked).select_related("procedure_version__procedure")
    wants = lists.wants(asked)

    def with_lines(page: dict[str, Any]) -> Reads[dict[str, Any]]:
        return beside([one.pk for one in page["rows"]]).made(
            lambda other: page | {"rows": lines_wanted(page["rows"], other, lists.now, wants)}
        )

    return page_read(request, found, duties.dossiers_after).and_then(with_lines)


def all_lines(lists: Lists, asked: Asked) -> list[Line] | list[LetterLine]:
    """A whole list, to take along."""
    if asked.which in _OF_LETTERS:
        found = letters.letters_in(lists.dossiers.order_by().values("pk"), _OF_LETTERS[asked.which])
        return [LetterLine(one) for one in found]
    owing = list(lists.owing(asked).select_related("procedure_version__procedure"))
    made: list[Line] = []
    for start in range(0, len(owing), _CHUNK):
        some = owing[start : start + _CHUNK]
        made += lines_wanted(some, answer(beside([one.pk for one in some])), lists.now, lists.wants(asked))
    return made


def counted_lines(lists: Lists, asked: Asked) -> int:
    """How many there are in it."""
    return answer(lists.counting(asked.month))[asked.which]


def lines_wanted(
    dossiers: Sequence[Dossier], other: Beside, now: datetime, wants: Callable[[Line], bool]
) -> list[Line]:
    """The letters of these dossiers that a list shows."""
    return [line for one in dossiers for line in lines_of(one, other, now) if wants(line)]


def month_of(first: date) -> Span:
    """From the first day to the last."""
    start, end = (make_aware(datetime.combine(day, time())) for day in (first, following(first)))
    return Span(start, end)


def of_unit(dossiers: QuerySet[Dossier], unit: Unit, day: date) -> QuerySet[Dossier]:
    """Those that it, or a unit under it, received or settles."""
    under = Q(ancestor=unit)
    return dossiers.filter(within(under, day, "unit") | within(under, day, "settling_unit"))


def _is_in(line: Line, span: Span, now: datetime) -> bool:
    assert span.start is not None and span.end is not None  # a month has both
    return line.duty.is_due(now) and span.start <= line.duty.owed_by < span.end


def _is_asked(line: Line, which: str) -> bool:
    kept, done, in_time, _missing = OF_MONTH
    is_sent = line.duty.standing == Standing.SENT
    return {kept: True, done: is_sent, in_time: is_sent and not line.is_late}.get(which, not is_sent)


def _tabs(asked: Asked, counts: Mapping[str, int], more: Mapping[str, str]) -> list[Link]:
    names = {
        OWED: _("Owed"),
        FORESEEN: _("Will be owed"),
        TO_APPROVE: _("Drafts to approve"),
        TO_SIGN: _("To sign"),
        TO_SEND: _("To send"),
        SENT: _("Sent"),
    }
    return [
        Link(f"{names[which]} {counts[which]}", f"?{urlencode({'xem': which, **more})}", current=which == asked.which)
        for which in TABS
    ]


def _counted(asked: Asked, counts: Mapping[str, int], more: Mapping[str, str]) -> list[Count]:
    names = (_("owed"), _("sent"), _("sent in time"), _("not sent"))
    return [
        Count(
            status,
            counts[which],
            Link(name, f"?{urlencode({'xem': which, **more})}", current=which == asked.which),
        )
        for which, name, status in zip(OF_MONTH, names, _STATUS, strict=True)
    ]
