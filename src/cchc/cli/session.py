"""What one run of `cchc` keeps in mind: the language of its words, and whether tracebacks are wanted."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import click

from cchc.records.text import LANGUAGES, Language

_Command = TypeVar("_Command", bound=Callable[..., Any])
_OFF: Final = frozenset({"", "0", "no", "false"})


def _wants_tracebacks() -> bool:
    return os.environ.get("CCHC_DEBUG", "").lower() not in _OFF


@dataclass(slots=True)
class Session:
    """One run. `--lang` may stand before or after the command; the last one counts."""

    language: Language = "vi"
    debug: bool = field(default_factory=_wants_tracebacks)


def session_of(ctx: click.Context) -> Session:
    """The session of the running command."""
    return ctx.ensure_object(Session)


def language_option(command: _Command) -> _Command:
    """Adds `--lang vi|en`; the command gets `language`, which is never None."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(LANGUAGES),
        callback=_keep_language,
        is_eager=True,
        help="Language of words and errors: vi (default) or en.",
    )(command)


def json_option(command: _Command) -> _Command:
    """Adds `--json`; the command gets `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON for machines instead of a report.")(command)


def _keep_language(ctx: click.Context, _parameter: click.Parameter, value: Language | None) -> Language:
    session = session_of(ctx)
    if value is not None:
        session.language = value
    return session.language
