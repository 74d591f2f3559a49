"""Papers that compile what units have raised: of everything that a unit follows, or narrowed as the page of it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from cchc.documents.blocks import CellValue, Column, Table
from cchc.followups.models import ANSWERED_KINDS, Difficulty, Directive
from cchc.followups.queries.difficulties import DifficultySearch
from cchc.followups.queries.of_unit import Affairs, affairs_of, keys_under, tasks_by
from cchc.followups.queries.tasks import midnight, midnight_after
from cchc.followups.vocabularies import samples
from cchc.followups.vocabularies.directive import RAISED_WORDS, cited, of_raised
from cchc.followups.vocabularies.tables import numbered
from cchc.organizations.models import Unit
from cchc.papers.vocabularies import UNIT_WORDS, values_of_unit
from cchc.papers.vocabulary import Value, Vocabulary, Word
from cchc.records.dates import format_date
from cchc.records.errors import refuse
from cchc.records.search import sort_key
from cchc.records.text import LocalText

OF_DIFFICULTIES: Final = "followups.difficulties"
_ABOUT: Final = re.compile(
    r"(?:d(?P<directive>[0-9]{1,18});)?(?:u(?P<under>[0-9]{1,18});)?"
    r"(?:f(?P<start>[0-9]{4}-[0-9]{2}-[0-9]{2});)?(?:t(?P<end>[0-9]{4}-[0-9]{2}-[0-9]{2});)?"
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a paper is narrowed to: the directive, the unit (both by key), the days."""

    directive: str
    under: str
    start: date | None
    end: date | None


def about_difficulties(asked: DifficultySearch) -> str:
    """The filters of the page as the id of what a paper is about; kind and state have tables of their own."""
    parts = {
        "d": asked.directive.pk if asked.directive else None,
        "u": asked.under.pk if asked.under else None,
        "f": asked.start,
        "t": asked.end,
    }
    return "".join(f"{letter}{value};" for letter, value in parts.items() if value is not None)


def about_directive(directive: Directive) -> str:
    """What `about` of every paper begins with that is narrowed to a directive."""
    return f"d{directive.pk};"


def _asked(about: str) -> _Asked:
    """Raises `followups.difficulties_not_found` for what `about_difficulties` never says."""
    match = _ABOUT.fullmatch(about)
    if match is None:
        raise refuse("followups.difficulties_not_found")
    return _Asked(match["directive"] or "", match["under"] or "", _day(match["start"]), _day(match["end"]))


def _called(unit: Unit, day: date, about: str) -> str:
    asked, affairs = _asked(about), affairs_of(unit, day)
    return f"khó khăn, đề xuất nêu tại nhiệm vụ theo {_of(affairs, asked)}, {_period(asked, day)}"


def _gather(unit: Unit, day: date, about: str) -> Mapping[str, Value]:
    asked, affairs = _asked(about), affairs_of(unit, day)
    raised = list(_found(affairs, asked))
    answered = [one for one in raised if one.kind in ANSWERED_KINDS]
    return {
        **values_of_unit(unit, day),
        "raised.of": _of(affairs, asked),
        "raised.period": _period(asked, day),
        "raised.number": len(raised),
        "raised.units_number": len({one.task.owner_id for one in raised}),
        "raised.answered": sum(one.answered_at is not None for one in answered),
        "raised.waiting": sum(one.answered_at is None for one in answered),
        "raised.by_unit": _by_unit(raised),
        **of_raised(raised),
    }


def _found(affairs: Affairs, asked: _Asked) -> QuerySet[Difficulty]:
    tasks = affairs.tasks()
    if asked.directive:
        tasks = tasks_by(tasks, affairs.directive(asked.directive))
    if asked.under:
        tasks = tasks.filter(owner__in=keys_under(_unit(asked.under), affairs.day))
    days = Q()
    if asked.start is not None:
        days &= Q(raised_at__gte=midnight(asked.start))
    if asked.end is not None:
        days &= Q(raised_at__lt=midnight_after(asked.end))
    return affairs.difficulties(tasks).filter(days)


def _by_unit(raised: Sequence[Difficulty]) -> Table:
    titles = {"difficulty": "Khó khăn, vướng mắc", "proposal": "Đề xuất, kiến nghị", "advantage": "Thuận lợi"}
    counts: dict[str, dict[str, int]] = {}
    for one in raised:
        counts.setdefault(getattr(one, "owner_name", "") or "", dict.fromkeys(titles, 0))[one.kind] += 1
    columns = (Column("Đơn vị", width=34), *(Column(name, "number", 14, is_summed=True) for name in titles.values()))
    rows: Iterable[Sequence[CellValue]] = ((name, *counts[name].values()) for name in sorted(counts, key=sort_key))
    return numbered(columns, rows, "Tổng cộng")


def _of(affairs: Affairs, asked: _Asked) -> str:
    return cited(affairs.directive(asked.directive)) if asked.directive else "các văn bản chỉ đạo, sổ theo dõi"


def _period(asked: _Asked, day: date) -> str:
    until = f"đến ngày {format_date(asked.end or day)}"
    return f"từ ngày {format_date(asked.start)} {until}" if asked.start else f"tính {until}"


def _unit(key: str) -> Unit:
    found = Unit.objects.filter(pk=int(key)).order_by("pk").first()
    if found is None:
        raise refuse("followups.difficulties_not_found")
    return found


def _day(text: str | None) -> date | None:
    """Raises `followups.difficulties_not_found` for a day that no calendar has."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise refuse("followups.difficulties_not_found") from error


def _number(name: str, vi: str, en: str, sample: int) -> Word:
    return Word(f"raised.{name}", LocalText(vi, en), sample, "number")


DIFFICULTIES: Final = Vocabulary(
    LocalText("Khó khăn, đề xuất của các đơn vị", "Difficulties and proposals of units"),
    (
        *UNIT_WORDS,
        Word(
            "raised.of", LocalText("Nêu tại nhiệm vụ nào", "Under which directives"), "các văn bản chỉ đạo, sổ theo dõi"
        ),
        Word("raised.period", LocalText("Kỳ tổng hợp", "Period"), "tính đến ngày 01/02/2026"),
        _number("number", "Tổng số nội dung đã nêu", "How many in all", 4),
        _number("units_number", "Số đơn vị đã nêu", "How many units raised something", 2),
        _number("answered", "Số khó khăn, đề xuất đã trả lời", "Difficulties and proposals answered", 1),
        _number("waiting", "Số khó khăn, đề xuất chưa trả lời", "Difficulties and proposals not answered", 2),
        Word("raised.by_unit", LocalText("Bảng số lượng theo đơn vị", "Table by units"), samples.BY_UNIT, "table"),
        *RAISED_WORDS,
    ),
    _gather,
    _called,
)
