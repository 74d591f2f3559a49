"""Doing jobs: one worker in this process, until it is told to stop."""

from __future__ import annotations

import os
import signal
from threading import Event, Thread
from types import FrameType
from typing import Final

from cchc.config.serving import expect_migrated, expect_protected_chain, leave_databases

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
_LOOKS_EVERY: Final = 0.5  # seconds


def work_until_stopped(parent: int | None = None) -> None:
    """Do jobs until SIGTERM or Ctrl-C, or until the process `parent` has gone; a job at hand is given back.

    A second signal ends the process at once. Raises `config.not_migrated`, `config.chain_unprotected`.
    """
    from cchc.config import boot

    boot.setup()
    expect_migrated()
    expect_protected_chain()
    from cchc.interface.jobs.worker import own_name, work

    stop = _stopped_by_signals()
    if parent is not None:
        Thread(target=_stop_without, args=(parent, stop), name="parent-watch", daemon=True).start()
    try:
        work(own_name(), stop)
    finally:
        leave_databases()


def _stopped_by_signals() -> Event:
    stop = Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)

    for number in _SIGNALS:
        signal.signal(number, on_signal)
    return stop


def _stop_without(parent: int, stop: Event) -> None:
    """A server that was killed cannot end the worker it had started."""
    while os.getppid() == parent:
        if stop.wait(_LOOKS_EVERY):
            return
    stop.set()
