"""`cchc worker`: does jobs beside the server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from cchc.cli.session import language_option
from cchc.records.errors import Message
from cchc.records.text import Language
from cchc.records.words import say

_TIME_TO_STOP: Final = 10  # seconds


@click.command(epilog="Example: DATABASE_URL=postgres://cchc@/cchc cchc worker")
@click.option("--with-parent", type=int, metavar="PID", hidden=True, help="Stop when this parent process has gone.")
@language_option
def command(with_parent: int | None, language: Language) -> None:
    """Do jobs (tác vụ) and ask for recurring ones, until stopped with Ctrl-C or SIGTERM.

    One job at a time; start the command several times for more, on one machine or many.
    Stopped, it gives the job at hand back; killed, its job goes on elsewhere 30 seconds later.
    """
    from cchc.config.working import work_until_stopped

    click.echo(say(Message("cli.worker_starts"), language))
    work_until_stopped(with_parent)


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker in a process of its own for as long as this one serves."""
    command = [sys.executable, "-m", "cchc.cli.main", "worker", "--with-parent", str(os.getpid())]
    child = subprocess.Popen(  # noqa: S603 - a fixed command, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ask; after a while insist: the job at hand then goes on at the next start."""
    child.terminate()
    try:
        child.wait(_TIME_TO_STOP)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
