"""The days that a list is narrowed to: `tu` and `den` of an address, as they were typed and as they are understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest

from cchc.interface.errors import in_words
from cchc.records.dates import parse_near_date
from cchc.records.errors import DomainError

FROM, UNTIL = "tu", "den"
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class AskedDays:
    """From one day to another, either may be open. `typed_start` and `typed_end` stay in the fields; `refusals` say
    which is no day: the list is not narrowed by it, and its page says so.
    """

    start: date | None = None
    end: date | None = None
    typed_start: str = ""
    typed_end: str = ""
    refusals: tuple[str, ...] = ()

    @property
    def refusal(self) -> str:
        """The same as one text; empty when both are clear."""
        return " ".join(self.refusals)


def asked_days(request: HttpRequest) -> AskedDays:
    """What the address says of days."""
    typed_start, typed_end = _typed(request, FROM), _typed(request, UNTIL)
    (start, wrong_start), (end, wrong_end) = _day(typed_start), _day(typed_end)
    refusals = tuple(text for text in dict.fromkeys([wrong_start, wrong_end]) if text)
    return AskedDays(start, end, _as_field(start, typed_start), _as_field(end, typed_end), refusals)


def _typed(request: HttpRequest, key: str) -> str:
    return request.GET.get(key, "").replace("\0", "").strip()[:_LONGEST]


def _day(typed: str) -> tuple[date | None, str]:
    if not typed:
        return None, ""
    try:
        return parse_near_date(typed), ""
    except DomainError as error:
        said = in_words(error.problems[0])
        return None, f"{said['sentence']} {said['next_step']}"


def _as_field(day: date | None, typed: str) -> str:
    return typed if day is None else f"{day:%d/%m/%Y}"
