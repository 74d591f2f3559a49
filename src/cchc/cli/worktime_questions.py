"""What `cchc worktime` is asked, once or for each row of a table: texts in, an answer for people and machines out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from cchc.records.errors import DomainError, Message, refuse
from cchc.records.numbers import parse_count
from cchc.records.text import Language
from cchc.records.trees import source_tree
from cchc.records.words import say
from cchc.worktime import Calendar
from cchc.worktime.explaining import Span
from cchc.worktime.limits import LIMIT_UNITS, Limit, LimitUnit
from cchc.worktime.moments import end_message, moment_message, parse_moment, stretch_message
from cchc.worktime.source_words import source_message, verification_message

Texts = Mapping[str, str]
_ONE_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the keys of JSON, the sentences for people, and rows of columns for a table."""

    document: dict[str, Any]
    sentences: Sequence[Message]
    rows: Sequence[Mapping[str, str | int]]


@dataclass(frozen=True, slots=True)
class Question:
    """`roles` are the texts it takes, `needed` those it cannot do without; `columns` what it adds to a table."""

    roles: Mapping[str, Sequence[str]]
    needed: Sequence[str]
    columns: Sequence[str]
    answer: Callable[[Calendar, Texts, Language], Answer]


def elapsed(calendar: Calendar, texts: Texts, _language: Language) -> Answer:
    """Working minutes from one moment to another."""
    start, end = (_moment(calendar, texts[role]) for role in ("from", "to"))
    minutes = calendar.elapsed_minutes(start, end)
    return Answer({**_between(calendar, start, end), "minutes": minutes}, [_in_hours(minutes)], [{"minutes": minutes}])


def explain(calendar: Calendar, texts: Texts, language: Language) -> Answer:
    """Every counted and skipped span from one moment to another."""
    start, end = (_moment(calendar, texts[role]) for role in ("from", "to"))
    spans = calendar.explain(start, end)
    minutes = calendar.elapsed_minutes(start, end)
    return Answer(
        {
            **_between(calendar, start, end),
            "minutes": minutes,
            "spans": [_span_document(span, language) for span in spans],
        },
        [*_span_sentences(spans), _in_hours(minutes)],
        [_span_row(span, language) for span in spans],
    )


def due_with(limit: Limit | None, intake: bool) -> Callable[[Calendar, Texts, Language], Answer]:
    """When a limit ends: `limit`, or the one of the row; counted by the intake rule or from the moment itself."""

    def due(calendar: Calendar, texts: Texts, _language: Language) -> Answer:
        received, allowed = parse_moment(texts["from"], calendar.zone), limit or _limit_in(texts)
        start = _counting_start(calendar, received) if intake else received
        end = _end(calendar, start, allowed)
        counted = _as_moment(calendar, start)
        sentences = [Message("worktime.counted_from", {"start": moment_message(counted)})] if intake else []
        return Answer(
            {
                **_named(calendar),
                "from": _as_moment(calendar, received).isoformat(),
                "counted_from": counted.isoformat(),
                allowed.unit: allowed.amount,
                "due": end.isoformat(),
            },
            [*sentences, Message("worktime.due_at", {"due": end_message(end)})],
            [{"due": end.isoformat(timespec="minutes")}],
        )

    return due


def _limit_in(texts: Texts) -> Limit:
    """The one limit of a row. Raises `worktime.not_one_limit`."""
    given: list[LimitUnit] = [unit for unit in LIMIT_UNITS if texts.get(unit)]
    if len(given) != 1:
        raise refuse("worktime.not_one_limit", units=LIMIT_UNITS)
    return Limit(parse_count(texts[given[0]]), given[0])


def _end(calendar: Calendar, start: datetime | date, limit: Limit) -> datetime:
    """Calendar days from a date without a time end with a day; other limits start at its end."""
    if limit.unit == "calendar_days" and not isinstance(start, datetime):
        return calendar.due_in_calendar_days(start, limit.amount)
    return limit.end(calendar, _as_moment(calendar, start))


def _counting_start(calendar: Calendar, received: datetime | date) -> datetime:
    """Received on a date without a time means at the latest in its last minute."""
    if isinstance(received, datetime):
        return calendar.counting_start(received)
    return calendar.counting_start(calendar.end_of(received) - _ONE_MINUTE)


def _moment(calendar: Calendar, text: str) -> datetime:
    return _as_moment(calendar, parse_moment(text, calendar.zone))


def _as_moment(calendar: Calendar, moment: datetime | date) -> datetime:
    """In the calendar's time zone; a date without a time is 24:00 of that day."""
    return calendar.civil(moment) if isinstance(moment, datetime) else calendar.end_of(moment)


def _named(calendar: Calendar) -> dict[str, Any]:
    return {"calendar": calendar.id, "hash": calendar.hash}


def _between(calendar: Calendar, start: datetime, end: datetime) -> dict[str, Any]:
    return {**_named(calendar), "from": start.isoformat(), "to": end.isoformat()}


def _in_hours(minutes: int) -> Message:
    hours, rest = divmod(abs(minutes), 60)
    signed = -hours if minutes < 0 else hours
    return Message("worktime.elapsed", {"minutes": minutes, "hours": signed, "rest": rest})


def _span_sentences(spans: Iterable[Span]) -> Iterator[Message]:
    """One for each span, then the sources they cite, each once."""
    notes: dict[tuple[Message, Message], int] = {}
    for span in spans:
        words = source_message(span.source), verification_message(span.verification)
        note = notes.setdefault(words, len(notes) + 1)
        said = {"stretch": stretch_message(span.start, span.end), "reason": span.reason, "note": note}
        if span.is_counted:
            yield Message("worktime.counted_span", {**said, "minutes": span.minutes})
        else:
            yield Message("worktime.skipped_span", said)
    for (source, verified), note in notes.items():
        yield Message("worktime.note", {"note": note, "source": source, "verified": verified})


def _span_document(span: Span, language: Language) -> dict[str, Any]:
    verification = span.verification
    return {
        "from": span.start.isoformat(),
        "to": span.end.isoformat(),
        "minutes": span.minutes,
        "counted": span.is_counted,
        "code": span.reason.code,
        "reason": say(span.reason, language),
        "source": source_tree(span.source) if span.source else None,
        "verified": verification is not None and verification.verified,
        "doubt": (verification.doubt_in(language) or None) if verification else None,
    }


def _span_row(span: Span, language: Language) -> dict[str, str | int]:
    return {
        "span_from": span.start.isoformat(timespec="minutes"),
        "span_to": span.end.isoformat(timespec="minutes"),
        "minutes": span.minutes,
        "reason": say(span.reason, language),
        "source": say(source_message(span.source), language),
        "verified": say(verification_message(span.verification), language),
    }


_MOMENTS: Final = {
    "from": ("from", "a", "start", "from_at", "start_at", "từ", "bắt đầu", "từ thời điểm"),
    "to": ("to", "b", "end", "to_at", "end_at", "đến", "kết thúc", "đến thời điểm"),
}
_RECEIVED: Final = {
    "from": (*_MOMENTS["from"], "received", "received_at", "tiếp nhận", "ngày tiếp nhận", "thời điểm tiếp nhận")
}
_LIMITS: Final[Mapping[str, Sequence[str]]] = {
    "working_minutes": ("minutes", "working_minutes", "phút", "phút làm việc", "số phút làm việc"),
    "working_hours": ("hours", "working_hours", "giờ", "giờ làm việc", "số giờ làm việc"),
    "working_days": ("working_days", "working-days", "ngày làm việc", "số ngày làm việc"),
    "calendar_days": ("calendar_days", "calendar-days", "ngày lịch", "số ngày lịch"),
}
ELAPSED: Final = Question(_MOMENTS, ("from", "to"), ("minutes",), elapsed)
EXPLAIN: Final = Question(
    _MOMENTS, ("from", "to"), ("span_from", "span_to", "minutes", "reason", "source", "verified"), explain
)


def due_question(limit: Limit | None, intake: bool) -> Question:
    """When a limit ends; without `limit` each row brings its own."""
    roles = _RECEIVED if limit else {**_RECEIVED, **_LIMITS}
    return Question(roles, ("from",), ("due",), due_with(limit, intake))


def answer_or_refusal(question: Question, calendar: Calendar, texts: Texts, language: Language) -> Answer | DomainError:
    """The answer, or what is wrong with this row."""
    try:
        return question.answer(calendar, texts, language)
    except DomainError as error:
        return error
