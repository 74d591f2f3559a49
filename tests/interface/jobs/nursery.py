"""Workers as processes of their own, killed and stopped at random moments.

`python -m tests.interface.jobs.nursery '[database settings, kills, seed]'` forks two workers at a time, so that a new
one costs milliseconds. Each tells through a pipe that it has taken a job; some moment after that it is killed, so that
every kill hits a worker at work: taking, computing, saving a part, committing the end. Every fifth is first
stopped for longer than its lease, until the other worker has taken another job, and then let go on, as a machine that
was asleep. Ends with one line of JSON.
"""

from __future__ import annotations

import json
import math
import os
import random
import select
import signal
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import Final, NoReturn

import django

LEASE: Final = timedelta(milliseconds=250)
_LONGEST_LIFE: Final = 0.1  # seconds after a job was taken
_SLOTS: Final = 2
_PATIENCE: Final = 15.0
_TIME_ENOUGH: Final = 1.0
_LONGEST_SLEEP: Final = 1.5  # a sleeper may hold what the other one waits for
_STOPPED_EVERY: Final = 5


@dataclass
class Worker:
    """A child. `signal` is sent at `at`; until it has taken a job there is nothing to send."""

    process: int
    takes: int
    at: float = math.inf
    signal: signal.Signals = signal.SIGKILL
    has_slept: bool = False


def live(takes: int) -> NoReturn:
    """In the child: work until killed."""
    from cchc.interface.jobs import leases, worker

    take = leases.take

    def take_and_tell(**given: object) -> leases.Lease | None:
        lease = take(**given)  # type: ignore[arg-type]
        if lease is not None:
            os.write(takes, b".")
        return lease

    leases.take = take_and_tell
    try:
        worker.work(f"w{os.getpid()}", Event(), length=LEASE, idle=0.01)
    finally:
        os._exit(1)


def fork() -> Worker:
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        live(writing)
    os.close(writing)
    return Worker(process, reading)


class Nursery:
    def __init__(self, kills: int, seed: int) -> None:
        self.wanted, self.kills, self.stops = kills, 0, 0
        self.chance = random.Random(seed)
        self.workers = [fork() for _ in range(_SLOTS)]
        self.taken_at = -math.inf

    def run(self) -> None:
        """Until all kills are done, or no worker has had anything to do for long."""
        quiet_since = time.monotonic()
        while self.kills < self.wanted and time.monotonic() - quiet_since < _PATIENCE:
            if self.listen() + self.send():
                quiet_since = time.monotonic()
        for worker in self.workers:
            self.bury(worker)

    def listen(self) -> int:
        """Workers that have taken a job get their moment; a sleeper that got as far as its next job dies there."""
        ready, _, _ = select.select([worker.takes for worker in self.workers], [], [], 0.002)
        for worker in self.workers:
            if worker.takes not in ready or not os.read(worker.takes, 100):
                continue
            self.taken_at = time.monotonic()
            if worker.at == math.inf or worker.has_slept:
                is_stopped = not worker.has_slept and (self.kills + self.stops) % _STOPPED_EVERY == 0
                self.stops += is_stopped
                worker.signal = signal.SIGSTOP if is_stopped else signal.SIGKILL
                worker.at = min(worker.at, time.monotonic() + self.chance.uniform(0, _LONGEST_LIFE))
        return len(ready)

    def send(self) -> int:
        """Signals whose moment has come."""
        due = [place for place, worker in enumerate(self.workers) if self.is_due(worker)]
        for place in due:
            worker = self.workers[place]
            if worker.signal == signal.SIGKILL:
                self.bury(worker)
                self.kills += 1
                self.workers[place] = fork()
            else:
                self.stop_or_wake(worker)
        return len(due)

    def is_due(self, worker: Worker) -> bool:
        """Its moment has come; a sleeper's once somebody took a job after its lease ended."""
        now = time.monotonic()
        is_asleep = worker.signal == signal.SIGCONT
        is_missed = self.taken_at > worker.at - LEASE.total_seconds() or now > worker.at + _LONGEST_SLEEP
        return worker.at <= now and (is_missed or not is_asleep)

    def stop_or_wake(self, worker: Worker) -> None:
        """Asleep for two leases or more; then awake, until it takes another job or has had time enough."""
        os.kill(worker.process, worker.signal)
        worker.has_slept = worker.signal == signal.SIGCONT
        worker.signal = signal.SIGKILL if worker.has_slept else signal.SIGCONT
        worker.at = time.monotonic() + (_TIME_ENOUGH if worker.has_slept else 2 * LEASE.total_seconds())

    def bury(self, worker: Worker) -> None:
        os.kill(worker.process, signal.SIGKILL)
        os.waitpid(worker.process, 0)
        os.close(worker.takes)


def main() -> None:
    django.setup()
    from django.db import connections

    from tests.interface.jobs.room import trial_room

    database, kills, seed = json.loads(sys.argv[1])
    connections.settings["default"] = database
    del connections["default"]
    with trial_room():
        connections.close_all()  # a child inherits no connection
        nursery = Nursery(kills, seed)
        nursery.run()
    print(json.dumps({"kills": nursery.kills, "stops": nursery.stops}))  # noqa: T201


if __name__ == "__main__":
    main()
