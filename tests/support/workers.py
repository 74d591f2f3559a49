"""A worker that does jobs while a test looks on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import connection

from cchc.interface.jobs.worker import work


@contextmanager
def worker_at_work() -> Iterator[None]:
    """In a thread of its own, until the test is done."""
    stop = Event()

    def run() -> None:
        try:
            work("một", stop, idle=0.05)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
