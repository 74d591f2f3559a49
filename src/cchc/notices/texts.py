"""The words of notices: versions of a subject and a body in both languages, with places for named values.

A room's `notice_texts.yaml` lists the versions of each kind, each with the days on which it is used:

followups.task_given:
  - version: 1
    valid: {from: 2026-01-01}
    subject: {vi: "Việc mới: {task}", en: "New task: {task}"}
    body: {vi: "…", en: "…"}

A version that was in use is never changed: notices keep its number, and say the same for ever. Only names stand in
braces. Values are put in as text, on one line, without anything invisible (`cchc.records.words.show`), and what is
put in is not looked through again: nobody's input becomes a place, a line of a mail, or markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from string import Formatter
from types import MappingProxyType
from typing import Final

from django.utils import timezone

from cchc.notices.kinds import notice_kind
from cchc.records.dates import format_date
from cchc.records.errors import refuse
from cchc.records.schema import Fields, as_count, as_entries, as_items, as_local_text, as_validity, reading
from cchc.records.sources import Source, Verification
from cchc.records.text import LANGUAGES, Language, LocalText
from cchc.records.timelines import Dated, Timeline
from cchc.records.words import show
from cchc.records.yaml_text import Node, read_yaml

_FILE: Final = "notice_texts.yaml"
_NAME: Final = re.compile(r"[a-z][a-z_]*")


@dataclass(frozen=True, slots=True)
class NoticeText:
    """One version. The subject is one line."""

    version: int
    subject: LocalText
    body: LocalText


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in words."""

    subject: str
    body: str


def text_on(code: str, day: date) -> NoticeText:
    """The version in use on a day. Raises `LookupError` for an unknown kind, `records.not_in_force`."""
    return texts_of(code).as_of(day).value


def say_notice(code: str, version: int, values: Mapping[str, object], language: Language) -> Said:
    """That version with the values put in. Raises `LookupError` for a kind or version that is not there."""
    used = next((dated.value for dated in texts_of(code).records if dated.value.version == version), None)
    if used is None:
        raise LookupError(f"there is no version {version} of {code!r}")
    shown = {name: shown_value(value, language) for name, value in values.items()}
    return Said(used.subject.in_language(language).format_map(shown), used.body.in_language(language).format_map(shown))


def shown_value(value: object, language: Language) -> str:
    """One value in words, on one line; a moment with its time of day, in Vietnam's time."""
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{local:%H:%M}, {format_date(local.date(), language)}"
    if isinstance(value, LocalText):  # a name that somebody typed
        return show(value.in_language(language), language)
    return show(value, language)


def texts_of(code: str) -> Timeline[NoticeText]:
    """All versions of a kind. Raises `LookupError`, and what is wrong with the room's file."""
    notice_kind(code)
    return room_texts(code.partition(".")[0])[code]


@cache
def room_texts(room: str) -> Mapping[str, Timeline[NoticeText]]:
    """What a room's file says, by kind."""
    content = (resources.files(f"cchc.{room}") / _FILE).read_bytes()
    return read_texts(content, f"cchc/{room}/{_FILE}")


def read_texts(content: bytes, name: str) -> Mapping[str, Timeline[NoticeText]]:
    """Raises `DomainError`: a missing language, a place that is no name or that the kind does not have, a version
    twice, days that overlap or that none covers.
    """
    listed = as_entries(read_yaml(content, name)).entries
    return MappingProxyType({code: _versions(code, node) for code, node in listed.items()})


def _versions(code: str, node: Node) -> Timeline[NoticeText]:
    dated, seen = [], set[int]()
    for item in as_items(node):
        with reading(item) as fields:
            text = _text(code, fields)
            if text.version in seen:
                raise refuse("notices.version_twice", fields.place_of("version"), version=text.version)
            seen.add(text.version)
            validity = as_validity(fields.need("valid"))
            dated.append(Dated(text, validity, Source(_FILE), Verification(True), fields.place))
    return Timeline(code, dated)


def _text(code: str, fields: Fields) -> NoticeText:
    subject, body = (_words(code, fields, key) for key in ("subject", "body"))
    return NoticeText(as_count(fields.need("version")), subject, body)


def _words(code: str, fields: Fields, key: str) -> LocalText:
    words, place = as_local_text(fields.need(key)), fields.place_of(key)
    if not words.en:
        raise refuse("records.missing_key", place, key="en")
    for language in LANGUAGES:
        text = words.in_language(language)
        if key == "subject" and len(text.splitlines()) != 1:
            raise refuse("notices.subject_of_lines", place)
        for name in _places(text):
            if name not in notice_kind(code).parameters:
                known = ", ".join(notice_kind(code).parameters)
                raise refuse("notices.unknown_place", place, name=name, known=known)
    return words


def _places(text: str) -> list[str]:
    """What stands in braces; what is no plain name is given as written, so that it is refused."""
    try:
        parsed = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return [text]
    return [
        str(name) if _NAME.fullmatch(str(name)) and not spec and not conversion else f"{{{name}}}"
        for _, name, spec, conversion in parsed
    ]
