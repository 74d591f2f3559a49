"""Writing to people and machines: safe text, JSON, a console for reports, a sign of life on long work."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from os import environ
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from rich.console import Console

    from cchc.audit.recording import Progress

_WIDTH_OF_FILES: Final = 120
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs"})
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def safe(text: str) -> str:
    """Text from a file as a terminal may show it: no control, direction or half characters, and on one line."""
    return "".join(
        " " if c in "\n\t" else _REPLACEMENT if unicodedata.category(c) in _HIDDEN else c for c in text
    )  # fmt: skip


def write_json(value: object) -> None:
    """One JSON document on standard output, letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def report_console() -> Console:
    """A console on standard output: as wide as the terminal, 120 columns in a file or pipe; colours on terminals."""
    from rich.console import Console

    class ReportConsole(Console):
        """Leaves a reader that has gone to the frame, instead of ending the program itself."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    width = None if sys.stdout.isatty() or "COLUMNS" in environ else _WIDTH_OF_FILES
    return ReportConsole(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


@contextmanager
def counting(what: str) -> Iterator[Progress]:
    """On a terminal a bar with `done/total` behind these words; silent elsewhere. On standard error."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=0, label=safe(what), show_pos=True, file=sys.stderr, hidden=hidden) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show


@contextmanager
def working(on_what: str) -> Iterator[None]:
    """Shows on a terminal that work goes on; silent elsewhere. On standard error, so that results stay clean."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.text import Text

    with Console(file=sys.stderr).status(Text(safe(on_what))):
        yield
