"""The parts that a paper has to have: headings that its template marks as required, and what is said there. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cchc.papers.texts import TextLine
from cchc.papers.vocabulary import Value
from cchc.records.search import fold

_LEVELS = {"heading_1": 1, "heading_2": 2, "heading_3": 3}


@dataclass(slots=True)
class _Part:
    """A heading with the lines down to the next one of its level or above."""

    title: str
    level: int
    is_required: bool
    lines: list[TextLine] = field(default_factory=list)


def missing_parts(template: Sequence[TextLine], draft: Sequence[TextLine]) -> tuple[str, ...]:
    """Required headings of the template that the draft no longer has."""
    there = {fold(part.title) for part in _parts(draft)}
    return tuple(part.title for part in _parts(template) if part.is_required and fold(part.title) not in there)


def empty_parts(
    template: Sequence[TextLine], draft: Sequence[TextLine], values: Mapping[str, Value]
) -> tuple[str, ...]:  # fmt: skip
    """Required headings, by the template or the draft itself, under which nothing is said: no line but headings, hints
    of what to write, and lists without a member.
    """
    asked = {fold(part.title) for part in _parts(template) if part.is_required}
    wanted = (part for part in _parts(draft) if part.is_required or fold(part.title) in asked)
    return tuple(part.title for part in wanted if not any(_says(line, values) for line in part.lines))


def open_hints(draft: Sequence[TextLine]) -> tuple[str, ...]:
    """What the template asks to be written and nobody has written yet."""
    return tuple(_text(line).rstrip(".") for line in draft if line.kind == "hint")


def _parts(lines: Sequence[TextLine]) -> Iterator[_Part]:
    found: list[_Part] = []
    for line in lines:
        level = _LEVELS.get(line.kind)
        for part in found:
            part.lines.append(line)
        if level is not None:
            closed = [part for part in found if part.level >= level]
            found = [part for part in found if part.level < level]
            yield from closed
            found.append(_Part(_text(line), level, line.is_required))
    yield from found


def _says(line: TextLine, values: Mapping[str, Value]) -> bool:
    if line.kind in _LEVELS or line.kind == "hint":
        return False
    return line.kind != "block" or values.get(line.names[0]) not in (None, ())


def _text(line: TextLine) -> str:
    return "".join(part if isinstance(part, str) else f"{{{part.name}}}" for part in line.parts)
