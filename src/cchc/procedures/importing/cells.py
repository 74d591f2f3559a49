"""What cells of the sheet say: limits, choices, and lines that are steps, papers and fees."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cchc.organizations.roles import roles
from cchc.procedures.versions import PAYMENTS
from cchc.procedures.wording import limit_in_words, role_name
from cchc.records.errors import Message, refuse
from cchc.records.search import fold
from cchc.records.text import LocalText
from cchc.records.words import say
from cchc.worktime.limits import LIMIT_UNITS, Limit, LimitUnit

MARK: Final = "//"
"""Stands between the parts of a line. No single sign: readers of CSV would take it for what stands between cells."""
_LIMIT: Final = re.compile(r"(\d{1,6})\s+(\S.*)")
_SHORT: Final[Mapping[str, LimitUnit]] = {
    "phut": "working_minutes", "gio": "working_hours", "ngay": "calendar_days", "ngay lich": "calendar_days",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TypedStep:
    """A step as a line has it; `after` are the numbers of lines, None where nothing is said."""

    name: str
    role: str
    limit: Limit
    after: tuple[int, ...] | None
    agency: str


@dataclass(frozen=True, slots=True)
class TypedPaper:
    """A paper as a line has it: originals, certified copies, copies."""

    name: str
    counts: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class TypedFee:
    """A fee as a line has it."""

    name: str
    amount: int
    payment: str


def read_limit(text: str) -> Limit:
    """`10 ngày làm việc`. Raises `procedures.import_not_a_limit`."""
    match = _LIMIT.fullmatch(text.strip())
    unit = _limit_units().get(fold(match[2])) if match else None
    if match is None or unit is None or not int(match[1]):
        raise refuse("procedures.import_not_a_limit", text=text)
    return Limit(int(match[1]), unit)


def written_limit(limit: Limit | None) -> str:
    """As `read_limit` reads it; empty where there is none."""
    return "" if limit is None else say(limit_in_words(limit), "vi")


def read_choice(prefix: str, ids: Sequence[str], text: str) -> str:
    """The id of a choice, from its id or its name in either language. Raises `procedures.import_not_a_choice`."""
    names = {id_: Message(f"procedures.{prefix}_{id_}") for id_ in ids}
    for id_, name in names.items():
        if fold(text) in {fold(id_), fold(say(name, "vi")), fold(say(name, "en"))}:
            return id_
    raise refuse("procedures.import_not_a_choice", text=text, known=tuple(names.values()))


def read_step(line: str) -> TypedStep:
    """`Thẩm tra // Công chức giải quyết // 2 ngày làm việc // 1, 2 // Sở Công Thương`. Raises
    `procedures.import_not_a_step`, `procedures.import_unknown_role`, `procedures.import_not_a_limit`.
    """
    parts = _parts(line)
    if not 3 <= len(parts) <= 5 or not parts[0]:
        raise refuse("procedures.import_not_a_step", line=line)
    name, role, limit, after, agency = (*parts, "", "")[:5]
    return TypedStep(name, _role(role), read_limit(limit), _numbers(after, line), agency)


def read_paper(line: str) -> TypedPaper:
    """`Tờ khai // 1 // 0 // 2`; what is left out is 0. Raises `procedures.import_not_a_paper`."""
    name, *counts = _parts(line)
    if not name or len(counts) > 3 or not all(_is_count(one) for one in counts):
        raise refuse("procedures.import_not_a_paper", line=line)
    originals, certified, copies = [*(int(one or 0) for one in counts), 0, 0, 0][:3]
    return TypedPaper(name, (originals, certified, copies))


def read_fee(line: str) -> TypedFee:
    """`Lệ phí // 15000 // nộp khi nộp hồ sơ`. Raises `procedures.import_not_a_fee`, and what `read_choice` does."""
    name, *more = _parts(line)
    amount = more[0].replace(".", "") if more else ""
    if not name or not amount or not _is_count(amount) or len(more) > 2:
        raise refuse("procedures.import_not_a_fee", line=line)
    payment = read_choice("payment", PAYMENTS, more[1]) if len(more) == 2 and more[1] else PAYMENTS[0]
    return TypedFee(name, int(amount), payment)


def line_of(*parts: object) -> str:
    """Parts as one line; the mark typed into a name would end it, and becomes one slash."""
    said = [str(part).replace(MARK, "/") for part in parts]
    while said and not said[-1]:
        said.pop()
    return f" {MARK} ".join(said)


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.split(MARK)]


def _numbers(text: str, line: str) -> tuple[int, ...] | None:
    if not text:
        return None
    numbers = text.replace(",", " ").replace(";", " ").split()
    if not all(_is_count(one) for one in numbers):
        raise refuse("procedures.import_not_a_step", line=line)
    return tuple(int(one) for one in numbers if int(one))


def _is_count(text: str) -> bool:
    return not text or (text.isdecimal() and len(text) <= 12)


def _role(text: str) -> str:
    known = {fold(name): id_ for id_ in roles() for name in _called(id_)}
    if (id_ := known.get(fold(text))) is None:
        raise refuse("procedures.import_unknown_role", text=text, known=tuple(role_name(one) for one in roles()))
    return id_


def _called(id_: str) -> tuple[str, ...]:
    name: LocalText = role_name(id_)
    return (id_, name.vi, name.en or id_)


def _limit_units() -> Mapping[str, LimitUnit]:
    named = {
        fold(say(Message(f"procedures.unit_{unit}"), language)): unit
        for unit in LIMIT_UNITS
        for language in ("vi", "en")
    }
    return {**_SHORT, "days": "calendar_days", **named}
