"""Another process that writes at the same time. Started with the database's settings and how much to write."""

from __future__ import annotations

import json
import sys
from threading import Thread

import django
from django.db import connections


def write(threads: int, actions: int, start: int) -> None:
    from tests.audit.notes import HOA, NOON, kinds_present, note_words

    def work(number: int) -> None:
        try:
            for turn in range(actions):
                note_words(actor=HOA, now=NOON, count=2, start=start + number * 1_000 + turn * 2)
        finally:
            connections["default"].close()

    with kinds_present():
        workers = [Thread(target=work, args=(number,)) for number in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()


if __name__ == "__main__":
    django.setup()
    database, threads, actions, start = json.loads(sys.argv[1])
    connections.settings["default"] = database
    del connections["default"]
    write(threads, actions, start)
