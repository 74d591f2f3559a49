"""Errors that a person can act on: a stable code, where it is, what to do next.

Pure rooms never put errors or reasons into words themselves. They name a code and its parameters;
`cchc.records.words` turns both into Vietnamese or English at the edge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence not yet put into words: a code such as `scoring.capped`, and its parameters.

    Plain data, so that it can be compared, hashed and sent to the child process that reads workbooks.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.code)  # parameters need not be hashable


@dataclass(frozen=True, slots=True)
class Place:
    """Where in somebody's input something stands. Lines and rows count from 1; a text has lines, a table rows."""

    file: str | None = None
    line: int | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """`bang.xlsx:Kết quả:12:D`: the known parts, the same in every language."""
        parts = (self.file, self.sheet, self.line if self.line is not None else self.row, self.column)
        return ":".join(str(part) for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input, and where."""

    message: Message
    place: Place | None = None

    @property
    def code(self) -> str:
        """The stable code of what is wrong."""
        return self.message.code


def problem(code: str, place: Place | None = None, /, **params: object) -> Problem:
    """Build a problem: `problem("scoring.unknown_key", place, key="maximum")`."""
    return Problem(Message(code, params), place)


class DomainError(Exception):
    """The request was understood and is refused. Holds at least one problem."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise TypeError("DomainError needs at least one problem")
        super().__init__(*problems)
        self.problems = problems

    @property
    def code(self) -> str:
        """The code of the first problem: what HTTP and tests look at."""
        return self.problems[0].code

    def __str__(self) -> str:
        return "; ".join(f"{p.place}: {p.code}" if p.place else p.code for p in self.problems)


class Unreadable(DomainError):
    """The input could not be read at all: missing, wrong encoding, broken syntax, not that kind of file."""

    exit_code = 2


def refuse(code: str, place: Place | None = None, /, **params: object) -> DomainError:
    """A `DomainError` with one problem, to be raised."""
    return DomainError(problem(code, place, **params))


def unreadable(code: str, place: Place | None = None, /, **params: object) -> Unreadable:
    """An `Unreadable` with one problem, to be raised."""
    return Unreadable(problem(code, place, **params))
