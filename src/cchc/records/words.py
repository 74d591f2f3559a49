"""Putting codes into words: each room keeps its sentences in `words.yaml`, in both languages.

A code starts with the name of its room: `scoring.capped` is found in `cchc/scoring/words.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from cchc.records.dates import format_date
from cchc.records.errors import Message, Problem
from cchc.records.numbers import Apart, Percent, format_apart, format_number
from cchc.records.schema import as_entries, as_local_text, as_text, reading
from cchc.records.text import INVISIBLE, Language, LocalText
from cchc.records.yaml_text import read_yaml

_LINE_ENDS: Final = re.compile(r"[ ]*[\t\r\n]\s*")
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a code says, and for a refusal what to do next."""

    text: LocalText
    next_step: LocalText | None


@cache
def sentences(room: str) -> MappingProxyType[str, Sentence]:
    """All sentences of a room, by code."""
    content = (resources.files(f"cchc.{room}") / "words.yaml").read_bytes()
    loaded: dict[str, Sentence] = {}
    for code, node in as_entries(read_yaml(content, f"cchc/{room}/words.yaml")).entries.items():
        with reading(node) as fields:
            next_step = fields.maybe("next", as_local_text)
            loaded[code] = Sentence(LocalText(as_text(fields.need("vi")), as_text(fields.need("en"))), next_step)
    return MappingProxyType(loaded)


def say(message: Message, language: Language = "vi") -> str:
    """The message in words."""
    return _fill(_sentence(message).text, message, language)


def say_next_step(message: Message, language: Language = "vi") -> str:
    """What the reader can do about it; empty for a message that is no refusal."""
    step = _sentence(message).next_step
    return _fill(step, message, language) if step else ""


def tell(message: Message, language: Language = "vi") -> str:
    """The message in words and, for a refusal, what to do about it."""
    return f"{say(message, language)} {say_next_step(message, language)}".strip()


def say_problem(problem: Problem, language: Language = "vi") -> str:
    """`tệp.yaml:12: câu. Bước tiếp theo.` on one line, for the command line and logs of imports."""
    place = _as_one_line(str(problem.place or ""))
    start = f"{place}: " if place else ""
    return f"{start}{tell(problem.message, language)}"


def _sentence(message: Message) -> Sentence:
    return sentences(message.code.partition(".")[0])[message.code]


def _fill(text: LocalText, message: Message, language: Language) -> str:
    shown = {key: show(value, language) for key, value in message.params.items()}
    return text.in_language(language).format_map(shown)


def show(value: object, language: Language) -> str:
    """One parameter in words: numbers, dates and two-language names in the reader's form; nothing is a dash."""
    match value:
        case LocalText():
            return value.in_language(language)
        case Message():
            return say(value, language)
        case Problem():
            return say_problem(value, language)
        case Percent(share, others):
            shown = format_apart(share * 100, (other * 100 for other in others), language)
            return f"{shown}\N{NO-BREAK SPACE}%"
        case Apart(figure, others):
            return format_apart(figure, others, language)
        case bool():
            return {"vi": "có" if value else "không", "en": "yes" if value else "no"}[language]
        case Fraction() | Decimal() | int():
            return format_number(value, language)
        case date():
            return format_date(value, language)
        case tuple() | list():
            parts = [show(part, language) for part in value]
            is_apart = any(isinstance(part, Message | Problem) for part in value) or any(", " in part for part in parts)
            return ("; " if is_apart else ", ").join(parts)
        case None:
            return "\N{EM DASH}"
        case _:
            return _as_one_line(str(value))


def _as_one_line(text: str) -> str:
    """Somebody's input, fit for a terminal, a log and a page: no line ends, nothing invisible, not endless."""
    seen = INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", _LINE_ENDS.sub(" ", text[:_LONGEST]))
    return seen if len(text) <= _LONGEST else f"{seen}…"
